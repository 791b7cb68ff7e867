"""What is said about one appointment, and when: each kind once, and never four old notices at a time."""

from dataclasses import dataclass, field

from tests.reference.case import Appointment, Case, Change, Policy
from tests.reference.outcome import Verdict
from tests.reference.verdict import alone_now, judge, waiting_alone
from tests.reference.world import MINUTE

POLL = 5 * MINUTE
DAY = 24 * 60 * MINUTE


@dataclass(frozen=True, slots=True)
class Note:
    """A notice. The true moment of showing it, and between which moments another program may as well show it."""

    kind: str
    at: float
    earliest: float
    latest: float
    optional: bool = False
    wall: float = 0.0


@dataclass(frozen=True, slots=True)
class Say:
    kind: str
    optional: bool = False
    any_time_from: float | None = None
    """Wall time; up to the end of the appointment."""


@dataclass(slots=True)
class Desk:
    one: Appointment
    done: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    waiting: list[Note] = field(default_factory=list)
    announced: Change | None = None

    # ------------------------------------------------------------ one look
    def look(self, case: Case, since: float, *, readable: bool, shown: bool) -> None:
        """Say what is due. `since`: when the appointment became known; `shown`: the notification server is there."""
        self._announce(case)
        if not case.one.change:
            self._check(case, since, readable=readable)
        if shown:
            self._show(case)

    def idle(self, wall: float, policy: Policy) -> bool:
        """Nothing is due and nothing waits."""
        if self.waiting or (self.one.change and self.one.change is not self.announced):
            return False
        due = any(at <= wall and name not in self.done for at, name in points(self.one, policy))
        return self.one.change is not None or not due

    def _announce(self, case: Case) -> None:
        change = case.one.change
        if change and change is not self.announced:
            self.announced = change
            settled = judge(case).settled
            polls = 2 if change.vanished else 1
            self._queue(case, Say(change.kind, optional=settled), case.moment, case.moment + polls * POLL)

    def _check(self, case: Case, since: float, *, readable: bool) -> None:
        due = [(at, name) for at, name in points(case.one, case.policy) if at <= case.now and name not in self.done]
        if not due:
            return
        self.done |= {name for _, name in due}
        for at, name in reversed(due):
            say = _holds(name, case, readable=readable)
            if say:
                offset = case.now - case.moment
                earliest = case.moment if say.any_time_from is None else say.any_time_from - offset
                # The screen may be dark when the end comes: then it is said when it is back.
                latest = case.moment if say.any_time_from is None else max(case.moment, case.one.end - offset) + DAY
                optional = say.optional or at < since
                self._queue(case, Say(say.kind, optional or _left_unseen(case, at)), earliest, latest)
                break
        for at, name in due:
            if name in {"late", "nudge"} and _left_unseen(case, at):
                for kind in ("late", "ask", "nudge"):
                    self._queue(case, Say(kind, optional=True), case.moment, case.moment)

    def asked_for_minutes(self, case: Case) -> None:
        """`here` long after: the minutes may be asked for at once."""
        verdict = judge(case)
        if verdict.outcome == "unknown" and verdict.seen and "end" in self.done:
            self._queue(case, Say("confirm", optional=True), case.moment, case.moment + POLL)

    def turned_back(self, case: Case) -> None:
        """The wall clock went back: what lies ahead again is not done."""
        self.done &= {name for at, name in points(case.one, case.policy) if at <= case.now}

    # ------------------------------------------------------------ the outbox
    def _queue(self, case: Case, say: Say, earliest: float, latest: float) -> None:
        if say.kind not in {note.kind for note in self.notes + self.waiting}:
            self.waiting.append(Note(say.kind, case.moment, earliest, latest, say.optional, case.now))

    def _show(self, case: Case) -> None:
        waiting, self.waiting = [note for note in self.waiting if _still_true(note, case)], []
        for place, note in enumerate(waiting):
            delayed = note.at < case.moment
            superseded = delayed and place < len(waiting) - 1 and note.kind not in {"moved", "cancelled"}
            self.notes.append(
                Note(
                    note.kind,
                    case.moment,
                    case.moment if delayed else note.earliest,
                    max(case.moment, note.latest),
                    note.optional or superseded or _open_by_now(note, case),
                    case.now,
                )
            )


