"""The contract of calendar sources, for a calendar on a real Radicale, with and without sync tokens."""

from collections.abc import Iterator

import pytest

from showup.calendars.caldav import CaldavCalendar
from tests.calendars.contract import Calendar, CalendarSourceContract
from tests.support.front import Asked, Front, Told, front
from tests.support.radicale import USER, OnServer, Password


class OnCaldav(OnServer):
    def __init__(self, before: Front) -> None:
        super().__init__(before)
        self.source = CaldavCalendar("work", f"{before.address}{self.path}", USER, Password(), zone="Europe/Berlin")


class Plain(OnCaldav):
    """A server that knows no sync tokens."""

    def up(self) -> None:
        super().up()
        self.front.spoil = self._without

    def __init__(self, before: Front) -> None:
        super().__init__(before)
        self.up()

    @staticmethod
    def _without(asked: Asked, told: Told) -> Told:
        assert asked.what != "sync-collection"
        return Told(told.status, told.body.replace(b"sync-token", b"other-token"), told.headers)


@pytest.mark.usefixtures("certificates")
class TestCaldav(CalendarSourceContract):
    @pytest.fixture(params=[OnCaldav, Plain])
    def calendar(self, request: pytest.FixtureRequest, port: int) -> Iterator[Calendar]:
        with front(port) as before:
            yield request.param(before)
