"""A year with showup: the real daemon, its timers and its record, on a virtual clock, with everything going wrong.

What lies outside is made up: calendars are real files that are written and spoilt, the screen and the detector stand at
their ports. Nights are slept through. Where nothing is planned a beat comes with the next timer, else each tick.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from showup import clock, wiring
from showup.config import Settings
from showup.config.options import settings_from
from showup.config.paths import paths_in
from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source, Word
from showup.core.notice import Message
from showup.core.problem import Problem
from showup.core.spans import Span
from showup.daemon import loop
from showup.daemon.orders import Order
from showup.flow.answer import Said, answer
from showup.ports import Closed, Findings, Happening, NotifierAway, Pressed, Returned, Sighting, Watched
from showup.store.database import Database
from tests.support.ics import calendar, timed
from tests.support.scheduling import schedule_by

FIRST = datetime(2026, 1, 5, 7, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
WAKES, SLEEPS = 7, 22
"""Hours (UTC) at which the computer is opened and closed."""
EMPLOYERS = ("acme", "birchwood", "calder", "fernwood", "juniper", "larkspur", "maple", "rowan")
FAULTS = ("torn", "gone", "dark", "refused", "nap", "ahead", "back", "crash", "reload", "elsewhere", "quiet", "quiet")
BEHIND = 30
"""Days after which an event is taken out of the calendar, as many people's calendars do."""


class Time:
    """The clocks of the machine. Their three readings drift apart by sleep and by hand."""

    def __init__(self) -> None:
        self.true = FIRST
        self.wrong = timedelta(0)
        self.slept = timedelta(0)

    def now(self) -> datetime:
        return self.true + self.wrong

    def boottime(self) -> float:
        return (self.true - FIRST).total_seconds()

    def monotonic(self) -> float:
        return self.boottime() - self.slept.total_seconds()


@dataclass
class Screen:
    """A notification server that is away at times, and a person who presses something now and then."""

    chance: Random
    away: bool = False
    ids: int = 0
    shown: dict[int, Message] = field(default_factory=dict)
    told: list[tuple[str, str, str]] = field(default_factory=list)
    happened: list[Happening] = field(default_factory=list)

    def show(self, message: Message, replaces: int = 0) -> int:
        if self.away:
            raise NotifierAway
        if not replaces:
            self.ids += 1
        self.shown[replaces or self.ids] = message
        return replaces or self.ids

    @property
    def quiet(self) -> bool:
        return self.chance.random() < 0.05

    def withdraw(self, shown_id: int) -> None:
        self.shown.pop(shown_id, None)

    def drain(self) -> Iterable[Happening]:
        happened, self.happened = tuple(self.happened), []
        return happened

    def close(self) -> None:
        pass

    def press(self) -> None:
        """Something that is shown is answered, closed or left alone."""
        for shown_id, message in list(self.shown.items()):
            luck = self.chance.random()
            if luck < 0.02 and message.choices:
                self.happened.append(Pressed(shown_id, self.chance.randrange(len(message.choices))))
            elif luck < 0.03:
                self.shown.pop(shown_id)
                self.happened.append(Closed(shown_id, dismissed=True))

    def restart(self) -> None:
        """The server comes back with nothing on it."""
        self.away, self.shown = False, {}
        self.happened.append(Returned())


class Ear:
    """A detector that hears you in every call, and mostly them, too."""

    def __init__(self, machine: Time, chance: Random) -> None:
        self._time, self._chance = machine, chance
        self._since: datetime | None = None
        self._sightings: list[Sighting] = []

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        self._since = self._time.now() if appointments else None
        for appointment in appointments:
            for sign, likely in ((Sign.YOU_IN, 0.9), (Sign.THEY_IN, 0.7)):
                if self._chance.random() < likely:
                    at = appointment.start + self._chance.randint(-3, 20) * MINUTE
                    if at <= self._time.now():
                        self._see(sign, at)
        if appointments:
            self._see(Sign.YOU_IN, self._time.now())

    def restart(self) -> None:
        self._since = self._since and self._time.now()

    def drain(self) -> Findings:
        now, since = self._time.now(), self._since
        self._since = since and now
        watched = (Watched(Covered(Span(since, now), Source.SOUND)),) if since and since < now else ()
        sightings, self._sightings = tuple(self._sightings), []
        return Findings(sightings, watched)

    def close(self) -> None:
        self._since = None

    def _see(self, sign: Sign, at: datetime) -> None:
        self._sightings.append(Sighting(Evidence(at, Source.SOUND, sign, self._time.now())))


@dataclass(frozen=True)
class Measure:
    """What there is at one moment. Memory in bytes of the process, and in blocks that Python has given out."""

    at: datetime
    rss: int
    blocks: int
    threads: int
    files: int
    jobs: int
    record: int
    appointments: int
    coverage: int
    beats: int


