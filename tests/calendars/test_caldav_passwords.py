"""Passwords go where they belong, over no open line, and not again and again."""

import hashlib
import re

import pytest

from showup.calendars.caldav import CaldavCalendar
from showup.ports import SourceProblem
from tests.calendars.contract import NOBODY, WINDOW, starts
from tests.support.front import Answers, Asked, Told, front
from tests.support.made_up import PATH, Server
from tests.support.radicale import PASSWORD, USER, Password


def elsewhere(address: str) -> Answers:
    return lambda asked: Told(307, headers={"Location": f"{address}{asked.path}"})


def test_a_redirection_on_the_same_host_is_followed(server: Server) -> None:
    fine = server.answer
    server.front.answers = lambda asked: (
        Told(301, headers={"Location": PATH}) if asked.path == "/dav/old/" else fine(asked)
    )
    old = CaldavCalendar("work", f"{server.front.address}/dav/old/", USER, Password())
    assert starts(old.read(WINDOW, NOBODY))
    assert {one.method for one in server.front.asked} == {"PROPFIND", "REPORT"}


def test_no_other_host_and_no_other_port_gets_the_password(server: Server) -> None:
    with front() as other:
        for there in (other.address, f"http://localhost:{other.server_port}", "https://127.0.0.1", "//evil.example"):
            server.front.answers = elsewhere(there)
            problem = server.problem()
            assert problem.sentence.startswith("127.0.0.1 sends on to ")
            assert problem.lasting
        assert other.asked == []


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://127.0.0.1", "gopher://x", "http://[", "https://"])
def test_no_other_kind_of_address_is_followed(server: Server, there: str) -> None:
    server.front.answers = lambda _: Told(302, headers={"Location": there})
    assert server.problem().remedy


def test_a_circle_of_redirections_ends(server: Server) -> None:
    server.front.answers = lambda asked: Told(302, headers={"Location": f"{asked.path}x/"})
    assert "sends from one address to another" in server.problem().sentence
    assert len(server.front.asked) < 10


class AnyPassword(Password):
    """For any server."""

    def get(self, key: str) -> str | None:
        assert key == f"caldav http://cloud.example {USER}"
        return PASSWORD


def test_the_password_goes_over_no_open_line() -> None:
    with pytest.raises(SourceProblem, match=r"The way to cloud\.example is open for all to read") as raised:
        CaldavCalendar("work", "http://cloud.example/dav/", USER, AnyPassword()).read(WINDOW, NOBODY)
    assert raised.value.lasting


def test_a_refused_password_is_lasting_and_names_the_command(server: Server) -> None:
    server.front.answers = lambda _: Told(401, headers={"WWW-Authenticate": 'Negotiate, Basic realm="x"'})
    problem = server.problem()
    assert problem.lasting
    assert problem.remedy == "`showup calendar password work` takes a new one."


def test_a_refused_password_is_not_tried_again_and_again(server: Server) -> None:
    server.front.answers = lambda _: Told(401)
    for _ in range(12):
        assert server.problem().lasting
    assert len(server.front.asked) == 2


def test_a_new_password_is_tried_at_once(server: Server) -> None:
    fine = server.front.answers
    server.front.answers = lambda _: Told(401)
    server.problem()
    server.problem()
    server.front.answers = fine
    server.password.secret = "new"
    assert starts(server.read())


def test_a_password_is_asked_for_once(server: Server) -> None:
    server.read()
    server.read()
    assert server.password.asked == 1


def test_without_a_password_nobody_is_asked(server: Server) -> None:
    server.password.secret = None
    problem = server.problem()
    assert (problem.sentence, problem.lasting) == (f"There is no password for {USER} at 127.0.0.1.", True)
    assert server.front.asked == []


def test_403_is_lasting(server: Server) -> None:
    server.told["PROPFIND"] = Told(403)
    problem = server.problem()
    assert problem.lasting
    assert problem.remedy == "Ask its owner, or remove it: `showup calendar remove work`."


def test_without_a_user_nobody_signs_in(server: Server) -> None:
    anybody = CaldavCalendar("work", f"{server.front.address}{PATH}", "", server.password)
    assert starts(anybody.read(WINDOW, NOBODY))
    assert all("Authorization" not in one.headers for one in server.front.asked)
    assert server.password.asked == 0


def MD5(text: str) -> str:  # noqa: N802 - as RFC 7616 writes it
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def SHA(text: str) -> str:  # noqa: N802 - the same
    return hashlib.sha256(text.encode()).hexdigest()


def digest(asked: Asked) -> bool:
    """Whether a request is signed in by Digest (RFC 2617, section 3.2.2), reckoned here anew."""
    told = dict(re.findall(r'(\w+)="?([^",]*)"?', asked.headers.get("Authorization", "").removeprefix("Digest ")))
    reckon = MD5 if told.get("algorithm", "MD5") == "MD5" else SHA
    first, second = reckon(f"{USER}:DAV:{PASSWORD}"), reckon(f"{asked.method}:{asked.path}")
    middle = f"n0nce:{told['nc']}:{told['cnonce']}:auth" if "qop" in told else "n0nce"
    return told.get("response") == reckon(f"{first}:{middle}:{second}")


def challenge(more: str) -> Told:
    return Told(401, headers={"WWW-Authenticate": f'Digest realm="DAV", nonce="n0nce"{more}'})


CHALLENGE = challenge(',qop="auth"')


@pytest.mark.parametrize(
    "more", ["", ',qop="auth"', ',qop="auth-int,auth",algorithm=SHA-256,opaque="x"', ",algorithm=MD5"]
)
def test_digest(server: Server, more: str) -> None:
    fine = server.answer
    server.front.answers = lambda asked: fine(asked) if digest(asked) else challenge(more)
    assert set(starts(server.read())) == {"good@x"}
    assert server.front.questions == ["PROPFIND", "PROPFIND", "calendar-query", "calendar-multiget"]


def test_a_wrong_password_is_tried_once_by_digest(server: Server) -> None:
    server.front.answers = lambda _: CHALLENGE
    assert server.problem().lasting
    assert len(server.front.asked) == 2


def test_broken_challenges(server: Server) -> None:
    for told in (
        "Digest",
        "Digest ",
        "Digest realm",
        'Digest realm="x",nonce="y",qop="auth-int"',
        'Digest realm="x",nonce="y",algorithm=NONE',
        "Bearer",
        "",
    ):
        server.front.answers = lambda _, told=told: Told(401, headers={"WWW-Authenticate": told})  # type: ignore[misc]
        server.password.secret = f"{told} 5ecre7"
        assert server.problem().remedy
