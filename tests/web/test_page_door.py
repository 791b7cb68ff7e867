"""Who may come in: every rule by plain HTTP, as an attacker would write it."""

import socket
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from showup.core.problem import Problem
from showup.web.service import Terms
from tests.support.page import Served, Visitor, serve

FORM = "application/x-www-form-urlencoded"
SAFE = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


# ---------------------------------------------------------------- where
def test_it_listens_on_loopback_and_nowhere_else(served: Served) -> None:
    port = int(served.authority.split(":")[1])
    for family, table, loopback in (("tcp", "/proc/net/tcp", "0100007F"), ("tcp6", "/proc/net/tcp6", None)):
        rows = [line.split() for line in Path(table).read_text().splitlines()[1:]]
        bound = {row[1].split(":")[0] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"}
        assert bound == ({loopback} if loopback else set()), family


def test_a_port_that_is_taken_is_a_sentence(served: Served, database: Path, tmp_path: Path) -> None:
    port = int(served.authority.split(":")[1])
    with (
        pytest.raises(Problem, match=f"cannot be opened on port {port}"),
        serve(database, tmp_path / "b", "2026-03-06", Terms(port)),
    ):
        pass


def test_a_port_can_be_chosen(alone: Served, database: Path, tmp_path: Path) -> None:
    port = int(alone.authority.split(":")[1])
    alone.page.close()
    with serve(database, tmp_path / "b", "2026-03-06", Terms(port)) as again:
        assert again.authority == alone.authority
        assert again.visitor().get().status == 200


# ---------------------------------------------------------------- who
def test_nothing_is_shown_without_a_session(served: Served, visitor: Visitor) -> None:
    paths = ["/", "/totals", "/report", "/employers/1", "/appointments/1", "/nothing", "/appointments/1/answer"]
    for cookie in ("", "showup=1", visitor.cookie[:-1], visitor.cookie.replace("showup-", "showup-1")):
        for path in paths:
            told = Visitor(served.authority, cookie).get(path)
            assert told.status == 403
            assert "Acme" not in told.text
            assert "Run `showup web` to open it anew" in told.seen
    assert visitor.get().status == 200


def test_a_code_works_once(served: Served) -> None:
    code = served.page.codes.new()
    first, second = (served.stranger().get(f"/open?code={code}") for _ in range(2))
    assert (first.status, first.headers["location"]) == (303, "/")
    assert second.status == 403
    assert "set-cookie" not in second.headers
    assert "used already, or is too old" in second.seen
    assert code not in first.text + str(first.headers)


@pytest.mark.parametrize("seconds", [121, -1])
def test_a_code_is_good_for_two_minutes_by_a_clock_that_goes_right(served: Served, seconds: int) -> None:
    code = served.page.codes.new()
    served.clock.wall = served.clock.wall.fromtimestamp(
        served.clock.wall.timestamp() + seconds, served.clock.wall.tzinfo
    )
    assert served.stranger().get(f"/open?code={code}").status == 403


@pytest.mark.parametrize("code", ["", "x", "%00", "../address", "%C3%A9", "a" * 3000])
def test_no_other_code_works(served: Served, code: str) -> None:
    served.page.codes.new()
    assert served.stranger().get(f"/open?code={code}").status == 403


def test_a_code_is_taken_by_no_look_ahead(served: Served) -> None:
    code = served.page.codes.new()
    assert served.stranger().ask("HEAD", f"/open?code={code}").status == 403
    assert served.stranger().get(f"/open?code={code}", Sec_Purpose="prefetch").status == 403
    assert served.stranger().get(f"/open?code={code}").status == 303


def test_several_codes_may_wait_and_one_of_two_takers_gets_it(served: Served) -> None:
    codes = [served.page.codes.new() for _ in range(3)]
    statuses: list[int] = []
    takers = [
        threading.Thread(target=lambda code=code: statuses.append(served.stranger().get(f"/open?code={code}").status))
        for code in codes * 3
    ]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert sorted(statuses) == [303] * 3 + [403] * 6


def test_only_hashes_lie_anywhere_and_only_for_their_owner(alone: Served, tmp_path: Path) -> None:
    code = alone.page.codes.new()
    files = [path for path in (tmp_path / "web").rglob("*") if path.is_file()]
    assert len(files) == 2  # the code's hash and the address
    for path in files:
        assert code not in path.name + path.read_text()
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    cookie = alone.visitor().cookie.partition("=")[2]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and cookie.encode() in path.read_bytes()]
    alone.page.close()
    assert not alone.page.told.exists()


def test_the_cookie_is_kept_from_scripts_and_other_sites(served: Served) -> None:
    port = served.authority.split(":")[1]
    cookie = served.stranger().get(f"/open?code={served.page.codes.new()}").headers["set-cookie"]
    name, *rules = [part.strip().lower() for part in cookie.split(";")]
    assert name.startswith(f"showup-{port}=")
    assert len(name.partition("=")[2]) >= 43
    assert {"httponly", "samesite=strict", "path=/"} <= set(rules)


