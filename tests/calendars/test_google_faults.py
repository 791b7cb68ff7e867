"""What can go wrong with Google, each a calm sentence: that of the table in docs/google.md."""

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from showup.calendars.google.source import GoogleCalendar
from showup.google import connection
from showup.ports import SourceProblem
from tests.calendars import test_ics_tls as tls
from tests.calendars.contract import NOBODY, NOON, WINDOW, starts
from tests.support.google_parts import Clock, kept, source
from tests.support.google_server import Fault, Google, serving

DOCUMENT = Path(__file__).parents[2] / "docs/google.md"
certificate = tls.certificate
PORTAL = b"\r\n<!DOCTYPE html><html><title>Free Wi-Fi</title><script src='x.js'></script></html>"


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        server.world.primary.put("a", NOON)
        yield server


def refused(google: Google) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    google.fail("status", code=302, headers={"Location": f"http://127.0.0.1:{port}/"})


def no_scope(google: Google) -> None:
    google.tokens["planted-access"] = ["https://www.googleapis.com/auth/calendar.calendarlist.readonly"]


def token_fails(fault: Fault) -> Callable[[Google], None]:
    def fail(google: Google) -> None:
        google.expire_access()
        google.faults.append(replace(fault, path="/token"))

    return fail


def api_fails(fault: Fault) -> Callable[[Google], None]:
    return lambda google: google.faults.append(replace(fault, path="/calendar/"))


FAULTS: dict[str, Callable[[Google], None]] = {
    "no answer within 5 seconds": api_fails(Fault("hang")),
    "an answer that drips": api_fails(Fault("drip")),
    "nothing listens there": refused,
    "the connection ends without an answer": api_fails(Fault("hang_up")),
    "the connection ends in the middle of the answer": api_fails(Fault("drop")),
    "half an answer": api_fails(Fault("half")),
    "a network that asks for a sign-in": api_fails(Fault("body", body=PORTAL)),
    "the same, with 511": api_fails(Fault("body", body=PORTAL, code=511)),
    "the same, while the sign-in is renewed": token_fails(Fault("body", body=PORTAL)),
    "JSON of another kind": api_fails(Fault("body", body=b'{"kind": "calendar#acl", "items": []}')),
    "JSON without end": api_fails(Fault("body", body=b"[" * 100_000)),
    "bytes that are no text": api_fails(Fault("body", body=b"\xff\xfe\x00" * 50)),
    "an answer of more than 32 MB": api_fails(Fault("flood")),
    "500 or 503": api_fails(Fault("status", code=503, reason="backendError")),
    "429": api_fails(Fault("status", code=429, reason="rateLimitExceeded")),
    "403 rateLimitExceeded, userRateLimitExceeded": api_fails(
        Fault("status", code=403, reason="userRateLimitExceeded")
    ),
    "403 quotaExceeded, dailyLimitExceeded": api_fails(Fault("status", code=403, reason="quotaExceeded")),
    "403 accessNotConfigured": api_fails(Fault("status", code=403, reason="accessNotConfigured")),
    "403 insufficientPermissions": no_scope,
    "400": api_fails(Fault("status", code=400, reason="badRequest")),
    "404, or 403 forbidden": api_fails(Fault("status", code=404, reason="notFound")),
    "401 after a renewal": api_fails(Fault("status", code=401, reason="authError")),
    "the sign-in was taken back, or has expired": lambda google: google.revoke(),
    "the client was deleted": token_fails(Fault("body", code=401, body=b'{"error": "deleted_client"}')),
    "503 while the sign-in is renewed": token_fails(Fault("status", code=503)),
}


def table() -> dict[str, str]:
    """Fault to sentence, as the document has it."""
    section = DOCUMENT.read_text("utf-8").partition("## What can go wrong")[2]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", section, re.MULTILINE)
    return {fault: said.replace("www.googleapis.com", "127.0.0.1") for fault, said in rows[1:]}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_the_sentence_of_the_table(fault: str, google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](google)
    if google.faults and google.faults[0].kind in ("hang", "drip"):
        monkeypatch.setattr(connection, "_SECONDS", 0.4)
    with pytest.raises(SourceProblem) as raised:
        source(google).read(WINDOW, NOBODY)
    assert str(raised.value) == table().get(fault)


def test_the_table_has_no_other_faults() -> None:
    assert table().keys() - FAULTS.keys() == {"DNS is down", "a certificate that is not valid", "no private connection"}


