"""CalDAV servers that are not what they should be, and what is said of it; passwords go where they belong."""

import base64
import gzip
import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from showup.calendars.caldav import CaldavCalendar
from showup.calendars.caldav import source as reading
from showup.ports import Reading, SourceProblem
from tests.calendars.contract import NOBODY, WINDOW, starts
from tests.support.front import Answers, Asked, Front, Told, front, multistatus
from tests.support.ics import GOOD, timed
from tests.support.ics import calendar as ics
from tests.support.radicale import PASSWORD, USER, Password

pytestmark = pytest.mark.usefixtures("certificates")
PATH = "/dav/work/"
BASIC = f"Basic {base64.b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"
OK = "<d:status>HTTP/1.1 200 OK</d:status>"


def prop(href: str, inner: str) -> str:
    return f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{inner}</d:prop>{OK}</d:propstat></d:response>"


MARK = prop(PATH, "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><s:getctag>1</s:getctag>")
LISTED = prop(f"{PATH}a.ics", "<d:getetag>1</d:getetag>")


def data(href: str, content: bytes) -> str:
    return prop(href, f"<d:getetag>1</d:getetag><c:calendar-data>{content.decode()}</c:calendar-data>")


class Server:
    """A made-up server: `told` holds its answers by the name of the question."""

    def __init__(self, before: Front) -> None:
        self.front = before
        self.password = Password()
        self.source = CaldavCalendar("work", f"{before.address}{PATH}", USER, self.password, zone="Europe/Berlin")
        self.told = {
            "PROPFIND": multistatus(MARK),
            "calendar-query": multistatus(LISTED),
            "calendar-multiget": multistatus(data(f"{PATH}a.ics", ics(GOOD))),
        }
        before.answers = self.answer

    def answer(self, asked: Asked) -> Told:
        return self.told.get(asked.what, Told(405))

    def read(self, *known: str) -> Reading:
        return self.source.read(WINDOW, frozenset(known))

    def problem(self) -> SourceProblem:
        with pytest.raises(SourceProblem) as raised:
            self.read()
        told = str(raised.value)
        assert "5ecre7" not in told
        assert "dav/work" not in told
        assert "\n" not in told
        assert raised.value.remedy
        return raised.value


@pytest.fixture
def server() -> Iterator[Server]:
    with front() as before:
        yield Server(before)


def test_the_made_up_one_is_fine(server: Server) -> None:
    assert set(starts(server.read())) == {"good@x"}
    assert {one.headers["Authorization"] for one in server.front.asked} == {BASIC}
    assert [one.headers["Depth"] for one in server.front.asked] == ["0", "1", "1"]


def spoil(server: Server, what: str, told: Told) -> None:
    server.told[what] = told


WEB = b"<!DOCTYPE html><html><title>Sign in</title></html>"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><d:multistatus xmlns:d="DAV:">&j;</d:multistatus>'
)
FOREIGN = b'<?xml version="1.0"?><!DOCTYPE m SYSTEM "http://127.0.0.1:1/x"><d:multistatus xmlns:d="DAV:"/>'
NO_SERVER = "What answers at 127.0.0.1 is no CalDAV server."


@pytest.mark.parametrize("what", ["PROPFIND", "calendar-query", "calendar-multiget"])
@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Told(200, WEB), NO_SERVER),
        (Told(207, WEB), NO_SERVER),
        (Told(207, b""), NO_SERVER),
        (Told(207, BOMB), NO_SERVER),
        (Told(207, FOREIGN), NO_SERVER),
        (Told(207, b"<multistatus/>"), NO_SERVER),
        (Told(207, b"<?xml version='1.0' encoding='none'?><a/>"), NO_SERVER),
        (Told(207, multistatus(MARK).body[:-5]), NO_SERVER),
        (Told(207, b"x", {"Content-Length": "99"}), "The calendar of 127.0.0.1 did not come whole."),
        (Told(207, b"no gzip", {"Content-Encoding": "gzip"}), "The calendar of 127.0.0.1 did not come whole."),
        (Told(503), "127.0.0.1 cannot answer just now (503)."),
        (Told(429), "127.0.0.1 was asked too often."),
        (Told(401), f"The password for {USER} at 127.0.0.1 is not accepted (any more)."),
    ],
)
def test_no_answer_of_the_kind_is_a_calm_sentence(server: Server, what: str, told: Told, said: str) -> None:
    spoil(server, what, told)
    assert server.problem().sentence == said