class Year:
    """One life of it: `live` goes on to a moment and gives a measure for each week."""

    daemon: loop.Daemon

    def __init__(self, folder: Path, seed: int) -> None:
        self.time, self.chance = Time(), Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self.screen = Screen(self.chance)
        self.folder = folder
        self.said = self.beats = 0
        self._planned: dict[str, tuple[datetime, str]] = {}
        self._number = 0
        self._mend: list[tuple[datetime, Callable[[], None]]] = []
        (folder / "work").mkdir()
        self.settings = self._settings(5)
        self._write()

    # ---- the daemon, driven

    def live(self, until: datetime) -> Iterator[Measure]:
        week = self.time.true + 7 * DAY
        while self.time.true < until:
            self._day()
            if self.time.true >= week:
                week += 7 * DAY
                yield self.measured()

    def _day(self) -> None:
        """From opening to closing the computer, with a fault or two in between."""
        self._plan()
        evening = self.time.true.replace(hour=SLEEPS, minute=0)
        faults = sorted(self.time.true + self.chance.random() * (evening - self.time.true) for _ in range(2))
        while self.time.true < evening:
            if faults and faults[0] <= self.time.true:
                faults.pop(0)
                self._fault(self.chance.choice(FAULTS))
            for moment, mend in [one for one in self._mend if one[0] <= self.time.true]:
                self._mend.remove((moment, mend))
                mend()
            self.screen.press()
            self._on(min(self._step(), evening - self.time.true))
        self._sleep(evening.replace(hour=WAKES) + DAY)

    def _step(self) -> timedelta:
        """The daemon ticks each 20 s, or 5; where nothing can happen that is as good as its next timer."""
        if self.daemon._watch.showing or self._mend or any(map(self._near, self._planned)):
            return timedelta(seconds=20)
        return timedelta(seconds=max(1.0, min(self.daemon._timers.pause(), 300)))

    def _near(self, uid: str) -> bool:
        start = self._planned[uid][0]
        return uid.startswith("interview") and start - 12 * MINUTE <= self.time.true <= start + 75 * MINUTE

    def _on(self, step: timedelta) -> None:
        """Time goes on, and then comes a tick."""
        self.time.true += step
        self.daemon._tick(self.daemon._orders.take(0))
        self.beats += 1
        if self.daemon._trouble is not None:
            raise self.daemon._trouble

    def begin(self) -> None:
        """As `daemon.run` does it, but for the signals."""
        record = wiring.store(self.settings)
        self.daemon = loop.Daemon(self.settings, record, self._hear, self._hear, lambda: self.settings)
        self.daemon._beat(frozenset(self.daemon._names()))

    def _hear(self, _line: str) -> None:
        self.said += 1

    def end(self) -> None:
        self.daemon._end()
        self.daemon._orders.ended()
        self.daemon._record.close()
        index = self.daemon._publisher._index._descriptor
        if index is not None:
            os.close(index)  # it is never closed in the life of a daemon; here one process has many in turn

    def _sleep(self, until: datetime) -> None:
        self.daemon._before_sleep()
        self.time.slept += until - self.time.true
        self.time.true = until
        self._on(timedelta(seconds=1))

    # ---- what happens

    def _plan(self) -> None:
        """Two or three interviews a week, other things every day, and now and then one that is moved or cancelled."""
        today = self.time.true.replace(hour=0, minute=0)
        for kind, likely in (("interview", 0.45), ("lunch", 0.9)):
            if self.chance.random() < likely:
                self._number += 1
                start = today + self.chance.randint(1, 9) * DAY + self.chance.randint(9, 19) * HOUR
                self._planned[f"{kind}-{self._number}"] = start, self.chance.choice(EMPLOYERS)
        for uid, (start, whose) in list(self._planned.items()):
            if start < today - BEHIND * DAY or (start > today and self.chance.random() < 0.01):
                del self._planned[uid]
            elif start > today and self.chance.random() < 0.01:
                self._planned[uid] = start + self.chance.choice((1, 24)) * HOUR, whose
        self._write()

    def _write(self) -> None:
        """Even numbers into a file, odd ones into a folder."""
        events = {uid: self._event(uid, start, whose) for uid, (start, whose) in self._planned.items()}
        even = {uid for uid in events if not int(uid.rpartition("-")[2]) % 2}
        self._replace("mine.ics", calendar(*(events[uid] for uid in sorted(even))))
        for name in {path.name for path in (self.folder / "work").iterdir()} - {f"{uid}.ics" for uid in events}:
            (self.folder / "work" / name).unlink()
        for uid in events.keys() - even:
            self._replace(f"work/{uid}.ics", calendar(events[uid]))

    def _event(self, uid: str, start: datetime, whose: str) -> str:
        title = f"Interview with {whose.capitalize()}" if uid.startswith("interview") else f"Lunch with {whose} {uid}"
        people = (
            f"ORGANIZER:mailto:hr@{whose}.example\nATTENDEE:mailto:sam@example.org\nATTENDEE:mailto:hr@{whose}.example"
        )
        text = timed(f":{start:%Y%m%dT%H%M%SZ}", f":{start + HOUR:%Y%m%dT%H%M%SZ}", uid, people)
        return text.replace("SUMMARY:Interview", f"SUMMARY:{title}")

    def _replace(self, name: str, data: bytes) -> None:
        path = self.folder / name
        if not path.exists() or path.read_bytes() != data:
            path.with_suffix(".new").write_bytes(data)
            path.with_suffix(".new").replace(path)

    def _fault(self, what: str) -> None:
        later = self.time.true + self.chance.randint(5, 90) * MINUTE
        match what:
            case "torn" | "gone":
                self._spoil(later, torn=what == "torn")
            case "dark":
                self.screen.away = True
                self._mend.append((later, self.screen.restart))
            case "refused":
                self.daemon._record._driver.execute("PRAGMA query_only=ON")  # type: ignore[attr-defined] # no edge
                self._mend.append((later, self._writable))
            case "nap":
                self._sleep(later)
            case "ahead" | "back":
                by = timedelta(minutes=self.chance.randint(2, 300)) * (1 if what == "ahead" else -1)
                self.time.wrong += by
                self._mend.append((later, lambda: self._set(-by)))
            case "crash":
                self._writable()
                self.end()
                self.begin()
            case "reload":
                self.settings = self._settings(self.chance.choice((1, 5)))
                self.daemon._orders.give(Order.RELOAD)
            case "elsewhere":
                self._answer_elsewhere()
            case _:
                pass

    def _spoil(self, later: datetime, *, torn: bool) -> None:
        file = self.folder / "mine.ics"
        if torn and file.exists():
            file.write_bytes(file.read_bytes()[:-40])
        else:
            file.unlink(missing_ok=True)
        self._mend.append((later, self._write))

    def _writable(self) -> None:
        self.daemon._record._driver.execute("PRAGMA query_only=OFF")  # type: ignore[attr-defined] # no edge

    def _set(self, by: timedelta) -> None:
        self.time.wrong += by

    def _answer_elsewhere(self) -> None:
        """`showup answer`, beside the daemon."""
        judge = wiring.judge(self.settings)
        with closing(Database(self.settings.paths.database)) as store, store.transaction() as record:
            known = record.unfinished(Span(self.time.now() - 14 * DAY, self.time.now()))
            if known:
                word = self.chance.choice((Word.ON_TIME, Word.LATE, Word.NO_SHOW, Word.MINE))
                minutes = 12 if word is Word.LATE else None
                with suppress(Problem):  # too early for such a word
                    answer(record, judge, self.chance.choice(known), Said(word, minutes), self.time.now())

    def _settings(self, minutes: int) -> Settings:
        file, folder = str(self.folder / "mine.ics"), str(self.folder / "work")
        calendars = [
            {"name": "mine", "type": "ics", "path": file, "poll_minutes": minutes},
            {"name": "work", "type": "ics", "path": folder, "poll_minutes": 5},
        ]
        table = {"owner": ["sam@example.org"], "calendars": calendars, "detectors": {"sound": False}}
        return settings_from(table, paths_in(self.folder / "home"))

    # ---- what there is

    def measured(self) -> Measure:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        with closing(Database(self.settings.paths.database)) as store:
            ask = store._driver.execute
            appointments, coverage, used = (
                int(ask(query).fetchone()[0])
                for query in (
                    "SELECT count(*) FROM appointments",
                    "SELECT count(*) FROM coverage",
                    "SELECT sum(pgsize) FROM dbstat",
                )
            )
        return Measure(
            at=self.time.true,
            rss=pages * os.sysconf("SC_PAGE_SIZE"),
            blocks=sys.getallocatedblocks(),
            threads=threading.active_count(),
            files=len(list(Path("/proc/self/fd").iterdir())),
            jobs=len(self.daemon._timers._jobs.get_jobs()),
            record=used,
            appointments=appointments,
            coverage=coverage,
            beats=self.beats,
        )


