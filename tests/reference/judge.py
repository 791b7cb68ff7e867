"""The reference: plays a story in true time and says what `showup rehearse STORY.toml --json` must print.

It shares nothing with the program but the page that both are read from (DESIGN.md, sections 1 to 4 and 6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from tests.reference.case import Appointment, Case, Policy
from tests.reference.desk import Desk, Note, points
from tests.reference.diary import Diary
from tests.reference.outcome import Verdict
from tests.reference.score import employers
from tests.reference.verdict import judge
from tests.reference.world import MINUTE, Answer, World, build, iso

POLL = 5 * MINUTE


def play(story: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON object of `rehearse`, with hints for the comparison (keys that begin with an underscore)."""
    program = Program(build(story))
    program.run()
    return program.report()


@dataclass(slots=True)
class Program:
    world: World
    diary: Diary = field(init=False)
    policy: Policy = field(init=False)
    desks: dict[tuple[str, float], Desk] = field(default_factory=dict)
    answers: list[tuple[Answer, Appointment]] = field(default_factory=list)
    _ticks: list[float] = field(default_factory=list)
    _answered: int = 0
    _offset: float = 0.0

    def __post_init__(self) -> None:
        self.policy = Policy.of(self.world.config)
        self.diary = Diary(self.world, self.policy)

    def run(self) -> None:
        """Look at every step, at every poll and at every checkpoint."""
        world = self.world
        polls = range(int(world.start), int(world.end) + 1, int(POLL))
        self._ticks = sorted({*world.moments, *(float(at) for at in polls), world.end})
        last = -1.0
        while self._ticks:
            moment = heappop(self._ticks)
            if last < moment <= world.end:
                last = moment
                self._tick(moment)

    def _tick(self, moment: float) -> None:
        answered = self._take_answers(moment)
        state = self.world.at(moment)
        if not state.running:
            return
        readable = self.diary.read(moment)
        if self.diary.second_look(moment):
            heappush(self._ticks, moment + MINUTE)
        turned = state.offset != self._offset
        back = state.offset < self._offset - MINUTE
        self._offset = state.offset
        for key, one in list(self.diary.appointments.items()):
            desk = self.desks.get(key)
            if desk and not turned and one not in answered and desk.idle(moment + state.offset, self.policy):
                continue
            case = self.case(one, moment)
            if desk is None or turned:
                self._expect(case)
            desk = self.desks.setdefault(key, Desk(one))
            if back:
                desk.turned_back(case)
            desk.look(case, self.diary.since[key], readable=readable, shown=state.desktop)
            if one in answered:
                desk.asked_for_minutes(case)

    def _take_answers(self, moment: float) -> list[Appointment]:
        taken: list[Appointment] = []
        while self._answered < len(self.world.answers) and self.world.answers[self._answered].at <= moment:
            answer = self.world.answers[self._answered]
            self._answered += 1
            meant = self.diary.meant(answer.uid, answer.start, answer.wall)
            if meant:
                self.answers.append((answer, meant))
                taken.append(meant)
        return taken

    def _expect(self, case: Case) -> None:
        """Wake for the checkpoints of an appointment."""
        offset = case.now - case.moment
        for at, _ in points(case.one, self.policy):
            if at - offset > case.moment:
                heappush(self._ticks, at - offset)

    def case(self, one: Appointment, moment: float) -> Case:
        answers = [(answer, meant) for answer, meant in self.answers if answer.at <= moment]
        dropped = {id(meant) for answer, meant in answers if answer.word == "not_interview"}
        return Case(
            one=one,
            others=[other for other in self.diary.appointments.values() if id(other) not in dropped],
            world=self.world,
            policy=self.policy,
            moment=moment,
            answers=tuple(answer for answer, meant in answers if meant is one),
        )

    # ------------------------------------------------------------ what is printed
    def report(self) -> dict[str, Any]:
        self.diary.follow()
        judged: list[tuple[Case, Verdict]] = []
        dropped: set[tuple[str, float]] = set()
        for key, one in sorted(self.diary.appointments.items(), key=lambda item: item[0][1]):
            case = self.case(one, self.world.end)
            verdict = judge(case)
            if verdict.outcome == "not_interview":
                dropped.add(key)
            else:
                judged.append((case, verdict))
        notes = [(note, key) for key, desk in self.desks.items() for note in desk.notes]
        return {
            "notices": [
                _notice(note, key, optional=key in dropped)
                for note, key in sorted(notes, key=lambda item: (item[0].at, item[1]))
            ],
            "appointments": [_appointment(case, verdict, dropped) for case, verdict in judged],
            "employers": employers(judged),
        }


def _notice(note: Note, key: tuple[str, float], *, optional: bool) -> dict[str, Any]:
    return {
        "at": iso(note.at),
        "uid": key[0],
        "start": iso(key[1]),
        "kind": note.kind,
        "_earliest": iso(note.earliest),
        "_latest": iso(note.latest),
        "_wall": iso(note.wall),
        "_optional": note.optional or optional,
    }


def _on_the_verge(case: Case, moment: float) -> bool:
    """A vanishing is dated by the last read that showed it: within a poll of a limit it may fall on either side."""
    verges = [case.one.start, case.limit, case.one.end, *(case.one.start - hours * 60 * MINUTE for hours in (2, 24))]
    return any(abs(moment - verge) <= POLL + MINUTE for verge in verges)


def _appointment(case: Case, verdict: Verdict, dropped: set[tuple[str, float]]) -> dict[str, Any]:
    one, change = case.one, case.change
    follows = one.follows if one.follows and (one.follows.uid, one.follows.start) not in dropped else None
    return {
        "uid": one.uid,
        "start": iso(one.start),
        "employer": one.employer,
        "outcome": verdict.outcome,
        "certainty": verdict.certainty,
        "minutes_late": verdict.minutes_late if verdict.outcome == "late" else None,
        "notice_minutes": None if verdict.notice is None else int(verdict.notice // MINUTE),
        "counted": verdict.counted,
        "fault": verdict.fault if verdict.counted else None,
        "follows": {"uid": follows.uid, "start": iso(follows.start)} if follows else None,
        "_notice_slack": 6 if change and change.vanished else 1,
        "_follows": [{"uid": other.uid, "start": iso(other.start)} for other in one.might_follow],
        "_verge": bool(change and change.vanished and _on_the_verge(case, change.moment)),
    }