@pytest.mark.parametrize("code", [404, 410])
def test_a_calendar_that_is_gone(server: Server, code: int) -> None:
    spoil(server, "PROPFIND", Told(code))
    assert server.problem().sentence.startswith("127.0.0.1 has no calendar at this address")


def test_what_is_there_but_no_calendar(server: Server) -> None:
    spoil(server, "PROPFIND", multistatus(prop(PATH, "<d:resourcetype><d:collection/></d:resourcetype>")))
    assert server.problem().sentence == "There is no calendar at this address."


def test_names_may_have_any_prefix(server: Server) -> None:
    for what, told in server.told.items():
        body = re.sub(rb"(?<=[</])(\w+):(?=[a-z])", rb"long-\1:", told.body).replace(b"xmlns:", b"xmlns:long-")
        spoil(server, what, replace(told, body=body))
    assert set(starts(server.read())) == {"good@x"}


def test_elements_nobody_knows_are_passed_over(server: Server) -> None:
    for what, told in server.told.items():
        odd = b'<x xmlns="http://evil.example/"><response/></x><d:response/><d:response><d:href> </d:href></d:response>'
        spoil(server, what, replace(told, body=told.body.replace(b"</d:multistatus>", odd + b"</d:multistatus>")))
    assert set(starts(server.read())) == {"good@x"}


def test_a_deep_answer_is_refused_or_read(server: Server) -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    told = server.told["PROPFIND"]
    spoil(server, "PROPFIND", replace(told, body=told.body.replace(b"</d:multistatus>", deep + b"</d:multistatus>")))
    begun = time.perf_counter()
    try:
        assert starts(server.read())
    except SourceProblem as problem:
        assert problem.remedy  # noqa: PT017 - both are fine, a hang or a crash is not
    assert time.perf_counter() - begun < 6


def test_packed_answers(server: Server) -> None:
    for what, told in server.told.items():
        spoil(server, what, Told(207, gzip.compress(told.body), {"Content-Encoding": "gzip"}))
    assert set(starts(server.read())) == {"good@x"}


def test_too_many_entries_are_a_sentence(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("showup.calendars.caldav.multistatus.RESPONSE_LIMIT", 50)
    spoil(server, "calendar-query", multistatus(LISTED * 51))
    assert "larger than 300 MB" in server.problem().sentence


def test_too_much_in_all_is_a_sentence(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("showup.calendars.caldav.sync.SIZE_LIMIT", 50)
    assert "larger than 300 MB" in server.problem().sentence


def test_entries_elsewhere_are_none_of_its(server: Server) -> None:
    odd = [f"{PATH}../other/b.ics", "/else/b.ics", "http://evil.example/b.ics", "http://[/b.ics", "x" * 5_000, PATH]
    listed = "".join(prop(href, "<d:getetag>1</d:getetag>") for href in odd)
    spoil(server, "calendar-query", multistatus(LISTED + listed))
    assert set(starts(server.read())) == {"good@x"}
    assert server.front.asked[-1].body.count(b"<D:href>") == 1


def test_what_was_not_asked_for_is_not_taken(server: Server) -> None:
    more = data(f"{PATH}b.ics", ics(timed(":20261125T090000Z", uid="b@x")))
    spoil(server, "calendar-multiget", multistatus(data(f"{PATH}a.ics", ics(GOOD)) + more))
    assert set(starts(server.read())) == {"good@x"}


def test_the_same_path_may_be_written_in_several_ways(server: Server) -> None:
    spoil(server, "calendar-query", multistatus(prop(f"{PATH}a%40b%2fc.ics", "<d:getetag>1</d:getetag>")))
    spoil(server, "calendar-multiget", multistatus(data(f"{server.front.address}{PATH}a@b%2Fc.ics", ics(GOOD))))
    found = server.read()
    assert (set(starts(found)), found.warnings) == ({"good@x"}, ())


@pytest.mark.parametrize("what", ["PROPFIND", "calendar-query"])
def test_a_server_that_drips_or_is_silent_costs_its_time_and_no_more(
    server: Server, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "DEADLINE", 0.3)
    fine = server.answer

    def silent(asked: Asked) -> Told:
        if asked.what == what:
            server.front.over.wait(3)
        return fine(asked)

    server.front.answers = silent
    begun = time.perf_counter()
    assert server.problem().sentence == "127.0.0.1 did not answer in time."
    assert time.perf_counter() - begun < 2


# ---------------------------------------------------------------- passwords and where they go


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
    spoil(server, "PROPFIND", Told(403))
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
