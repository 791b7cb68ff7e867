"""`showup detect`: what the detectors see at this moment, as one would want to know before an interview."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

import click

from showup.cli.parts import now, zone
from showup.config import Settings, load
from showup.core.appointment import Appointment, Details
from showup.core.event import EventKey
from showup.core.evidence import Evidence
from showup.core.recognition.result import Medium
from showup.core.spans import Span, merged
from showup.core.text import plain
from showup.core.verdict.explain import noticed

if TYPE_CHECKING:
    from showup.detectors.plugs import Plug
    from showup.ports import Findings

_LOOK = 0.5
"""Seconds between two looks."""
_QUIET = timedelta(seconds=40)
"""A detector that has covered nothing for so long does not watch: all of them tell more often."""
_ROOM = 200


@dataclass(slots=True)
class _Seen:
    """What one detector has told."""

    detector: "Plug"
    covered: tuple[Span, ...] = ()
    watching: bool = False
    signs: int = 0


@click.command()
@click.option("--for", "seconds", default=60, type=click.IntRange(1, 86_400), metavar="SECONDS", help="How long (60).")
@click.option("--json", "wants_json", is_flag=True, help="Print a line of JSON for each change; see docs/json.md.")
def detect(seconds: int, wants_json: bool) -> None:
    """Show what each detector sees, as it changes.

    Join a test call, or let your phone ring, and see whether it is noticed. Nothing is stored.
    """
    settings = load()
    _Looking(settings, _line if not wants_json else _json).run(seconds)


Show = Callable[[str, str, str, Evidence | None], None]
"""Takes the detector's name, what happened in a word, and in a sentence; and the evidence, where there is any."""


class _Looking:
    """The detectors, and all that they tell."""

    def __init__(self, settings: Settings, show: Show) -> None:
        from showup import wiring

        self._settings, self._show = settings, show
        self._said: SimpleQueue[str] = SimpleQueue()
        self._seen = [_Seen(one) for one in wiring.detectors(settings, self._said.put)]

    def run(self, seconds: int) -> None:
        """Look for so long."""
        begun, pause = now(), Event()
        self._begin(_under_way(self._settings) or (_stand_in(begun),))
        try:
            while now() < begun + timedelta(seconds=seconds):
                self._look(begun)
                pause.wait(min(_LOOK, seconds))
            self._look(begun)
        finally:
            for seen in self._seen:
                seen.detector.close()
        for seen in self._seen:
            self._sum_up(seen, seconds)

    def _begin(self, appointments: tuple[Appointment, ...]) -> None:
        named = {seen.detector.name for seen in self._seen}
        for name in ("sound", "meet", "phone"):
            if not getattr(self._settings.detectors, name):
                self._show(name, "off", "is off in the settings.", None)
        if "meet" in named and not any(one.details.medium is Medium.MEET for one in appointments):
            self._show("meet", "idle", "reads a list only during an interview by Meet, and there is none now.", None)
        for seen in self._seen:
            seen.detector.watch(appointments)

    def _look(self, begun: datetime) -> None:
        while True:
            try:
                self._show("", "says", self._said.get_nowait(), None)
            except Empty:
                break
        for seen in self._seen:
            self._tell(seen, seen.detector.drain(), begun)

    def _tell(self, seen: _Seen, found: "Findings", begun: datetime) -> None:
        seen.covered = merged([*seen.covered, *(one.covered.span for one in found.watched)])
        last = max((span.end for span in seen.covered), default=None)
        watching = last is not None and last > max(now() - _QUIET, begun - _QUIET)
        if watching != seen.watching:
            seen.watching = watching
            self._show(seen.detector.name, "watching" if watching else "blind", _WATCHING[watching], None)
        for sighting in found.sightings:
            seen.signs += 1
            self._show(seen.detector.name, sighting.evidence.sign.value, noticed(sighting.evidence), sighting.evidence)

    def _sum_up(self, seen: _Seen, seconds: int) -> None:
        covered = sum((span.end - span.start).total_seconds() for span in seen.covered)
        told = f"watched {min(round(covered), seconds)} of {seconds} seconds; noticed: {seen.signs or 'nothing'}."
        self._show(seen.detector.name, "summary", told, None)


_WATCHING = {True: "watches.", False: "does not watch any more: what it needs is gone."}


def _under_way(settings: Settings) -> tuple[Appointment, ...]:
    """The interviews of this moment, if there are any."""
    from showup import wiring
    from showup.flow.board import load as board

    if not settings.paths.database.exists():
        return ()
    store = wiring.store(settings)
    try:
        with store.reading() as record:
            return board(record, settings.policy, now()).watched(now())
    finally:
        store.close()


def _stand_in(begun: datetime) -> Appointment:
    """An interview that could be held in any way."""
    return Appointment(0, EventKey("detect"), begun, begun + timedelta(days=1), begun, Details())


def _line(name: str, _event: str, text: str, evidence: Evidence | None) -> None:
    at = (evidence.at if evidence else now()).astimezone(zone())
    click.echo(f"{at:%H:%M:%S}  {plain(name, 20) + '  ' if name else ''}{plain(text, _ROOM)}")


def _json(name: str, event: str, text: str, evidence: Evidence | None) -> None:
    at = evidence.at if evidence else now()
    told = {
        "at": at.isoformat().replace("+00:00", "Z"),
        "detector": name or None,
        "event": event,
        "you": evidence.you if evidence else None,
        "they": evidence.they if evidence else None,
        "text": plain(text, _ROOM),
    }
    click.echo(json.dumps(told))
