"""Whatever happens to a calendar, in whatever order: increments show what a listing of all of it shows."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showup.core.event import EventKey, Status
from showup.ports import Reading
from tests.calendars.contract import HOUR, NOBODY, NOON, WINDOW, shown
from tests.support.google_instances import moment, slot_of
from tests.support.google_parts import source
from tests.support.google_server import serving
from tests.support.google_world import Calendar

DAY = timedelta(days=1)
NAMES = ("a", "b", "s", "t")
KNOWN = frozenset(NAMES)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["put", "put", "repeat", "move", "delete", "restore", "move one", "delete one", "expire", "purge", "read"]
        ),
        st.sampled_from(NAMES),
        st.integers(-3, 20),
    ),
    min_size=3,
    max_size=25,
)


def step(calendar: Calendar, what: str, name: str, n: int) -> None:
    """One thing that an owner does, if it can be done now."""
    one = calendar.events.get(name)
    stands = one is not None and one["status"] == "confirmed"
    repeats = bool(stands and one and one.get("recurrence"))
    start = NOON + n * DAY
    if what == "put" and not repeats and name in "ab":
        calendar.put(name, start)
    elif what == "repeat" and name in "st" and one is None:
        calendar.put(name, NOON + (n % 3) * HOUR, recurrence=[f"RRULE:FREQ=DAILY;COUNT={max(n, 1)}"])
    elif what == "move" and stands and name in "ab":
        calendar.change(name, start=calendar.at(start), end=calendar.at(start + HOUR))
    elif what == "delete" and stands:
        calendar.delete(name)
    elif what == "restore" and one and not stands:
        calendar.change(name, status="confirmed")
    elif what in ("move one", "delete one") and repeats and one:
        slots = [each for each in expanded(calendar) if each.get("recurringEventId") == name]
        if slots:
            slot = moment(slots[n % len(slots)]["originalStartTime"])
            if what == "move one":
                calendar.move_one(name, slot, slot + n * HOUR)
            else:
                calendar.delete_one(name, slot)
    elif what == "expire":
        calendar.expire()
    elif what == "purge":
        calendar.expire()
        calendar.forget_deleted()


def expanded(calendar: Calendar) -> list[dict[str, Any]]:
    """What stands, as the server works it out."""
    found: list[dict[str, Any]] = calendar.list({"singleEvents": True, "maxResults": 2_500})["items"]
    return found


def expected(calendar: Calendar) -> dict[EventKey, object]:
    found: dict[EventKey, object] = {}
    for one in expanded(calendar):
        if moment(one["end"]) > WINDOW.start and moment(one["start"]) < WINDOW.end:
            series = one.get("recurringEventId")
            found[EventKey(series, slot_of(one)) if series else EventKey(one["id"])] = moment(one["start"])
    return found


def standing(reading: Reading) -> dict[EventKey, object]:
    """What a reading shows in the window."""
    return {
        key: event.start
        for key, event in shown(reading).items()
        if event.status is not Status.CANCELLED and event.start and event.end
        if event.end > WINDOW.start and event.start < WINDOW.end
    }


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, reveals=st.booleans(), pages=st.lists(st.integers(0, 5), max_size=8))
def test_increments_show_what_a_full_listing_shows(
    steps: list[tuple[str, str, int]], reveals: bool, pages: list[int]
) -> None:
    with serving() as google:
        calendar = google.world.primary
        calendar.reveals = reveals
        sizes = iter(pages)
        reader = source(google)
        last: dict[EventKey, object] = {}
        for what, name, n in [*steps, ("read", "a", 0)]:
            if what != "read":
                step(calendar, what, name, n)
                continue
            google.world.page_size = lambda most: next(sizes, most)
            reading = reader.read(WINDOW, KNOWN)
            google.world.page_size = lambda most: most
            last = last if reading.events is None else standing(reading)
            assert last == standing(source(google).read(WINDOW, NOBODY)) == expected(calendar)