# ---------------------------------------------------------------- checkpoints
def points(one: Appointment, policy: Policy) -> list[tuple[float, str]]:
    """The checkpoints in wall time, oldest first; where two coincide there is only the later kind."""
    give_up = min(one.start + policy.give_up, one.end)
    early = [(one.start + policy.late, "late"), (one.start + policy.nudge, "nudge")]
    kept = [(at, name) for at, name in early if at < give_up]
    return [(one.start - policy.brief, "brief"), *kept, (give_up, "give_up"), (one.end, "end")]


def _holds(name: str, case: Case, *, readable: bool) -> Say | None:
    verdict = judge(case)
    if verdict.settled:
        return None
    match name:
        case "brief":
            return Say("brief", optional=case.now >= case.one.start) if case.now < case.limit else None
        case "late":
            if verdict.seen or case.now >= case.give_up:
                return None
            absent = waiting_alone(case) or alone_now(case)
            return Say("late" if absent and readable else "ask")
        case "nudge":
            return Say("nudge") if case.now < case.give_up and absent_now(case, verdict) else None
        case "give_up":
            return _closing(case, verdict)
        case _:
            presumed = verdict.outcome == "late" and verdict.certainty == "presumed"
            return Say("confirm") if presumed else _there(case, verdict)


def _left_unseen(case: Case, at: float) -> bool:
    """The checkpoint is made up for, and meanwhile you left or they came: what a first look shows of that is open."""
    inside = case.world.true_spans(case.moment, lambda state: case.one.uid in state.you)
    state = case.world.at(case.moment)
    left = case.one.uid not in state.you and any(b > case.moment - (case.now - at) for _, b in inside)
    return case.now - at > MINUTE and (left or bool(state.you & state.speaking))


def absent_now(case: Case, verdict: Verdict) -> bool:
    """Known or presumed absence: your `waiting`, a list, you in the call and nobody heard."""
    if verdict.seen:
        return False
    return waiting_alone(case) or alone_now(case) or _nobody_heard(case)


def _nobody_heard(case: Case) -> bool:
    if case.give_up < case.nudge or case.heard():
        return False
    inside = any(start <= case.limit and end >= case.now for start, end in case.in_call())
    return inside and case.heard_all(case.limit, case.now)


def _closing(case: Case, verdict: Verdict) -> Say | None:
    if verdict.seen:
        return _there(case, verdict)
    if verdict.outcome == "no_show" and verdict.certainty == "confirmed":
        return Say("no_show")
    return Say("confirm", optional=verdict.outcome == "excused")


def _there(case: Case, verdict: Verdict) -> Say | None:
    """They came, and nobody knows when: the minutes are asked for, some time between then and the end."""
    if verdict.outcome != "unknown" or not verdict.seen:
        return None
    return Say("confirm", any_time_from=verdict.arrived or case.limit)


def _open_by_now(note: Note, case: Case) -> bool:
    """A brief that comes after the start; a change about which the person said something meanwhile."""
    if note.kind == "brief":
        return case.now >= case.one.start
    return note.kind in {"moved", "cancelled"} and any(answer.at >= note.at for answer in case.answers)


def _still_true(note: Note, case: Case) -> bool:
    if note.at == case.moment:
        return True
    change = case.one.change
    if note.kind in {"moved", "cancelled"}:
        return change is not None and change.kind == note.kind
    if change or any(answer.at > note.at for answer in case.answers):
        return False
    match note.kind:
        case "late" | "ask":
            return _holds("late", case, readable=True) is not None
        case "no_show" | "confirm":
            return (_holds("give_up", case, readable=True) or _holds("end", case, readable=True)) is not None
        case kind:
            return _holds(kind, case, readable=True) is not None
