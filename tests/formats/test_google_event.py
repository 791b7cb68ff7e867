from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showup.core.event import EventKey, Partstat, Status
from showup.core.problem import Problem
from showup.formats import google

RESOURCE: dict[str, Any] = {
    "kind": "calendar#event",
    "id": "acme-1",
    "status": "tentative",
    "summary": "Interview with Acme – Account Executive",
    "description": "We look forward to it.",
    "location": "https://zoom.us/j/1",
    "start": {"dateTime": "2026-03-03T10:00:00-05:00", "timeZone": "America/New_York"},
    "end": {"dateTime": "2026-03-03T10:30:00-05:00"},
    "organizer": {"email": "HR@acme.example", "displayName": "Acme HR"},
    "creator": {"email": "hr@acme.example"},
    "attendees": [
        {"email": "sam@example.org", "self": True, "responseStatus": "accepted"},
        {"email": "hr@acme.example", "responseStatus": "declined", "optional": True},
        {"email": "room@resource.calendar.google.com", "resource": True},
    ],
    "hangoutLink": "https://meet.google.com/rmb-ownp-car",
    "conferenceData": {
        "entryPoints": [
            {"entryPointType": "phone", "uri": "tel:+1-555-0100"},
            {"entryPointType": "video", "uri": "https://meet.google.com/rmb-ownp-car"},
            {"entryPointType": "more", "uri": "https://tel.meet/x"},
        ]
    },
    "created": "2026-03-01T10:00:00.000Z",
    "updated": "2026-03-02T10:00:00.768Z",
    "iCalUID": "acme-1@google.com",
    "sequence": 3,
    "transparency": "transparent",
    "visibility": "private",
    "eventType": "fromGmail",
    "source": {"url": "https://mail.google.com/mail", "title": ""},
}


def resource(**changes: object) -> dict[str, Any]:
    return {key: value for key, value in {**RESOURCE, **changes}.items() if value is not ...}


def test_reads_the_whole_resource() -> None:
    event = google.event(RESOURCE)

    assert event.key == EventKey("acme-1")
    assert (event.start, event.end) == (
        datetime(2026, 3, 3, 15, 0, tzinfo=UTC),
        datetime(2026, 3, 3, 15, 30, tzinfo=UTC),
    )
    assert not event.all_day
    assert event.status is Status.TENTATIVE
    assert event.organizer
    assert (event.organizer.email, event.organizer.name) == ("hr@acme.example", "Acme HR")
    assert [one.partstat for one in event.attendees] == [
        Partstat.ACCEPTED,
        Partstat.DECLINED,
        Partstat.NEEDS_ACTION,
    ]
    assert [one.you for one in event.attendees] == [True, False, False]
    assert [one.resource for one in event.attendees] == [False, False, True]
    assert event.attendees[1].optional
    assert event.conference == ("https://meet.google.com/rmb-ownp-car", "tel:+1-555-0100")
    assert event.created == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert event.updated == datetime(2026, 3, 2, 10, 0, 0, 768000, tzinfo=UTC)
    assert (event.ical_uid, event.sequence, event.kind) == ("acme-1@google.com", 3, "fromGmail")
    assert event.transparent
    assert event.private
    assert event.url == "https://mail.google.com/mail"
    assert event.warnings == ()


def test_an_owner_address_is_you_without_googles_word() -> None:
    event = google.event(resource(attendees=[{"email": "Sam@Example.org"}]), owner=frozenset({"sam@example.org"}))
    assert event.attendees[0].you


def test_a_hangout_link_alone_is_the_conference() -> None:
    event = google.event(resource(conferenceData=...))
    assert event.conference == ("https://meet.google.com/rmb-ownp-car",)


def test_an_all_day_event_has_no_start() -> None:
    event = google.event(resource(start={"date": "2026-03-03"}, end={"date": "2026-03-04"}))
    assert (event.all_day, event.start, event.end) == (True, None, None)


@pytest.mark.parametrize(
    ("original", "recurrence_id"),
    [
        ({"dateTime": "2026-03-03T10:00:00-05:00"}, "20260303T150000Z"),
        ({"dateTime": "2026-03-03T10:00:00", "timeZone": "America/New_York"}, "20260303T150000Z"),
        ({"date": "2026-03-03"}, "20260303"),
    ],
)
def test_an_occurrence_is_known_by_its_original_start(original: dict[str, str], recurrence_id: str) -> None:
    event = google.event(resource(recurringEventId="series-1", originalStartTime=original))
    assert event.key == EventKey("acme-1", recurrence_id)
    assert event.series == "series-1"


