"""What is kept of an event: whose it is, its link, whom to write to."""

from datetime import UTC, datetime

import pytest

from showup.core.appointment import Side
from showup.core.event import Event, EventKey, Person
from showup.core.planning import contact, details, join_link, organiser
from showup.core.recognition.result import Decision, Employer, Recognition

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
        ({"url": "https://acme.example/\x1b]0;x\x07call"}, "https://acme.example/call"),
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
