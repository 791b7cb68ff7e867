"""A CalDAV server made up for tests: one event, and every answer can be another."""

import pytest

from showup.calendars.caldav import CaldavCalendar
from showup.ports import Reading, SourceProblem
from tests.calendars.contract import WINDOW
from tests.support.front import Asked, Front, Told, multistatus
from tests.support.ics import GOOD
from tests.support.ics import calendar as ics
from tests.support.radicale import USER, Password
from tests.support.steps import read_whole

PATH = "/dav/work/"
OK = "<d:status>HTTP/1.1 200 OK</d:status>"


def prop(href: str, inner: str) -> str:
    return f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{inner}</d:prop>{OK}</d:propstat></d:response>"


MARK = prop(PATH, "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><s:getctag>1</s:getctag>")
LISTED = prop(f"{PATH}a.ics", "<d:getetag>1</d:getetag>")


def data(href: str, content: bytes) -> str:
    return prop(href, f"<d:getetag>1</d:getetag><c:calendar-data>{content.decode()}</c:calendar-data>")


class Server:
    """A made-up server: `told` holds its answers by the name of the question."""

    def __init__(self, before: Front) -> None:
        self.front = before
        self.password = Password()
        self.source = CaldavCalendar("work", f"{before.address}{PATH}", USER, self.password, zone="Europe/Berlin")
        self.told = {
            "PROPFIND": multistatus(MARK),
            "calendar-query": multistatus(LISTED),
            "calendar-multiget": multistatus(data(f"{PATH}a.ics", ics(GOOD))),
        }
        before.answers = self.answer

    def answer(self, asked: Asked) -> Told:
        return self.told.get(asked.what, Told(405))

    def read(self, *known: str) -> Reading:
        return read_whole(self.source, WINDOW, frozenset(known))

    def problem(self) -> SourceProblem:
        with pytest.raises(SourceProblem) as raised:
            self.read()
        told = str(raised.value)
        assert "5ecre7" not in told
        assert "dav/work" not in told
        assert "\n" not in told
        assert raised.value.remedy
        return raised.value
