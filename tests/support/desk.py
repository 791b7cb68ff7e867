"""A calendar on a real Radicale, with the source that reads it and a front that can fail."""

from showup.calendars.caldav import CaldavCalendar
from showup.ports import Reading, Window
from tests.calendars.contract import WINDOW
from tests.support.front import Answers, Front, Told
from tests.support.radicale import USER, OnServer, Password
from tests.support.steps import read_whole


class Desk(OnServer):
    """A calendar, and the source that reads it."""

    def __init__(self, before: Front) -> None:
        super().__init__(before)
        self.source = CaldavCalendar("work", f"{before.address}{self.path}", USER, Password(), zone="Europe/Berlin")

    def read(self, *known: str, window: Window = WINDOW, due: str = "") -> Reading:
        return read_whole(self.source, window, frozenset(known), frozenset({due} if due else ()))

    @property
    def questions(self) -> list[str]:
        return self.front.questions


def refuse(what: str, told: Told) -> Answers:
    return lambda asked: told if asked.what == what else None
