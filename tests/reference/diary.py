"""What the program knows of the calendar: appointments, and what became of them, one complete read after the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.reference.case import Appointment, Change, Policy
from tests.reference.events import Event, Planned, created_of, owner_of_change, planned
from tests.reference.world import MINUTE, World, seconds

HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(slots=True)
class Diary:
    world: World
    policy: Policy
    appointments: dict[tuple[str, float], Appointment] = field(default_factory=dict)
    current: dict[str, Appointment] = field(default_factory=dict)
    """The latest appointment of each event."""
    since: dict[tuple[str, float], float] = field(default_factory=dict)
    """Wall time at which an appointment was first known, or reopened."""
    _shown: dict[str, float] = field(default_factory=dict)
    _missing: dict[str, float] = field(default_factory=dict)
    _events: Mapping[str, Event] = field(default_factory=dict)
    _interviews: list[Planned] = field(default_factory=list)

    def read(self, moment: float) -> bool:
        """Read the calendar; False where it could not be read or showed nothing at all."""
        state = self.world.at(moment)
        if state.faults or not state.events:
            return False
        wall = moment + state.offset
        if state.events is not self._events:
            self._events = state.events
            self._interviews = [one for one in planned(state.events.values()) if one.employer]
        shown = self._interviews
        for one in shown:
            self._shown[one.uid] = wall
            self._missing.pop(one.uid, None)
            if one.cancelled:
                self._cancelled(one, moment)
            else:
                self._stands(one, moment)
        self._gone(shown, moment)
        return True

    def _stands(self, one: Planned, moment: float) -> None:
        wall = self.world.wall(moment)
        before, key = self.current.get(one.uid), (one.uid, one.start)
        if before and before.start != one.start and not before.change:
            self._change(before, "moved", one, moment)
        found = self.appointments.get(key)
        if found is None:
            created = created_of(one.event, float(one.event["_seen"]))
            found = Appointment(one.uid, one.start, one.end, one.employer, one.medium, one.event, created, before)
            self.appointments[key], self.since[key] = found, wall
        elif found.change:
            found.history.append((moment, None))
            self.since[key] = wall
        found.end, found.medium, found.event, found.employer = one.end, one.medium, one.event, one.employer
        self.current[one.uid] = found

    def _cancelled(self, one: Planned, moment: float) -> None:
        before = self.current.get(one.uid)
        if before and not before.change:
            self._change(before, "cancelled", one, moment)

    def _change(self, before: Appointment, kind: str, one: Planned, moment: float) -> None:
        updated = one.event.get("updated")
        at = seconds(updated) if updated else self.world.wall(moment)
        whose = owner_of_change(one.event, before.event, self.world.owner)
        late = at > before.start + self.policy.on_time
        before.history.append((moment, Change(kind, at, moment, whose, late)))

    def _gone(self, shown: Iterable[Planned], moment: float) -> None:
        """Two complete reads at least a minute apart; dated by the last that showed it."""
        there = {one.uid for one in shown}
        for uid, one in self.current.items():
            if uid in there or one.change:
                continue
            first = self._missing.setdefault(uid, moment)
            at = self._shown[uid]
            if moment - first < MINUTE or at >= one.end:
                continue
            whose = owner_of_change(one.event, one.event, self.world.owner)
            late = at >= one.start + self.policy.on_time
            one.history.append((moment, Change("cancelled", at, moment, whose, late, vanished=True)))

    def second_look(self, moment: float) -> bool:
        """Whether something was found gone just now: another read has to confirm it."""
        return moment in self._missing.values()

    # ------------------------------------------------------------ who is meant
    def meant(self, uid: str, start: float | None, wall: float) -> Appointment | None:
        """The appointment an answer is about: the one named, the one under way until its end, else the newest."""
        if start is not None:
            return self.appointments.get((uid, start))
        mine = [one for one in self.appointments.values() if one.uid == uid]
        under_way = [one for one in mine if one.start <= wall < one.end]
        return under_way[-1] if under_way else (self.current.get(uid) or None)

    def follow(self) -> None:
        """A cancellation, and a new event of the same employer made around it."""
        firsts = {one.uid: one for one in reversed(list(self.appointments.values()))}
        new = sorted(firsts.values(), key=lambda one: one.created)
        gone = [one for one in self.appointments.values() if one.change and one.change.kind == "cancelled"]
        for old in sorted(gone, key=lambda one: one.change.moment if one.change else 0.0):
            at = old.change.moment if old.change else 0.0
            for one in new:
                near = at - HOUR <= one.created <= at + 14 * DAY
                if near and one.uid != old.uid and one.employer == old.employer and one.follows is None:
                    one.follows = old
                    one.might_follow = [other for other in gone if _together(other, old)]
                    break


def _together(one: Appointment, old: Appointment) -> bool:
    """Cancelled within a few minutes of each other, by the same employer: either may be known first."""
    if one.change is None or old.change is None or one.employer != old.employer:
        return False
    return abs(one.change.moment - old.change.moment) <= 6 * MINUTE