def test_a_client_without_its_own_files(google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("googleapiclient.discovery_cache.DISCOVERY_DOC_DIR", str(tmp_path))
    with pytest.raises(SourceProblem, match="without its description of “calendar”") as problem:
        source(google).read(WINDOW, NOBODY)
    assert problem.value.lasting
    assert problem.value.remedy == "Install showup anew."


def test_a_name_that_cannot_be_found() -> None:
    calendar = GoogleCalendar("work", "", kept(), Clock(), endpoint="https://nowhere.invalid/")
    with pytest.raises(SourceProblem) as raised:
        calendar.read(WINDOW, NOBODY)
    assert str(raised.value) == table()["DNS is down"].replace("127.0.0.1", "nowhere.invalid")


def test_a_port_that_does_not_speak_tls(google: Google) -> None:
    calendar = GoogleCalendar("work", "", kept(), Clock(), endpoint=google.address.replace("http:", "https:"))
    with pytest.raises(SourceProblem) as raised:
        calendar.read(WINDOW, NOBODY)
    assert str(raised.value) == table()["no private connection"]


def test_an_open_connection_to_elsewhere_is_refused() -> None:
    with pytest.raises(SourceProblem, match="others could read along") as raised:
        GoogleCalendar("work", "", kept(), Clock(), endpoint="http://gateway.example/").read(WINDOW, NOBODY)
    assert raised.value.lasting


def test_certificates_are_checked_and_ssl_cert_file_is_honoured(
    google: Google, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    google.be_private(certificate)
    with pytest.raises(SourceProblem) as raised:
        source(google).read(WINDOW, NOBODY)
    assert str(raised.value) == table()["a certificate that is not valid"].replace("127.0.0.1", "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    google.expire_access()  # so that the sign-in is renewed on such a connection, too
    assert starts(source(google).read(WINDOW, NOBODY)) == {"a": NOON}


def test_https_proxy_is_honoured(google: Google, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    google.be_private(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for name in ("no_proxy", "NO_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with tls.proxy(google.server_port) as server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.server_address[1]}")
        assert starts(source(google).read(WINDOW, NOBODY)) == {"a": NOON}
        assert set(server.asked) == {f"localhost:{google.server_port}"}


def test_a_server_that_always_says_gone_is_a_problem(google: Google) -> None:
    google.fail("status", path="/events", code=410)
    with pytest.raises(SourceProblem, match="refuses to tell"):
        source(google).read(WINDOW, NOBODY)
    assert google.requests == 2


# ---------------------------------------------------------------- asking again


def test_nothing_is_asked_before_the_time_that_the_server_named(google: Google) -> None:
    clock = Clock()
    calendar = source(google, clock=clock)
    google.fail("status", code=429, headers={"Retry-After": "100"})
    refused_at(calendar, google, 1)
    google.well()
    for later in (1, 50, 48):
        clock.passed += later
        refused_at(calendar, google, 1)
    clock.passed += 1.5
    assert starts(calendar.read(WINDOW, NOBODY)) == {"a": NOON}


def test_the_time_may_be_a_date(google: Google) -> None:
    clock = Clock()
    calendar = source(google, clock=clock)
    google.fail("status", code=503, headers={"Retry-After": "Tue, 24 Nov 2026 09:02:00 GMT"}, times=1)
    refused_at(calendar, google, 1)
    clock.passed = 119
    refused_at(calendar, google, 1)
    clock.passed = 121
    calendar.read(WINDOW, NOBODY)


@pytest.mark.parametrize("value", ["soon", "-5", "1e9", "9" * 400, "Tue, 99 Nov 2026 09:02:00 GMT", ""])
def test_a_time_that_makes_no_sense_is_passed_over(value: str, google: Google) -> None:
    clock = Clock()
    calendar = source(google, clock=clock)
    google.fail("status", code=503, headers={"Retry-After": value}, times=1)
    refused_at(calendar, google, 1)
    clock.passed = 3_601
    calendar.read(WINDOW, NOBODY)


def test_the_waits_grow_and_end(google: Google) -> None:
    clock = Clock()
    calendar = source(google, clock=clock)
    google.fail("status", code=503)
    waits = []
    refused_at(calendar, google, 1)
    for asked in range(1, 12):
        begun = clock.passed
        while google.requests == asked:
            clock.passed += 1
            with pytest.raises(SourceProblem):
                calendar.read(WINDOW, NOBODY)
        waits.append(clock.passed - begun)
    assert waits[0] <= 5
    assert all(150 <= wait <= 301 for wait in waits[7:])
    google.well()
    clock.passed += 301
    calendar.read(WINDOW, NOBODY)
    google.fail("status", code=503, times=1)
    refused_at(calendar, google, google.requests + 1)
    clock.passed += 5
    calendar.read(WINDOW, NOBODY)


def test_a_network_that_was_away_is_tried_at_once(google: Google) -> None:
    calendar = source(google)
    google.fail("hang_up", times=1)
    refused_at(calendar, google, 1)
    assert starts(calendar.read(WINDOW, NOBODY)) == {"a": NOON}


def refused_at(calendar: GoogleCalendar, google: Google, asked: int) -> None:
    with pytest.raises(SourceProblem):
        calendar.read(WINDOW, NOBODY)
    assert google.requests == asked