def test_a_session_ends_after_twelve_hours(alone: Served) -> None:
    visitor = alone.visitor()
    alone.clock.ahead += 12 * 3600 - 60
    assert visitor.get().status == 200
    alone.clock.ahead += 61
    assert visitor.get().status == 403


# ---------------------------------------------------------------- from where
@pytest.mark.parametrize("host", ["evil.example", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "127.1:{port}"])
def test_another_host_is_refused(served: Served, visitor: Visitor, host: str) -> None:
    """DNS rebinding: a name of somebody else's that leads here."""
    told = visitor.get("/", Host=host.format(port=served.authority.split(":")[1]))
    assert told.status in {400, 421}
    assert "Acme" not in told.text


@pytest.mark.parametrize("hosts", [[], ["{ours}", "evil.example"], ["evil.example", "{ours}"]])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_there_is_exactly_one_host(served: Served, visitor: Visitor, hosts: list[str], version: str) -> None:
    lines = [f"Host: {host.format(ours=served.authority)}" for host in hosts]
    told = raw(served, "\r\n".join([f"GET / HTTP/{version}", *lines, f"Cookie: {visitor.cookie}"]))
    assert b" 200 " not in told
    assert b"Acme" not in told


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://evil.example", "Sec_Fetch_Site": "same-origin"},
        {"Origin": "null", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "null", "Sec_Fetch_Site": "same-site"},
        {"Origin": "null", "Sec_Fetch_Site": "none"},
        {"Origin": "null", "Sec_Fetch_Site": ""},
        {"Origin": "", "Sec_Fetch_Site": ""},
        {"Origin": "http://127.0.0.1:1", "Sec_Fetch_Site": ""},
        {"Origin": "http://localhost", "Sec_Fetch_Site": ""},
    ],
)
def test_a_form_of_another_page_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    fields = {"token": visitor.get("/appointments/2").token, "word": "no_show"}
    told = visitor.post("/appointments/2/answer", fields, **headers)
    assert told.status == 403
    assert "no show" not in visitor.get("/appointments/2").seen


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "{ours}"}, {"Origin": ""}, {"Origin": "{ours}", "Sec_Fetch_Site": ""}]
)
def test_a_form_of_ours_is_taken(served: Served, visitor: Visitor, headers: dict[str, str]) -> None:
    fields = {"token": visitor.get("/appointments/2").token, "word": "no_show"}
    ours = {name: value.format(ours=f"http://{served.authority}") for name, value in headers.items()}
    assert visitor.post("/appointments/2/answer", fields, **ours).status == 303


def test_a_form_without_its_token_is_refused(served: Served, visitor: Visitor) -> None:
    other = served.visitor().get("/appointments/2").token
    for token in ("", "x", "é", other):
        told = visitor.post("/appointments/2/answer", {"token": token, "word": "no_show"})
        assert told.status == 403
        assert "not one of this page's" in told.seen
    assert visitor.post("/appointments/2/answer", {"word": "no_show"}).status == 403
    assert "no show" not in visitor.get("/appointments/2").seen


# ---------------------------------------------------------------- what
def test_nothing_changes_by_looking(visitor: Visitor, database: Path) -> None:
    before = database.read_bytes()
    for path in (
        "/?said=2&q=x&label=pattern&sort=name&page=3",
        "/appointments/2?said=2&word=no_show",
        "/employers/1",
        "/appointments/2/answer?word=no_show",
        "/appointments/2/impression?feeling=bad",
        "/employers/1/note?note=x",
    ):
        visitor.get(path)
        visitor.ask("HEAD", path)
    assert database.read_bytes() == before
    assert not Path(f"{database}-wal").exists() or not Path(f"{database}-wal").stat().st_size


@pytest.mark.parametrize("path", ["/", "/employers/1", "/appointments/1", "/open", "/nothing", "/static/none.css"])
@pytest.mark.parametrize("known", [True, False])
def test_every_answer_carries_what_keeps_it_safe(served: Served, visitor: Visitor, path: str, known: bool) -> None:
    told = (visitor if known else served.stranger()).get(path)
    assert {name: told.headers.get(name) for name in SAFE} == SAFE
    assert "server" not in told.headers


def test_only_how_the_pages_look_is_kept_by_a_browser(served: Served, visitor: Visitor) -> None:
    address = next(part for part in visitor.get("/").text.split('"') if part.startswith("/static/showup.css?"))
    told = served.stranger().get(address)
    assert told.text.startswith(("/*", ":root", "@"))
    kept = SAFE | {"cache-control": "private, max-age=86400, immutable"}
    assert {name: told.headers.get(name) for name in SAFE} == kept


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(visitor: Visitor, method: str) -> None:
    assert visitor.ask(method, "/").status in {400, 405}


