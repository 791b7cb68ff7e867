"""CalDAV servers that are not what they should be, and what is said of it."""

import base64
import gzip
import re
import resource
import sys
import time
from dataclasses import replace

import pytest

from showup.calendars.caldav import source as reading
from showup.ports import SourceProblem
from tests.calendars.contract import starts
from tests.support.front import Asked, Told, multistatus
from tests.support.ics import GOOD, timed
from tests.support.ics import calendar as ics
from tests.support.made_up import LISTED, MARK, PATH, Server, data, prop
from tests.support.radicale import PASSWORD, USER

BASIC = f"Basic {base64.b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"


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


SMALL = 300_000
SWELLING = {
    "elements that are none of ours": "<a/>" * 3 * SMALL,
    "elements in one response": f"<d:response><d:href>{PATH}a.ics</d:href>{'<a/>' * SMALL}</d:response>",
    "properties of all names": prop(PATH, "".join(f"<a{n}/>" for n in range(SMALL))),
    "elements within elements": "<a>" * SMALL + "</a>" * SMALL,
    "a tag without end": "<a " + " ".join(f'a{n}=">"' for n in range(SMALL)),
}


@pytest.mark.parametrize("what", SWELLING)
def test_small_elements_in_masses_are_a_sentence(server: Server, what: str) -> None:
    spoil(server, "PROPFIND", multistatus(SWELLING[what]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    # On a busy machine the five seconds of a reading may be over first.
    assert any(words in server.problem().sentence for words in ("larger than 300 MB", "did not answer in time"))
    assert time.process_time() - begun < (3 if sys.gettrace() is None else 20)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # kilobytes


@pytest.mark.parametrize("around", [("", ""), ("<![CDATA[", "]]>")])
def test_a_large_event_is_no_mass_of_small_ones(server: Server, around: tuple[str, str]) -> None:
    long = timed(":20261125T090000Z", uid="good@x", more="X-LONG:" + "x" * 3_000_000)
    text = f"{around[0]}{ics(long).decode()}{around[1]}"
    spoil(server, "calendar-multiget", multistatus(prop(f"{PATH}a.ics", f"<c:calendar-data>{text}</c:calendar-data>")))
    assert set(starts(server.read())) == {"good@x"}