@contextmanager
def year(folder: Path, patch: pytest.MonkeyPatch, seed: int = 1) -> Iterator[Year]:
    """A year that has begun, with the machine's clocks in its hands."""
    lived = Year(folder, seed)

    schedule_by(patch, lived.time.now)
    patch.setattr(clock.SystemClock, "now", lambda _: lived.time.now())
    patch.setattr(clock.SystemClock, "monotonic", lambda _: lived.time.monotonic())
    patch.setattr(clock.SystemClock, "boottime", lambda _: lived.time.boottime())
    patch.setattr(wiring, "notifier", lambda _say, _wake: lived.screen)
    patch.setattr(wiring, "detectors", lambda _settings, _say: (Ear(lived.time, lived.chance),))
    patch.setattr(wiring, "zone", lambda: UTC)
    lived.begin()
    try:
        yield lived
    finally:
        lived.end()


def doubled(store: Database) -> Sequence[tuple[object, ...]]:
    """What stands twice in a record: appointments of one event and time, notices of one kind."""
    queries = (
        "SELECT uid, recurrence_id, start, count(*) FROM appointments GROUP BY 1, 2, 3 HAVING count(*) > 1",
        "SELECT subject, kind, count(*) FROM notices GROUP BY 1, 2 HAVING count(*) > 1",
    )
    return [row for query in queries for row in store._driver.execute(query).fetchall()]
