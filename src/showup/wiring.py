"""Settings to edges: the only file that knows which edge is in use."""

import os
import tempfile
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from showup import knowledge
from showup.calendars.ics import IcsCalendar
from showup.clock import SystemClock, machine_zone
from showup.config import CalendarSettings, Settings
from showup.config.options import settings_from
from showup.core.event import Event
from showup.core.problem import Problem
from showup.core.recognition import recognise
from showup.core.recognition.result import Memory, Recognition
from showup.desktop.notifications import DesktopNotifier
from showup.desktop.terminal import TerminalNotifier
from showup.flow.collect import Collector
from showup.flow.judge import Judge
from showup.flow.keep import Rules
from showup.flow.observe import Observer
from showup.flow.tell import Teller
from showup.flow.watch import Parts, Watch
from showup.ports import CalendarSource, Notifier, Store
from showup.rehearsal import report
from showup.rehearsal.play import Cast, Play
from showup.rehearsal.story import Story
from showup.store.database import Database, temporary

Recognise = Callable[[Event, Memory], Recognition]
Decided = Callable[[Event, Recognition], None]


def store(settings: Settings) -> Database:
    """The record, made where there is none."""
    return Database(settings.paths.database)


def judge(settings: Settings) -> Judge:
    """The judge, with the person's figures and time zone."""
    return Judge(settings.policy, zone())


def zone() -> tzinfo:
    """The person's time zone."""
    return ZoneInfo(machine_zone() or "UTC")


def recogniser(settings: Settings) -> Recognise:
    """How events are recognised for this person."""
    owner = frozenset(settings.owner)
    return lambda event, memory: recognise(event, owner, knowledge.load(), memory)


def between(address: str) -> bool:
    """Whether an address belongs to a service that plans for others."""
    return knowledge.load().sender(address.rpartition("@")[2].casefold()) is not None


def collectors(settings: Settings, record: Store, decided: Decided | None = None) -> list[Collector]:
    """One for each calendar; `decided` is told what became of every event that is looked at."""
    rules = Rules(judge(settings), frozenset(settings.owner), between)
    find = partial(_tell_of, recogniser(settings), decided)
    return [Collector(_source(one), one.type, record, rules, find) for one in settings.calendars]


def notifier(say: Callable[[str], None], wake: Callable[[], None]) -> Notifier:
    """The desktop's notification server; without a session bus the lines of a terminal."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    bus = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (runtime and Path(runtime, "bus").exists())
    return DesktopNotifier(wake) if bus else TerminalNotifier(say)


def watch(settings: Settings, record: Store, screen: Notifier, decided: Decided | None = None) -> Watch:
    """The daemon's work, on the real world."""
    clock, one = SystemClock(), judge(settings)
    observer = Observer(clock, ())
    return Watch(
        Parts(clock, record, one, observer, collectors(settings, record, decided), Teller(screen, record, one))
    )


def rehearse(story: Story, on_step: Callable[[datetime, str], None] | None = None) -> report.Outcome:
    """Play a story on a record of its own, which is gone afterwards."""
    settings = settings_from(story.config)
    with tempfile.TemporaryDirectory(prefix="showup-") as folder:
        record = temporary(Path(folder))
        try:
            Play(story, _cast(record, settings, story), on_step).run()
            return report.outcome(record)
        finally:
            record.close()


def _cast(record: Store, settings: Settings, story: Story) -> Cast:
    # In a story a machine has the detectors that it names, and no others.
    named = story.config.get("detectors", {})
    detectors = [name for name in ("sound", "meet", "phone") if named.get(name) and getattr(settings.detectors, name)]
    return Cast(record, settings.policy, detectors, _recognise, between, story.shown_in.tzinfo or zone())


def _recognise(event: Event, owner: frozenset[str], memory: Memory) -> Recognition:
    return recognise(event, owner, knowledge.load(), memory)


def _tell_of(find: Recognise, decided: Decided | None, event: Event, memory: Memory) -> Recognition:
    found = find(event, memory)
    if decided:
        decided(event, found)
    return found


def _source(calendar: CalendarSettings) -> CalendarSource:
    if calendar.type != "ics":
        raise Problem(
            f"This version reads .ics calendars; “{calendar.name}” is of type {calendar.type}.",
            "Export it as an .ics file or address, or take it out of the settings.",
        )
    return IcsCalendar(calendar.name, calendar.url or str(calendar.path), zone=machine_zone())