def test_a_recurring_master_is_its_own_series() -> None:
    assert google.event(resource(recurrence=["RRULE:FREQ=WEEKLY"])).series == "acme-1"


def test_a_cancelled_occurrence_needs_no_start() -> None:
    event = google.event({"id": "x_20260303T150000Z", "status": "cancelled"})
    assert (event.status, event.start) == (Status.CANCELLED, None)


def test_a_zone_is_used_where_the_time_has_no_offset() -> None:
    event = google.event(resource(start={"dateTime": "2026-07-03T10:00:00", "timeZone": "Europe/Berlin"}))
    assert event.start == datetime(2026, 7, 3, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe", 7, None])
def test_an_unknown_zone_is_never_guessed(zone: object) -> None:
    event = google.event(resource(start={"dateTime": "2026-07-03T10:00:00", "timeZone": zone}))
    assert event.start is None
    assert event.end is None
    assert not event.all_day
    assert "time zone" in event.warnings[0]


@pytest.mark.parametrize("end", [{"dateTime": "2026-03-03T09:00:00-05:00"}, None, {}])
def test_an_end_before_the_start_or_none_leaves_the_length_unknown(end: object) -> None:
    event = google.event(resource(end=end))
    assert event.start is not None
    assert event.end is None


def test_an_unspecified_end_is_unknown() -> None:
    assert google.event(resource(endTimeUnspecified=True)).end is None


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": ...}, "no id"),
        ({"id": 5}, "no id"),
        ({"id": " "}, "no id"),
        ({"start": ...}, "no start"),
        ({"start": {}}, "no start"),
        ({"start": "tomorrow"}, "`start`"),
        ({"start": {"dateTime": "tomorrow"}}, "`start`"),
        ({"start": {"dateTime": 5}}, "`start`"),
        ({"start": {"dateTime": "0001-01-01T00:00:00+14:00"}}, "`start`"),
        ({"start": {"date": "2026-13-01"}}, "`start`"),
        ({"end": {"dateTime": "later"}}, "`end`"),
        ({"summary": ["x"]}, "`summary`"),
        ({"status": "odd"}, "`status`"),
        ({"organizer": "hr@acme.example"}, "`organizer`"),
        ({"attendees": {"email": "x"}}, "`attendees`"),
        ({"attendees": ["x"]}, "`attendees`"),
        ({"recurringEventId": "s", "originalStartTime": {"date": "x"}}, "`originalStartTime`"),
    ],
)
def test_a_malformed_resource_is_named(changes: dict[str, object], named: str) -> None:
    with pytest.raises(Problem, match=named):
        google.event(resource(**changes))


def test_a_list_is_no_event() -> None:
    with pytest.raises(Problem, match="not a JSON object"):
        google.event([])  # type: ignore[arg-type]  # what a broken file can hold


def test_stamps_that_cannot_be_read_are_left_out() -> None:
    event = google.event(resource(created="yesterday", updated=7))
    assert (event.created, event.updated) == (None, None)
    assert len(event.warnings) == 2


def test_texts_are_bounded_and_can_be_stored() -> None:
    event = google.event(
        resource(
            summary="a" * 5000,
            description="\ud800" + "b" * 100_000,
            attendees=[{"email": f"{n}@x"} for n in range(999)],
        )
    )
    assert len(event.summary) == google.TITLE
    assert len(event.description) == google.TEXT
    assert len(event.attendees) == google.GUESTS
    assert "200 of its 999" in event.warnings[0]
    event.description.encode("utf-8")


TEXT = st.text(alphabet="ab7-:T/\ud800é", max_size=12)
JSON = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    TEXT,
    st.lists(st.one_of(TEXT, st.dictionaries(st.sampled_from(["email", "self", "uri"]), TEXT, max_size=2)), max_size=2),
    st.dictionaries(st.sampled_from(["dateTime", "date", "timeZone", "email", "entryPoints"]), TEXT, max_size=3),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # the first draw fills a table
@given(changes=st.dictionaries(st.sampled_from([*RESOURCE, "recurringEventId", "originalStartTime"]), JSON, max_size=4))
def test_no_resource_ends_in_anything_but_an_event_or_a_problem(changes: dict[str, object]) -> None:
    with suppress(Problem):
        google.event({**RESOURCE, **changes})
