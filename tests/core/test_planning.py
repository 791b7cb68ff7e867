"""What is kept of an event: whose it is, its link, whom to write to."""

import time
from datetime import UTC, datetime

import pytest

from showup.core.appointment import Side
from showup.core.event import Event, EventKey, Partstat, Person
from showup.core.planning import contact, declined, details, join_link, organiser, reachable
from showup.core.recognition.result import Decision, Employer, Medium, Recognition

NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)
OWNER = frozenset({"sam@example.org"})
YOU, HR = Person("sam@example.org"), Person("hr@acme.example")
SERVICE, ROOM = Person("no-reply@calendly.example"), Person("room@acme.example", resource=True)


def event(**fields: object) -> Event:
    return Event(EventKey("a"), NOON, None, **fields)  # type: ignore[arg-type]  # as each test says


def between(address: str) -> bool:
    return address.endswith("@calendly.example")


@pytest.mark.parametrize(
    ("person", "side"),
    [
        (None, Side.UNKNOWN),
        (Person("", "Acme"), Side.UNKNOWN),
        (HR, Side.THEIRS),
        (SERVICE, Side.UNKNOWN),
        (YOU, Side.YOURS),
        (Person("me@elsewhere.example", you=True), Side.YOURS),
    ],
)
def test_whose_a_change_is(person: Person | None, side: Side) -> None:
    assert organiser(event(organizer=person), OWNER, between) is side


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({}, ""),
        ({"conference": ("https://meet.google.com/abc",)}, "https://meet.google.com/abc"),
        ({"conference": ("tel:+1", "https://zoom.us/j/1"), "location": "https://a.example"}, "https://zoom.us/j/1"),
        ({"location": "Room 5, https://acme.example/call or by phone"}, "https://acme.example/call"),
        ({"url": "http://acme.example/call"}, "http://acme.example/call"),
        ({"conference": ("javascript:alert(1)",)}, ""),
        ({"location": "file:///etc/passwd"}, ""),
        ({"url": "data:text/html,https://acme.example"}, ""),
        ({"url": "ssh://acme.example"}, ""),
        ({"url": " https://acme.example"}, ""),
        ({"url": "https://" + "a" * 3000}, ""),
        # A look-alike is opened in the browser like any address; that it is no Meet is for recognition to say.
        ({"url": "https://meet.google.com.evil.example/a"}, "https://meet.google.com.evil.example/a"),
        ({"url": "https://acme.example/\x1b]0;x\x07call"}, ""),
    ],
)
def test_its_link_is_http_or_none(fields: dict[str, object], link: str) -> None:
    assert join_link(event(**fields)) == link


@pytest.mark.parametrize(
    ("host", "attendees", "address"),
    [
        (None, (), ""),
        (HR, (YOU,), "hr@acme.example"),
        (YOU, (YOU, ROOM, HR), "hr@acme.example"),
        (SERVICE, (YOU, HR), "hr@acme.example"),
        (SERVICE, (YOU,), ""),
        (Person("", "Acme"), (YOU,), ""),
    ],
)
def test_whom_to_write_to(host: Person | None, attendees: tuple[Person, ...], address: str) -> None:
    assert contact(event(organizer=host, attendees=attendees), OWNER, between) == address


def test_what_is_kept_is_bounded_and_clean() -> None:
    found = Recognition(Decision.INTERVIEW, Employer("Acme"), reasons=("It says so.",))
    kept = details(event(summary="\x1b[31mInterview\u202e" + "x" * 100_000, organizer=HR), found, OWNER, between)
    assert kept.title.startswith("Interviewxxx")
    assert len(kept.title) == 300
    assert (kept.employer, kept.decision, kept.reasons) == (found.employer, found.decision, found.reasons)


def test_a_room_in_the_text_comes_after_the_calendar_s_own_and_before_any_other_link() -> None:
    room = "https://zoom.us/j/1"
    assert join_link(event(conference=("https://meet.google.com/abc",)), room) == "https://meet.google.com/abc"
    assert join_link(event(location="See https://acme.example/way", url="https://calendly.example/x"), room) == room
    assert join_link(event(), "javascript:alert(1)") == ""


def said(email: str, partstat: Partstat, *, optional: bool = False) -> Person:
    return Person(email, partstat=partstat, optional=optional)


NO, YES, OPEN = Partstat.DECLINED, Partstat.ACCEPTED, Partstat.NEEDS_ACTION
BOB, EVE = "bob@acme.example", "eve@acme.example"


@pytest.mark.parametrize(
    ("attendees", "off"),
    [
        ((), False),
        ((YOU, ROOM), False),
        ((YOU, said(BOB, OPEN)), False),
        ((YOU, said(BOB, NO)), True),
        ((said("sam@example.org", NO), said(BOB, YES)), False),  # your own answer is another thing
        ((YOU, said(BOB, NO), said(EVE, OPEN)), False),
        ((YOU, said(BOB, NO), said(EVE, NO)), True),
        ((YOU, said(BOB, NO), said(EVE, OPEN, optional=True)), True),
        ((YOU, said("hr@acme.example", NO), said(BOB, YES)), False),  # who only arranges it need not come
        ((YOU, said("hr@acme.example", NO), said(BOB, OPEN)), True),
        ((YOU, said(BOB, NO), Person("room@acme.example", partstat=YES, resource=True)), True),
    ],
)
def test_whether_they_declined(attendees: tuple[Person, ...], off: bool) -> None:
    assert declined(event(organizer=HR, attendees=attendees), OWNER) is off


def test_one_who_declined_without_an_address_is_no_organiser() -> None:
    attendees = (said("", NO), said(BOB, OPEN))
    assert not declined(event(organizer=Person("", "Acme"), attendees=attendees), OWNER)


@pytest.mark.parametrize(
    ("fields", "medium", "way"),
    [
        ({}, None, False),
        ({}, Medium.ZOOM, False),
        ({"description": "We look forward to it. Prepare 30 minutes."}, Medium.MEET, False),
        ({"location": "Main Street 5"}, None, True),
        ({"conference": ("tel:+49301234567",)}, None, True),
        ({"url": "https://acme.example/call"}, None, True),
        ({"description": "Join: https://acme.example/x"}, None, True),
        ({"description": "Dial +49 (30) 123-45 67."}, None, True),
        ({}, Medium.PHONE, True),
        ({}, Medium.ONSITE, False),
        ({"description": "Ring at the blue door."}, Medium.ONSITE, True),
        ({"private": True}, None, True),
    ],
)
def test_whether_it_says_how_to_meet(fields: dict[str, object], medium: Medium | None, way: bool) -> None:
    assert reachable(event(**fields), Recognition(Decision.INTERVIEW, medium=medium)) is way


def test_a_long_row_of_digits_and_spaces_takes_no_time() -> None:
    before = time.process_time()
    reachable(event(description="1  - " * 200_000), Recognition(Decision.INTERVIEW))
    assert time.process_time() - before < 2