@pytest.mark.parametrize(
    "path",
    [
        "/appointments/999",
        "/appointments/0",
        "/appointments/-1",
        "/appointments/99999999999999999999999",
        "/employers/999",
        "/employers/1/note",
        "/static/../app.py",
        "/static/%2e%2e%2fapp.py",
        "/static/",
        "//evil.example",
        "/" + "a" * 8000,
        "/employers/" + "9" * 5000,
    ],
)
def test_what_is_not_there_is_a_calm_page(served: Served, visitor: Visitor, path: str) -> None:
    told = visitor.get(path)
    assert told.status in {403, 404, 405}
    assert "Not this way" in told.seen
    assert "Traceback" not in told.text
    assert served.said == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "That is no answer."),
        ({"word": "nonsense"}, "That is no answer."),
        ({"word": "late", "minutes": "x"}, "are no whole minutes"),
        ({"word": "late", "minutes": "-5"}, "make no sense"),
        ({"word": "late", "minutes": "9" * 400}, "are no whole minutes"),
        ({"word": "on_time", "minutes": "5"}, "takes no minutes"),
        ({"word": "undo", "of": "yesterday"}, "That is no answer of yours."),
        ({"word": "undo", "of": "2026-01-01T00:00:00"}, "That is no answer of yours."),
        ({"word": "undo", "of": "2026-01-01T00:00:00+00:00"}, "There is nothing to take back."),
    ],
)
def test_an_answer_that_makes_no_sense_is_a_calm_page(
    served: Served, visitor: Visitor, fields: dict[str, str], sentence: str
) -> None:
    told = visitor.post("/appointments/2/answer", {"token": visitor.get("/appointments/2").token, **fields})
    assert told.status == 409
    assert sentence in told.seen
    assert served.said == []


@pytest.mark.parametrize(
    "target",
    [
        "http://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/employers/1\r\nX: y",
        "javascript:alert(1)",
        "/open?code=1",
    ],
)
def test_a_form_leads_back_to_this_page_alone(visitor: Visitor, target: str) -> None:
    fields = {"token": visitor.get("/appointments/2").token, "word": "no_show", "back": target}
    told = visitor.post("/appointments/2/answer", fields)
    assert (told.status, told.headers["location"]) == (303, "/appointments/2?said=2")
    assert "x" not in told.headers


# ---------------------------------------------------------------- how much
def test_a_form_is_no_larger_than_it_needs_to_be(visitor: Visitor) -> None:
    token = visitor.get("/employers/1").token
    assert visitor.post("/employers/1/note", {"token": token, "note": "x" * 300_000}).status == 413
    many = {"token": token, **{str(number): "x" for number in range(40)}}
    assert visitor.post("/employers/1/note", many).status == 400
    assert visitor.post("/employers/1/note", {"token": token}, Content_Type="text/plain").status == 415
    assert visitor.post("/employers/1/note", {"token": token}, Content_Type="multipart/form-data").status == 415
    assert visitor.post("/employers/1/note", {"token": token, "note": "😀" * 10_000}).status == 303


def test_bytes_that_no_form_has_are_refused(visitor: Visitor) -> None:
    ours = {"Origin": "null", "Sec_Fetch_Site": "same-origin", "Content_Type": FORM}
    assert visitor.ask("POST", "/employers/1/note", b"\xff\xfe\x00", **ours).status == 400


def test_a_head_that_is_too_long_is_refused(served: Served, visitor: Visitor) -> None:
    told = raw(served, f"GET / HTTP/1.1\r\nHost: {served.authority}\r\nX: {'a' * 40_000}\r\nCookie: {visitor.cookie}")
    assert b" 431 " in told
    assert b"Acme" not in told


def test_who_says_nothing_is_hung_up_on(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("showup.web.serving._HURRY", 0.2)
    host, port = served.authority.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(b"GET / HT")
        assert line.recv(100) == b""


def test_a_form_that_never_ends_is_given_up(served: Served, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("showup.web.asking._HURRY", 0.2)
    begins = f"POST /employers/1/note HTTP/1.1\r\nHost: {served.authority}\r\nCookie: {visitor.cookie}\r\n"
    told = raw(served, f"{begins}Sec-Fetch-Site: same-origin\r\nContent-Type: {FORM}\r\nContent-Length: 100")
    assert b" 408 " in told


def test_it_ends_when_nobody_looks(alone: Served) -> None:
    visitor = alone.visitor()
    alone.clock.ahead += 29 * 60
    assert visitor.get().status == 200
    alone.clock.ahead += 29 * 60
    time.sleep(1.5)
    assert alone.page.wait(0)
    alone.clock.ahead += 2 * 60
    assert not alone.page.wait(10)
    assert not alone.page.told.exists()
    with pytest.raises(ConnectionRefusedError):
        visitor.get()
    again = alone.page.open()
    assert Visitor(again).get().status == 403  # a new page, and sessions of its own
    assert alone.page.told.read_text() == again


def raw(served: Served, head: str) -> bytes:
    """Send a request as it stands, and read to the end."""
    host, port = served.authority.split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while more := line.recv(65536):
            answer += more
        return answer


def test_a_record_that_holds_what_nobody_can_read_is_called_damaged(served: Served, visitor: Visitor) -> None:
    with closing(sqlite3.connect(served.database)) as driver, driver:
        driver.execute("UPDATE verdicts SET outcome = 'grand'")
    told = visitor.get("/employers/1")
    assert told.status == 500
    assert "is damaged or no database; it was left as it is." in told.text
    assert served.said == []
