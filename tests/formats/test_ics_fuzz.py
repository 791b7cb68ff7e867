"""Calendars put together from pieces of calendars, in any order and cut anywhere: the rules hold all the same."""

import os
import time
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showup.core.problem import Problem
from showup.formats.ics import Parsed, occurrences, vevents
from showup.formats.ics.prefilter import Days
from tests.support.ics import END, HEAD, START

EXAMPLES = int(os.environ.get("SHOWUP_EXAMPLES", "200"))
PLAIN = r"""
BEGIN:VEVENT
END:VEVENT
BEGIN:VALARM
END:VALARM
BEGIN:VTIMEZONE
END:VTIMEZONE
END:STANDARD
BEGIN:STANDARD
END:VCALENDAR
BEGIN:VCALENDAR
X-WR-TIMEZONE:Asia/Tokyo
METHOD:CANCEL
END
BEGIN:
UID:a@x
UID:b@x
uid:c\, d
UID:
SUMMARY:Interview
summary;X="a:b":one
SEQUENCE:2
TZID:Own
DTSTART:20261124T090000Z
DTSTART:20200101T090000Z
DTSTART;VALUE=DATE:20261124
dtStart:20191231T235959
DTSTART;TZID=Own:20261124T090000
DTSTART;TZID=No:20261124T090000
DTSTART:00010101T000000Z
DTSTART:soon
DTSTART:99991231T235960Z
DTEND:20261124T100000Z
DTEND:20190101T000000Z
DTEND;VALUE=DATE:99991231
DURATION:PT1H
DURATION:-P1D
DURATION:P9999W
DURATION:PT99H
Duration:P30D
TZOFFSETTO:+0100
RRULE:FREQ=DAILY
RRULE:FREQ=WEEKLY;COUNT=400
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TU
RRULE:FREQ=SECONDLY
rrule:freq=monthly;until=20270101
RRULE:FREQ=WEEKLY;UNTIL=20190101T000000Z
RRULE:FREQ=DAILY;COUNT=-1
RRULE:FREQ=DAILY;INTERVAL=0
RRULE:FREQ=WEEKLY;INTERVAL=9;COUNT=99
RRULE:FREQ=DAILY;COUNT=1000000000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
RDATE:20261125T090000Z,20261126T090000Z
Rdate:20261127T090000Z
RDATE;VALUE=PERIOD:20261128T090000Z/PT3H
EXDATE:20261124T090000Z
EXDATE;VALUE=DATE:20261125
EXDATE:x
RECURRENCE-ID:20261124T090000Z
RECURRENCE-ID;RANGE=THISANDFUTURE:20261124T090000Z
TZOFFSETFROM:+0200
RECURRENCE-ID;VALUE=DATE:20261124
no colon
ATTENDEE;CN=";:":mailto:x
LAST-MODIFIED:20261101T000000Z
STATUS:CANCELLED
BEGIN:vevent
RRULE:FREQ=HOURLY
"""
PIECES = (*PLAIN.split("\n"), " folded", "\t:20261124", "\x00", "\ufeff", "END:VALARM ")
ENDS = st.sampled_from(("\r\n", "\n", "\r", "\r\r\n", "\r\n\r\n"))
events = st.lists(st.sampled_from(PIECES), max_size=12).map(lambda lines: ["BEGIN:VEVENT", *lines, "END:VEVENT"])
loose = st.lists(st.sampled_from(PIECES), max_size=6)


@st.composite
def calendars(draw: st.DrawFn) -> bytes:
    parts = draw(st.lists(st.one_of(events, events, loose), min_size=1, max_size=8))
    end = draw(ENDS)
    text = end.join([*HEAD.splitlines(), *(line for part in parts for line in part), "END:VCALENDAR", ""])
    data = text.encode()
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=3)) + data[at + draw(st.integers(0, 5)) :]
    return data


def read(data: bytes) -> Parsed | Problem:
    try:
        return occurrences(data, START, END, frozenset({"a@x"}), "Europe/Berlin")
    except Problem as problem:
        return problem


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calendars())
def test_whatever_it_holds(data: bytes) -> None:
    begun = time.process_time()
    found = read(data)
    swallowed(data)
    assert time.process_time() - begun < 2
    with pytest.MonkeyPatch.context() as patch:  # what the quick look leaves out would not be shown anyway
        patch.setattr(Days, "may_meet", lambda *_: True)
        all_read = read(data)
    if isinstance(found, Problem) or isinstance(all_read, Problem):
        assert str(found) == str(all_read)
        return
    assert set(found.events) == set(all_read.events)
    assert len({event.key for event in found.events}) == len(found.events)
    assert all(event.start is None or event.start.tzinfo is UTC for event in found.events)
    assert all(warning.endswith(".") for warning in found.warnings)


def swallowed(data: bytes) -> list[object]:
    try:
        return list(vevents(data, None))
    except Problem as problem:
        return [problem]
