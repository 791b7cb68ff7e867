from datetime import UTC, datetime, timedelta

import pytest

from showup.core.event import Event, EventKey, Partstat, Person, Status
from showup.core.problem import Problem
from showup.formats.ics import Parsed, occurrences, vevents

START = datetime(2026, 11, 20, tzinfo=UTC)
END = START + timedelta(days=20)


def calendar(*events: str, head: str = "", zones: str = "") -> bytes:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\n{head}{zones}{''.join(events)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def vevent(body: str, uid: str = "a@x", title: str = "Interview") -> str:
    return f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20261101T000000Z\nSUMMARY:{title}\n{body}\nEND:VEVENT\n"


def parsed(data: bytes, *known: str, zone: str | None = "Europe/Berlin") -> Parsed:
    return occurrences(data, START, END, frozenset(known), zone)


def only(data: bytes, *known: str, zone: str | None = "Europe/Berlin") -> Event:
    (event,) = parsed(data, *known, zone=zone).events
    return event


def test_a_plain_event() -> None:
    event = only(calendar(vevent("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z"), head="X-WR-CALNAME:Mine\n"))
    assert event == Event(
        key=EventKey("a@x"),
        start=datetime(2026, 11, 24, 9, tzinfo=UTC),
        end=datetime(2026, 11, 24, 10, tzinfo=UTC),
        summary="Interview",
        ical_uid="a@x",
        calendar_name="Mine",
    )


def test_every_property_arrives() -> None:
    event = only(
        calendar(
            vevent(
                "DTSTART:20261124T090000Z\nDURATION:PT45M\nSTATUS:TENTATIVE\nDESCRIPTION:One\\nTwo\\, three\n"
                "LOCATION:Room 1\\; upstairs\nURL:https://example.com/a\nCREATED:20261101T080000Z\n"
                "LAST-MODIFIED:20261102T080000Z\nSEQUENCE:3\nCLASS:PRIVATE\nTRANSP:TRANSPARENT\n"
                'ORGANIZER;CN="Doe, Jane: HR":MAILTO:Jane@Example.com\n'
                "ATTENDEE;CN=Sam;PARTSTAT=ACCEPTED:mailto:sam@example.org\n"
                "ATTENDEE;CUTYPE=ROOM;ROLE=OPT-PARTICIPANT;PARTSTAT=X-ODD:mailto:room@example.com\n"
                "ATTENDEE;EMAIL=boss@example.com:invalid:nomail\n"
                "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://zoom.example/j/1\n"
                "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij"
            )
        )
    )
    assert event == Event(
        key=EventKey("a@x"),
        start=datetime(2026, 11, 24, 9, tzinfo=UTC),
        end=datetime(2026, 11, 24, 9, 45, tzinfo=UTC),
        status=Status.TENTATIVE,
        summary="Interview",
        description="One\nTwo, three",
        location="Room 1; upstairs",
        url="https://example.com/a",
        created=datetime(2026, 11, 1, 8, tzinfo=UTC),
        updated=datetime(2026, 11, 2, 8, tzinfo=UTC),
        sequence=3,
        private=True,
        transparent=True,
        organizer=Person("jane@example.com", "Doe, Jane: HR"),
        attendees=(
            Person("sam@example.org", "Sam", Partstat.ACCEPTED),
            Person("room@example.com", resource=True, optional=True),
            Person("boss@example.com"),
        ),
        conference=("https://zoom.example/j/1", "https://meet.google.com/abc-defg-hij"),
        ical_uid="a@x",
    )


def test_a_series_with_a_gap_and_a_changed_occurrence() -> None:
    master = vevent(
        "DTSTART;TZID=Europe/Berlin:20261102T100000\nDTEND;TZID=Europe/Berlin:20261102T110000\n"
        "RRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Berlin:20261130T100000"
    )
    moved = vevent(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261207T100000\nDTSTART;TZID=Europe/Berlin:20261208T150000\n"
        "DTEND;TZID=Europe/Berlin:20261208T160000"
    )
    events = parsed(calendar(master, moved)).events
    assert [(event.key.recurrence_id, event.start, event.series) for event in events] == [
        ("20261123T090000Z", datetime(2026, 11, 23, 9, tzinfo=UTC), "a@x"),
        ("20261207T090000Z", datetime(2026, 12, 8, 14, tzinfo=UTC), "a@x"),
    ]


@pytest.mark.parametrize("data", [b"", b"\r\n", b"<!DOCTYPE html><html>", b"BEGIN:VCALENDAR\nVERSION:2.0\n"])
def test_what_is_no_calendar_is_a_problem(data: bytes) -> None:
    with pytest.raises(Problem) as raised:
        parsed(data)
    assert raised.value.remedy
    with pytest.raises(Problem):
        next(vevents(data, None))
