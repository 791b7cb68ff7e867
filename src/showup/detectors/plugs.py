"""Detectors as plugs: those of showup itself, and those that other packages bring by an entry point."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import partial
from importlib.metadata import entry_points
from queue import Empty, SimpleQueue
from threading import Thread

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.problem import Problem
from showup.core.text import plain
from showup.detectors.apart import Apart
from showup.detectors.built_in import FACTORIES
from showup.detectors.needs import Factory, Needs
from showup.ports import Detector, Findings, Sighting, Watched

GROUP = "showup.detectors"
_ROOM = 60
_MAY_TELL = frozenset({Source.SOUND, Source.MEET, Source.PHONE})
"""A detector is none of the others: not the calendar, not the person, and not the account of when showup ran."""
_MAY_SEE = frozenset({Sign.YOU_IN, Sign.YOU_OUT, Sign.THEY_IN, Sign.THEY_OUT, Sign.RANG, Sign.MISSED})
_NOTHING = Findings()


def detectors(wanted: Mapping[str, Needs]) -> "tuple[Plug, ...]":
    """The detectors of these names. One that is not there, or cannot begin, is said once and left out."""
    made = (_made(name, needs) if name in FACTORIES else _apart(name, needs) for name, needs in wanted.items())
    return tuple(one for one in made if one)


def find(name: str) -> Factory:
    """What makes the detector of this name.

    Raises:
        Problem: no installed package brings it, or that package cannot be loaded.
    """
    if name in FACTORIES:
        return FACTORIES[name]
    brought = entry_points(group=GROUP)
    point = next(iter(brought.select(name=name)), None)
    shown = plain(name, _ROOM)
    if point is None:
        near = get_close_matches(name, [*FACTORIES, *brought.names], 1)
        remedy = f"Did you mean {near[0]}?" if near else "Install the package that brings it, or take it out."
        raise Problem(f"There is no detector “{shown}”.", remedy)
    try:
        found: Factory = point.load()
    except Exception as error:
        raise Problem(
            f"The detector “{shown}” cannot be loaded ({type(error).__name__}).", "Update the package that brings it."
        ) from error
    return found


def installed(name: str, seconds: float = 5.0) -> None:
    """Load somebody's detector, and do not wait for it for longer.

    Raises:
        Problem: as of `find`; or it hangs while it is loaded.
    """
    came: SimpleQueue[Problem | None] = SimpleQueue()

    def load() -> None:
        try:
            find(name)
        except Problem as problem:
            came.put(problem)
        else:
            came.put(None)

    Thread(target=load, name="showup-plug", daemon=True).start()
    try:
        problem = came.get(timeout=seconds)
    except Empty:
        told = f"The detector “{plain(name, _ROOM)}” hangs while it is loaded."
        raise Problem(told, "Update the package that brings it, or take it out.") from None
    if problem:
        raise problem


def _apart(name: str, needs: Needs) -> Apart | None:
    """Somebody else's, in a thread of its own from its loading on."""
    one = Apart(name, partial(_made, name, needs), needs)
    return one if one.begun() else None


def _made(name: str, needs: Needs) -> "Guarded | None":
    try:
        return Guarded(name, find(name)(needs), needs.say)
    except Problem as problem:
        needs.say(str(problem))
    except Exception as error:  # noqa: BLE001 - somebody else's program may raise anything
        needs.say(_left_out(name, error))
    return None


class Guarded:
    """Somebody's detector, which must not harm the others: once it raises or tells nonsense it is left out.

    What it watched before stands; its coverage ends there.
    """

    def __init__(self, name: str, inner: Detector, say: Callable[[str], None]) -> None:
        self.name = name
        self._inner: Detector | None = inner
        self._say = say

    @property
    def out(self) -> bool:
        """Whether it was left out."""
        return self._inner is None

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Watch for these."""
        self._try(lambda inner: inner.watch(appointments))

    def restart(self) -> None:
        """Begin anew."""
        self._try(lambda inner: inner.restart())

    def drain(self) -> Findings:
        """What was noticed; nothing once it is out."""
        found = list[Findings]()
        self._try(lambda inner: found.append(_checked(inner.drain())))
        return found[0] if found else _NOTHING

    def close(self) -> None:
        """Stop for good."""
        self._try(lambda inner: inner.close())
        self._inner = None

    def _try(self, act: Callable[[Detector], None]) -> None:
        if self._inner is None:
            return
        try:
            act(self._inner)
        except Exception as error:  # noqa: BLE001 - somebody else's program may raise anything
            self._inner = None
            self._say(_left_out(self.name, error))


Plug = Guarded | Apart


def _checked(found: Findings) -> Findings:
    """What a detector tells, if it is what a detector can tell.

    Raises:
        ValueError, TypeError, AttributeError: it is not.
    """
    for sighting in found.sightings:
        _check_sighting(sighting)
    for watched in found.watched:
        _check_watched(watched)
    return Findings(tuple(found.sightings), tuple(found.watched))


def _check_sighting(sighting: Sighting) -> None:
    evidence: object = sighting.evidence
    if not isinstance(evidence, Evidence) or evidence.source not in _MAY_TELL or evidence.sign not in _MAY_SEE:
        raise ValueError("no evidence of a detector")
    _check_moments((evidence.at, evidence.noted), sighting.appointment_id)


def _check_watched(watched: Watched) -> None:
    covered: object = watched.covered
    if not isinstance(covered, Covered) or covered.source not in _MAY_TELL:
        raise ValueError("no coverage of a detector")
    _check_moments((covered.span.start, covered.span.end), watched.appointment_id)


def _check_moments(moments: Iterable[object], number: object) -> None:
    if any(getattr(moment, "tzinfo", None) is None for moment in moments):
        raise ValueError("a moment without a time zone")
    if not (number is None or isinstance(number, int)):
        raise TypeError("no number of an appointment")


def _left_out(name: str, error: Exception) -> str:
    what = plain(f"{type(error).__name__}: {error}", 120)
    return f"The detector “{plain(name, _ROOM)}” failed and is left out until the next start: {what}."
