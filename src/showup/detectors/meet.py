"""The port Detector on participant lists of Google Meet: read in a thread of its own, while there is a meeting."""

from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.problem import Problem
from showup.core.recognition.result import Medium
from showup.core.spans import Span
from showup.detectors.meet_api import MeetApi
from showup.detectors.meet_list import Held, code_of, inside, signs
from showup.detectors.needs import Needs
from showup.google.refusal import Expired, Missing
from showup.ports import Findings, Sighting, Watched

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY, _LATER = timedelta(seconds=30), timedelta(minutes=2)
"""Between two readings, up to give-up and after it."""
_AT_ONCE = 60
"""So many lists of meetings are read in half a minute where you are not: strangers may invite to any number, and Google
answers 600 requests a minute."""
_AHEAD = timedelta(seconds=2)
"""So long before a checkpoint the list is read: what it says then is there when the checkpoint comes."""
_ADD = "Add one with `showup calendar add google --meet`, or set meet = false under [detectors]."
_PATIENCE = 3
"""So many readings in a row may fail for a reason that passes, before it is said."""


class MeetDetector:
    """See the port Detector. It asks for meetings with a link, from their start on; never for any other."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._lock = Lock()
        self._wanted: tuple[Appointment, ...] = ()
        self._findings = Findings()
        self._reading: _Reading | None = None

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Watch for these from now on; with none that has a list, do nothing."""
        wanted = tuple(one for one in appointments if one.details.medium is Medium.MEET and code_of(one.details.join))
        if wanted != self._wanted:
            self._wanted = wanted
            if self._reading and wanted:
                self._reading.look_at(wanted)
            else:
                self.restart()

    def restart(self) -> None:
        """Begin anew. A request that is under way comes to nothing."""
        self._stop()
        if self._wanted:
            self._reading = _Reading(self._needs, self._wanted, self._found)

    def drain(self) -> Findings:
        """What was noticed and watched since the last call."""
        with self._lock:
            found, self._findings = self._findings, Findings()
        return found

    def close(self) -> None:
        """Stop for good."""
        self._stop()

    def _stop(self) -> None:
        if self._reading:
            self._reading.stop()
            self._reading = None

    def _found(self, reading: "_Reading", found: Findings) -> None:
        with self._lock:
            if not reading.stopped:
                before = self._findings
                self._findings = Findings((*before.sightings, *found.sightings), (*before.watched, *found.watched))


class _Reading:
    """The thread, and what it knows of each meeting."""

    def __init__(
        self, needs: Needs, wanted: tuple[Appointment, ...], found: "Callable[[_Reading, Findings], None]"
    ) -> None:
        self._needs, self._wanted, self._found = needs, wanted, found
        self._lists = _Lists(needs)
        self._read: dict[int, datetime] = {}
        self._last: dict[int, datetime] = {}
        self._told: set[tuple[int, datetime, Sign]] = set()
        self._begun: set[int] = set()
        self._rested = datetime.min.replace(tzinfo=UTC)
        """When the next ones of a crowd may be read."""
        self._changed = Event()
        self.stopped = self.rests = False
        Thread(target=self._run, name="showup-meet", daemon=True).start()

    def look_at(self, wanted: tuple[Appointment, ...]) -> None:
        """Look at these from now on."""
        self._wanted = wanted
        self._changed.set()

    def stop(self) -> None:
        """End it, without waiting for what is under way."""
        self.stopped = True
        self._changed.set()

    def _run(self) -> None:
        try:
            while not self.stopped:
                self._changed.clear()
                self.rests = False
                seconds = self._round()
                self.rests = True
                self._changed.wait(seconds)
        except Exception as error:  # noqa: BLE001 - else the thread would end without a word
            self._needs.say(f"The lists of participants are not read any more ({type(error).__name__}).")

    def _round(self) -> float:
        """Read the lists whose time has come, those first where you are; the seconds until the next one's."""
        now = self._needs.clock.now()
        due = sorted(
            (one for one in self._wanted if self._due(one) <= now), key=lambda one: (self._away(one), self._next(one))
        )
        others = [one for one in due if self._away(one)]
        if len(others) > _AT_ONCE:
            self._rested = now + _EVERY
        for one in due[: len(due) - len(others) + _AT_ONCE]:
            if not self.stopped:
                self._look(one)
        moments = [self._due(one) for one in self._wanted]
        return max(min([_EVERY, *(moment - self._needs.clock.now() for moment in moments)]).total_seconds(), 0.01)

    def _away(self, one: Appointment) -> bool:
        """Whether you were not there when its list was read last."""
        return one.id not in self._last

    def _due(self, one: Appointment) -> datetime:
        """When it is read; in a crowd those where you are not take turns."""
        return max(self._next(one), self._rested) if self._away(one) else self._next(one)

    def _next(self, one: Appointment) -> datetime:
        """When its list is read next: at its start, and then a little before each half minute."""
        read = self._read.get(one.id)
        if read is None:
            return one.start
        if read >= one.give_up(self._needs.policy):
            return read + _LATER
        passed = (read + _EVERY + _AHEAD - one.start) / _EVERY
        return max(one.start - _AHEAD + _EVERY * -int(-passed // 1), read + _EVERY)

    def _look(self, one: Appointment) -> None:
        """Read a list. What it says holds from before it was asked for."""
        self._read[one.id] = now = self._needs.clock.now()
        held = self._lists.read(one, now)
        last = self._last.pop(one.id, None)
        told = signs(held)
        if self.stopped or not told:
            return
        there = inside(held)
        if not there and last is None and one.id in self._begun:
            return
        self._begun.add(one.id)
        if there:
            self._last[one.id] = now
        fresh = [(at, sign) for at, sign in told if (one.id, at, sign) not in self._told]
        self._told.update((one.id, at, sign) for at, sign in fresh)
        noted = self._needs.clock.now()
        sightings = tuple(Sighting(Evidence(min(at, noted), Source.MEET, sign, noted), one.id) for at, sign in fresh)
        self._found(self, Findings(sightings, (Watched(Covered(Span(last or now, now), Source.MEET), one.id),)))


class _Lists:
    """The lists of all accounts. What goes wrong is said once, and says nothing of anybody."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._apis: dict[str, MeetApi] = {}
        self._said: set[str] = set()
        self._failed = 0

    def read(self, one: Appointment, now: datetime) -> tuple[Held, ...]:
        """The meetings in which you were; none where that cannot be known."""
        if not self._needs.accounts:
            self._say(Problem("No Google calendar is watched, so no list of participants can be read.", _ADD))
        window = Span(one.window(self._needs.policy).start, max(now, one.start) + datetime.resolution)
        for account in self._needs.accounts:
            try:
                api = self._apis.get(account.name) or MeetApi(
                    account.name, account.meet_endpoint, self._needs.secrets, self._needs.clock
                )
                self._apis[account.name] = api
                held = api.held(code_of(one.details.join), window, _names(self._needs))
                self._failed = 0
            except (Missing, Expired):
                continue
            except Problem as problem:
                self._failed += 1
                if getattr(problem, "lasting", False) or self._failed >= _PATIENCE:
                    self._say(problem)
                continue
            joined = tuple(each for each in held if each.you)
            if joined:
                return joined
        return ()

    def _say(self, problem: Problem) -> None:
        if str(problem) not in self._said:
            self._said.add(str(problem))
            self._needs.say(f"Google Meet: {problem}")


def _names(needs: Needs) -> tuple[str, ...]:
    told = needs.options.get("note_takers", ())
    return tuple(str(name) for name in told) if isinstance(told, tuple | list) else ()
