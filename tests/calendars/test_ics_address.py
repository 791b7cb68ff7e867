"""Calendars at addresses, from a real server on this machine with the faults of real ones."""

import gc
import logging
import threading
import time
import traceback
from collections.abc import Iterator

import pytest

from showup.calendars.ics import IcsCalendar
from showup.network import web as fetching
from showup.ports import Reading, SourceProblem, Window
from tests.support.ics import END, GOOD, START, calendar, timed
from tests.support.steps import read_whole
from tests.support.web import Web, serving

WINDOW = Window(START, END)
SECRET = "/private-5ecre7/basic.ics"


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as web:
        web.body = calendar(GOOD)
        yield web


def source(web: Web, path: str = SECRET) -> IcsCalendar:
    return IcsCalendar("work", web.address + path, zone="UTC")


def read(calendar: IcsCalendar, *known: str) -> Reading:
    return read_whole(calendar, WINDOW, frozenset(known))


FAULTS = {
    "status 301": "sends from one address to another",
    "status 401": "does not allow",
    "status 403": "does not allow",
    "status 404": "has no calendar at this address",
    "status 407": "proxy",
    "status 410": "any more",
    "status 418": "418",
    "status 429": "too often",
    "status 500": "cannot answer just now",
    "status 503": "cannot answer just now",
    "html": "sent a web page instead of a calendar",
    "empty": "empty",
    "half": "cut off",
    "torn": "did not come whole",
    "torn_gzip": "did not come whole",
    "bad_gzip": "did not come whole",
    "garbage": "no web page",
    "hang_up": "",
    "unchanged": "no answer that makes sense",
    "circle": "sends from one address to another",
    "chain": "sends from one address to another",
    "redirect file:///etc/passwd": "sends from one address to another",
    "redirect ftp://127.0.0.1/x": "sends from one address to another",
    "redirect //": "",
    "bomb": "larger than 300 MB",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_one_calm_sentence_and_the_address_stays_secret(
    fault: str, web: Web, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "DEADLINE", 60)  # a busy machine takes its time for 300 MB
    caplog.set_level(logging.DEBUG)
    web.fault = fault
    place = source(web)
    with pytest.raises(SourceProblem) as raised:
        read(place)
    problem = raised.value
    assert FAULTS[fault] in problem.sentence
    assert problem.sentence.endswith(".")
    assert problem.remedy.endswith(".")
    everything = "".join(traceback.format_exception(problem)) + repr(problem) + repr(place) + caplog.text
    assert "5ecre7" not in everything
    chained: BaseException | None = problem
    while chained:
        assert "5ecre7" not in str(chained)
        chained = chained.__context__
    web.fault = ""
    assert len(read(place).events or ()) == 1


@pytest.mark.parametrize("fault", ["drip", "drip_head", "silent", "endless_redirect"])
def test_the_time_is_limited_in_all(fault: str, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "DEADLINE", 0.5)
    web.fault = fault
    begun = time.perf_counter()
    if fault == "endless_redirect":  # what it says besides is not read
        assert read(source(web)).events
    else:
        with pytest.raises(SourceProblem, match="did not answer in time"):
            read(source(web))
    assert time.perf_counter() - begun < 10  # without a limit it would be half a minute and more
    for _ in range(500):
        if not any(thread.name == "showup-fetch" for thread in threading.enumerate()):
            return
        time.sleep(0.02)
    pytest.fail("the connection was not let go of")


def test_the_deadline_is_what_the_port_says() -> None:
    assert fetching.DEADLINE == 5


def test_nobody_listens(web: Web) -> None:
    place = source(web)
    web.shutdown()
    web.server_close()
    with pytest.raises(SourceProblem, match=r"127\.0\.0\.1 refuses the connection"):
        read(place)


def test_a_name_that_is_not() -> None:
    place = IcsCalendar("work", "https://calendar.invalid/private-5ecre7")
    with pytest.raises(SourceProblem, match=r"The name calendar\.invalid cannot be found") as raised:
        read(place)
    assert "5ecre7" not in str(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "https:///private-5ecre7",
        "http://[::1/private-5ecre7",
        "http://127.0.0.1:99999/private-5ecre7",
        "http://127.0.0.1:port/private-5ecre7",
        f"https://{'a' * 70}.example/private-5ecre7",
        "gopher://x.example/private-5ecre7",
        "javascript://x.example/private-5ecre7",
        "ftp://x.example/private-5ecre7",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(SourceProblem) as raised:
        read(IcsCalendar("work", address))
    assert raised.value.remedy
    assert "5ecre7" not in str(raised.value)


def test_an_etag_spares_the_body(web: Web) -> None:
    web.etag = '"one"'
    place = source(web)
    assert read(place).events
    assert "If-None-Match" not in web.asked[0]
    assert read(place).events is None
    assert web.asked[1]["If-None-Match"] == '"one"'


def test_a_date_spares_the_body(web: Web) -> None:
    web.modified = "Mon, 23 Nov 2026 10:00:00 GMT"
    place = source(web)
    assert read(place).events
    assert read(place).events is None
    assert web.asked[1]["If-Modified-Since"] == web.modified


def test_an_unchanged_body_answers_another_question(web: Web) -> None:
    web.etag = '"one"'
    web.body = calendar(GOOD, timed(":20301124T090000Z", uid="far"))
    place = source(web)
    assert len(read(place).events or ()) == 1
    assert len(read(place, "far").events or ()) == 2
    assert read(place, "far").events is None


def test_an_equal_body_is_unchanged_and_not_parsed(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    place = source(web)
    assert read(place).events
    monkeypatch.setattr("showup.calendars.address.steps", None)
    assert read(place).events is None


def test_a_broken_body_is_not_remembered(web: Web) -> None:
    web.etag, web.fault = '"one"', "half"
    place = source(web)
    with pytest.raises(SourceProblem):
        read(place)
    web.fault = ""
    assert read(place).events
    assert "If-None-Match" not in web.asked[1]


def test_packed(web: Web) -> None:
    web.packed = True
    assert read(source(web)).events
    assert "gzip" in web.asked[0]["Accept-Encoding"]


def test_packed_anew_is_unchanged(web: Web) -> None:
    web.packed = True
    place = source(web)
    assert read(place).events
    web.packed_at += 1
    assert read(place).events is None


def test_a_redirection_is_followed(web: Web) -> None:
    web.fault = f"redirect {web.address}/there"
    assert read(source(web)).events
    assert web.paths == [SECRET, "/there"]


def test_a_password_stays_with_its_host(web: Web) -> None:
    with serving() as other:
        other.body = web.body
        web.fault = f"redirect {other.address.replace('127.0.0.1', 'localhost')}/there"
        address = f"http://sam:p%40ss@127.0.0.1:{web.server_port}{SECRET}"
        assert read(IcsCalendar("work", address)).events
        assert web.asked[0]["Authorization"] == "Basic c2FtOnBAc3M="
        assert "Authorization" not in other.asked[0]


def test_odd_letters_in_an_address(web: Web) -> None:
    assert read(source(web, "/käl ender/%2Fa?q=ü&b=1#part")).events
    assert web.paths == ["/k%C3%A4l%20ender/%2Fa?q=%C3%BC&b=1"]


def test_webcal_means_https(web: Web) -> None:
    place = IcsCalendar("work", f"webcal://127.0.0.1:{web.server_port}{SECRET}")
    with pytest.raises(SourceProblem, match=r"No private connection to 127\.0\.0\.1"):
        read(place)


def test_a_large_calendar_stays_out_of_memory_and_is_let_go_of(web: Web) -> None:
    web.body = calendar(
        *(timed(":20200101T090000Z", uid=f"{n}", more=f"DESCRIPTION:{'x' * 900}") for n in range(3_000)), GOOD
    )
    place = source(web)
    assert len(read(place).events or ()) == 1
    assert read(place).events is None
    del place
    gc.collect()  # a file left open would be an error here


def test_a_proxy_is_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", web.address)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert read(IcsCalendar("work", f"http://calendar.invalid{SECRET}")).events
    assert web.paths == [f"http://calendar.invalid{SECRET}"]
