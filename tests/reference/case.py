"""One appointment and all that can be known about it at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from tests.reference.world import MINUTE, Answer, Span, World

BEFORE = 10 * MINUTE
RECONNECT = 60.0


@dataclass(frozen=True, slots=True)
class Policy:
    """Seconds."""

    brief: float
    late: float
    nudge: float
    give_up: float
    on_time: float
    count_presumed: bool

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Self:
        points, score = config.get("checkpoints", {}), config.get("score", {})
        return cls(
            brief=MINUTE * points.get("brief_before_minutes", 10),
            late=MINUTE * points.get("late_after_minutes", 5),
            nudge=MINUTE * points.get("nudge_after_minutes", 15),
            give_up=MINUTE * points.get("give_up_after_minutes", 30),
            on_time=MINUTE * score.get("on_time_within_minutes", 5),
            count_presumed=bool(score.get("count_presumed", False)),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """The calendar says that it is not at this time any more. `moment` is wall time, `known` true time."""

    kind: str
    moment: float
    known: float
    whose: str
    late: bool
    vanished: bool = False


@dataclass(slots=True, eq=False)
class Appointment:
    uid: str
    start: float
    end: float
    employer: str
    medium: str
    event: Mapping[str, Any]
    created: float
    follows: "Appointment | None" = None
    might_follow: "list[Appointment]" = field(default_factory=list)
    history: list[tuple[float, Change | None]] = field(default_factory=list)

    @property
    def change(self) -> Change | None:
        return self.history[-1][1] if self.history else None

    def change_at(self, moment: float) -> Change | None:
        known = [change for since, change in self.history if since <= moment]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class List:
    """A participant list: who was on it within the window, as far as it was read."""

    read: float
    you: list[Span]
    they: list[Span]


@dataclass(frozen=True, slots=True)
class Case:
    """`moment` is true time; everything the machine itself notes is wall time."""

    one: Appointment
    others: Sequence[Appointment]
    world: World
    policy: Policy
    moment: float
    answers: tuple[Answer, ...]
    """All that was said about this appointment by now, oldest first."""

    # ------------------------------------------------------------ the times
    @property
    def now(self) -> float:
        return self.world.wall(self.moment)

    @property
    def give_up(self) -> float:
        return min(self.one.start + self.policy.give_up, self.one.end)

    @property
    def limit(self) -> float:
        """The last moment that is on time."""
        return self.one.start + self.policy.on_time

    @property
    def nudge(self) -> float:
        return self.one.start + self.policy.nudge

    @property
    def window(self) -> Span:
        return self.one.start - BEFORE, max(self.one.end, self.give_up)

    @property
    def change(self) -> Change | None:
        return self.one.change_at(self.moment)

    # ------------------------------------------------------------ the neighbours
    def standing(self) -> list[Appointment]:
        """The others that were not changed before their start."""
        return [other for other in self.others if other is not self.one and not self._changed_early(other)]

    def _changed_early(self, other: Appointment) -> bool:
        change = other.change_at(self.moment)
        return change is not None and change.moment < other.start

    def ambiguous(self) -> bool:
        """Sound and phone could belong to another appointment."""

        def meets(one: Appointment, other: Appointment) -> bool:
            give_up = min(other.start + self.policy.give_up, other.end)
            return one.start < give_up and other.start < one.end

        return any(meets(self.one, other) or meets(other, self.one) for other in self.standing())

    def mine(self, spans: Sequence[Span], after: float = float("-inf")) -> list[Span]:
        """What is left of the stretches within this window, outside every other appointment, later than `after`."""
        low, high = max(self.window[0], after), self.window[1]
        left = [(max(a, low), min(b, high)) for a, b in spans if b > low and a <= high]
        for other in self.standing():
            left = [piece for span in left for piece in _without(span, other.start, other.end)]
        return left

    # ------------------------------------------------------------ sound
    @property
    def by_sound(self) -> bool:
        return self.world.has("sound") and not self.ambiguous()

    def heard(self, after: float = float("-inf")) -> list[Span]:
        """Speech in the playback of the call that you are in."""
        spans = self.world.spans(
            self.moment,
            lambda state: (
                state.alive("sound") and not state.muted and not state.noise and bool(state.you & state.speaking)
            ),
        )
        return self.mine(spans, after) if self.by_sound else []

    def in_call(self) -> list[Span]:
        """Your microphone was seen open; short reconnects are no gap."""
        spans = self.world.spans(self.moment, lambda state: state.alive("sound") and bool(state.you))
        return self.mine(_bridged(spans)) if self.by_sound else []

    def listening(self) -> list[Span]:
        """The sound detector worked."""
        return self.world.spans(self.moment, lambda state: state.alive("sound") and not state.muted)

    def heard_all(self, start: float, end: float) -> bool:
        """Whether sound covered all the time between two moments."""
        return _covers(self.listening(), start, end) and _covers(self.in_call(), start, end)

    # ------------------------------------------------------------ the phone
    def calls(self, *, missed: bool, after: float = float("-inf")) -> list[float]:
        if not self.world.has("phone") or self.one.medium not in {"phone", "other"} or self.ambiguous():
            return []
        low = max(self.window[0], after)
        seen = [
            call.wall
            for call in self.world.calls
            if call.at <= self.moment and call.missed == missed and self.world.at(call.at).alive("phone")
        ]
        in_time = [at for at in seen if low <= at <= self.give_up]
        return [at for at in in_time if not any(other.start <= at < other.end for other in self.standing())]

    def phone_covered(self, start: float, end: float) -> bool:
        return _covers(self.world.spans(self.moment, lambda state: state.alive("phone")), start, end)

    # ------------------------------------------------------------ the list
    def participants(self) -> List | None:
        """The list as last read; None where it says nothing."""
        if not self.world.has("meet") or self.one.medium != "meet":
            return None
        low, high = self.window
        readable = [
            (max(a, low), min(b, high))
            for a, b in self.world.spans(self.moment, lambda state: state.alive("meet"))
            if b > low and a <= high
        ]
        if not readable:
            return None
        read = readable[-1][1]
        until = min(read - self.world.at(self.moment).offset, self.moment)
        you = _clip(self.world.true_spans(until, lambda state: self.one.uid in state.you), low, high)
        they = _clip(self.world.true_spans(until, lambda state: self.one.uid in state.they), low, high)
        return List(read, you, they) if you else None

    # ------------------------------------------------------------ your words
    def said(self, word: str) -> list[float]:
        return [answer.wall for answer in self.answers if answer.word == word]

    def you_came(self) -> tuple[float | None, bool]:
        """When you came by the first sign of it, and whether that moment is known (not merely not later)."""
        found: list[tuple[float, bool]] = [(at, True) for at in self.said("waiting") + self.said("here")]
        listed = self.participants()
        if listed:
            found.append((listed.you[0][0], True))
        call = self.in_call()
        if call:
            start = call[0][0]
            watched = any(a < start <= b for a, b in self.world.spans(self.moment, lambda state: state.alive("sound")))
            found.append((start, watched))
        return min(found, default=(None, False))

    def you_left(self) -> float | None:
        """When you left for good, where that was seen; a call joined after give-up is another one."""
        listed = self.participants()
        call = [span for span in self.in_call() if span[0] <= self.give_up]
        on_it = [span for span in listed.you if span[0] <= self.give_up] if listed else []
        if listed and on_it:
            return on_it[-1][1] if on_it[-1][1] < listed.read else None
        return call[-1][1] if call and call[-1][1] < self.now and self.seen_by_sound(call[-1][1]) else None

    def seen_by_sound(self, wall: float) -> bool:
        """Whether the detector worked at that moment and went on: otherwise what ends there is only out of sight."""
        return any(a <= wall < b for a, b in self.world.spans(self.moment, lambda state: state.alive("sound")))


def _without(span: Span, low: float, high: float) -> list[Span]:
    a, b = span
    if b <= low or a >= high:
        return [span]
    return [piece for piece in ((a, low), (high, b)) if piece[0] < piece[1]]


def _clip(spans: Sequence[Span], low: float, high: float) -> list[Span]:
    return [(max(a, low), min(b, high)) for a, b in spans if b > low and a <= high]


def _bridged(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for a, b in spans:
        if found and 0 <= a - found[-1][1] <= RECONNECT:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def _covers(spans: Sequence[Span], start: float, end: float) -> bool:
    return end <= start or any(a <= start and end <= b for a, b in spans)
