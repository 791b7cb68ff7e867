"""One fake for each port that the flow speaks to, written by hand. The store is the real one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from showup.core.appointment import Appointment
from showup.core.event import Event, EventKey, Person
from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.notice import Message
from showup.core.recognition.result import Decision, Employer, Memory, Recognition
from showup.core.spans import Span
from showup.flow.collect import Collector
from showup.ports import Findings, Happening, NotifierAway, Reading, Sighting, SourceProblem, Store, Watched, Window

S = datetime(2026, 7, 2, 14, tzinfo=UTC)
OWNER = frozenset({"sam@example.org"})
HR = Person("hr@acme.example")


def at(minutes: float) -> datetime:
    return S + timedelta(minutes=minutes)


def event(uid: str = "a", start: float = 0, *, slot: str = "", **more: object) -> Event:
    """An interview with Acme at so many minutes after S."""
    fields: dict[str, object] = {
        "summary": "Interview with Acme",
        "organizer": HR,
        "series": uid if slot else "",
        **more,
    }
    return Event(EventKey(uid, slot), at(start), at(start + 60), **fields)  # type: ignore[arg-type]  # as each test says


def recognise(found: Event, memory: Memory) -> Recognition:
    """By the title alone."""
    told = memory.interviews.get(found.key.uid)
    if told is False or "entist" in found.summary:
        return Recognition(Decision.NO)
    decision = Decision.MAYBE if "Intro" in found.summary and told is None else Decision.INTERVIEW
    return Recognition(decision, Employer("Acme", "acme.example") if found.summary != "Interview" else Employer())


def nobody(_address: str) -> bool:
    """No service stands between."""
    return False


@dataclass
class FakeClock:
    """The port Clock: set by hand."""

    wall: datetime = S
    awake: float = 1000.0
    boot: float = 1000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.awake

    def boottime(self) -> float:
        return self.boot

    def go(self, minutes: float, *, asleep: bool = False, jump: float = 0) -> None:
        """Let time pass; `jump` is by how many minutes the wall clock is set besides."""
        self.wall += timedelta(minutes=minutes + jump)
        self.boot += minutes * 60
        self.awake += 0 if asleep else minutes * 60


@dataclass
class FakeCalendar:
    """The port CalendarSource: what a test puts into `events`, or the problem it names."""

    name: str = "work"
    events: list[Event] = field(default_factory=list)
    warnings: tuple[str, ...] = ()
    problem: SourceProblem | None = None
    unchanged: bool = False
    due: list[frozenset[str]] = field(default_factory=list)

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:  # noqa: ARG002 - it shows all it has
        self.due.append(due)
        if self.problem:
            raise self.problem
        return Reading(None if self.unchanged else tuple(self.events), self.warnings)


@dataclass
class FakeDetector:
    """The port Detector: tells what it was given."""

    source: Source = Source.SOUND
    findings: list[Findings] = field(default_factory=list)
    watching: tuple[Appointment, ...] = ()
    restarts: int = 0
    closed: bool = False

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        self.watching = appointments

    def restart(self) -> None:
        self.restarts += 1

    def drain(self) -> Findings:
        return self.findings.pop(0) if self.findings else Findings()

    def close(self) -> None:
        self.closed = True

    def saw(self, start: float, end: float, *signs: tuple[float, Sign]) -> None:
        """It watched from `start` to `end`, and noticed these."""
        watched = Watched(Covered(Span(at(start), at(end)), self.source))
        seen = tuple(Sighting(Evidence(at(minute), self.source, sign, at(minute))) for minute, sign in signs)
        self.findings.append(Findings(seen, (watched,)))


@dataclass
class FakeNotifier:
    """The port Notifier: a screen by id, and what the person does to it."""

    away: bool = False
    quiet: bool = False
    screen: dict[int, Message] = field(default_factory=dict)
    shows: list[tuple[Message, int]] = field(default_factory=list)
    happened: list[Happening] = field(default_factory=list)

    def show(self, message: Message, replaces: int = 0) -> int:
        if self.away:
            raise NotifierAway
        self.shows.append((message, replaces))
        shown_id = replaces or 100 + len(self.shows)
        self.screen[shown_id] = message
        return shown_id

    def withdraw(self, shown_id: int) -> None:
        self.screen.pop(shown_id, None)

    def drain(self) -> Iterable[Happening]:
        happened, self.happened = self.happened, []
        return happened

    def close(self) -> None:
        """The screen stays."""


def poll(store: Store, collector: Collector, now: datetime) -> bool:
    """Read a calendar and put into the record what is new, as a beat does."""
    collector.want()
    fetched = collector.fetch(now, 0)
    with store.transaction() as record:
        changed = collector.take(record, fetched, now)
    collector.kept()
    return changed
