"""The contract of calendar sources, for Google's."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.calendars.contract import Calendar, CalendarSourceContract
from tests.support.google_parts import Clock, source
from tests.support.google_server import Google, serving


class Owner:
    """The account's owner, by whom the contract works the calendar."""

    def __init__(self, google: Google) -> None:
        self.google, self.clock = google, Clock()
        self.calendar = google.world.primary
        self.source = source(google, clock=self.clock)
        self.expiring = False

    def put(self, uid: str, start: datetime, *, title: str = "Interview", cancelled: bool = False) -> None:
        self.calendar.put(uid, start, summary=title, status="cancelled" if cancelled else "confirmed")
        if self.expiring:
            self.calendar.expire()

    def vanish(self, uid: str) -> None:
        self.calendar.delete(uid)

    def weekly(self, uid: str, start: datetime) -> None:
        self.calendar.zone = "UTC"
        self.calendar.put(uid, start, recurrence=["RRULE:FREQ=WEEKLY"])

    def move_one(self, uid: str, slot: datetime, start: datetime) -> None:
        self.calendar.move_one(uid, slot, start)

    def empty(self) -> None:
        for name in list(self.calendar.events):
            self.calendar.delete(name)

    def down(self) -> None:
        self.google.fail("status", code=503)

    def up(self) -> None:
        self.google.well()
        self.clock.passed += 600

    def truncate(self) -> None:
        self.google.fail("half")


class TestGoogle(CalendarSourceContract):
    @pytest.fixture(params=["plain", "short pages", "deleted events tell nothing", "tokens expire"])
    def calendar(self, request: pytest.FixtureRequest) -> Iterator[Calendar]:
        with serving() as google:
            owner = Owner(google)
            if request.param == "short pages":
                sizes = iter([0, 1, 3, 0, 2] * 1_000)
                google.world.page_size = lambda _: next(sizes)
            if request.param == "deleted events tell nothing":
                google.world.primary.reveals = False
            owner.expiring = request.param == "tokens expire"
            yield owner
