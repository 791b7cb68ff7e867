"""What a daemon says of its work: each line reads well by itself, and nothing is said twice."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from showup.core.event import Event, Status
from showup.core.policy import Policy
from showup.core.recognition.result import Medium, Memory, Recognition
from showup.daemon.narration import Narrator
from showup.flow.judge import Judge
from showup.store.database import Database, temporary
from tests.flow import test_watch
from tests.support.fakes import at, event, recognise

LONDON = ZoneInfo("Europe/London")


def on_site(found: Event, memory: Memory) -> Recognition:
    return replace(recognise(found, memory), medium=Medium.ONSITE, reasons=("the title says so", "x"))


class Desk(test_watch.Desk):
    """The daemon's work, and its own tale of it."""

    def __init__(self, store: Database, judge: Judge) -> None:
        super().__init__(store, judge)
        self.said: list[str] = []
        self.narrator = Narrator(self.said.append, self.said.append, LONDON, notices=True, others=False)

    def beat(self) -> list[str]:
        self.said.clear()
        self.watch.beat()
        self.narrator.tell(self.store, self.watch, self.clock.now())
        return list(self.said)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(test_watch, "recognise", on_site)
    with closing(temporary(tmp_path)) as store:
        yield Desk(store, Judge(Policy(), LONDON))


def test_the_tale_of_an_interview(desk: Desk) -> None:
    desk.calendar.events = [event(location="4 Old Street")]
    assert desk.beat() == [
        "watching: interview with Acme, Thu 02 Jul 15:00 BST, on site (id 1) – the title says so",
        "said: Interview with Acme in 10 minutes – On site, at 15:00. No history with them yet.",
        "next look at 15:05, for the interview with Acme (id 1)",
    ]
    assert desk.beat() == []
    desk.clock.go(16)
    assert desk.beat()[0] == "said: Has Acme joined? – Planned for 15:00."
    desk.clock.go(30)
    tale = desk.beat()
    assert tale[0].startswith("interview with Acme, Thu 02 Jul 15:00 BST, on site (id 1): unknown. ")


def test_another_day_is_named_and_a_midnight_is_no_news(desk: Desk) -> None:
    desk.calendar.events = [event(start=1440)]
    desk.clock.wall = at(-60)
    assert desk.beat()[-1] == "next look on Fri 03 Jul 14:50 BST, for the interview with Acme (id 1)"
    desk.clock.go(11 * 60)
    assert desk.beat() == []
    assert desk.narrator.status == "next look at 14:50, for the interview with Acme (id 1)"


def test_one_without_a_company(desk: Desk) -> None:
    desk.calendar.events = [event(summary="Interview")]
    assert desk.beat()[0] == "watching: interview, Thu 02 Jul 15:00 BST, on site (id 1) – the title says so"
    assert desk.narrator.status == "next look at 15:05, for the interview (id 1)"


def test_what_is_far_is_named_and_nothing_at_all_is_said_too(desk: Desk) -> None:
    desk.calendar.events = [event(start=9000)]
    assert desk.beat() == ["next comes the interview with Acme, Wed 08 Jul 21:00 BST, on site (id 1)"]
    desk.calendar.events = [event(start=9000, status=Status.CANCELLED), event("b", 9000)]
    desk.beat()
    desk.clock.go(6)
    desk.watch.beat(frozenset({"work"}))
    assert desk.beat()[-1] == "next comes the interview with Acme, Wed 08 Jul 21:00 BST, on site (id 2)"
    desk.clock.go(30 * 24 * 60)
    assert desk.beat()[-1] == "no interview is planned"
