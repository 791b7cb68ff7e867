"""Settings to edges: the only file that knows which edge is in use. Heavy ones are imported where they are used."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from showup.clock import SystemClock, machine_zone
from showup.core.event import Event
from showup.core.problem import Problem
from showup.core.recognition.result import Memory, Recognition
from showup.flow.judge import Judge
from showup.service import notify

if TYPE_CHECKING:
    from showup.config import CalendarSettings, Settings
    from showup.core.letter import Letters
    from showup.detectors.machine import Sleep
    from showup.detectors.plugs import Plug
    from showup.flow.collect import Collector
    from showup.flow.forward import Forwarder
    from showup.flow.identity import Domains
    from showup.flow.watch import Watch
    from showup.ports import CalendarSource, Notifier, SecretStore, Store
    from showup.rehearsal.report import Outcome
    from showup.rehearsal.story import Story
    from showup.store.copies import Copies
    from showup.store.database import Database
    from showup.web.service import Page

Recognise = Callable[[Event, Memory], Recognition]
Decided = Callable[[Event, Recognition], None]


def store(settings: "Settings") -> "Database":
    """The record, made where there is none, for a moment: it is to be closed soon."""
    from showup.store.database import Database

    return Database(settings.paths.database, briefly=True)


def copies(settings: "Settings") -> "Copies":
    """The copies of the record that lie beside it."""
    from showup.store.copies import Copies

    return Copies(settings.paths.database)


def finish_forgetting(settings: "Settings", record: "Database", today: date) -> int:
    """Have what was forgotten leave the record's log and then its copies, which are made of it; how many were removed.

    Raises:
        Problem: it is still in some.
    """
    record.scrub()
    return copies(settings).renew(today)


def store_for_long(settings: "Settings") -> "Database":
    """The same for a process that lives long: it does not keep in memory what making it takes."""
    from showup.store.database import Database, make_apart

    make_apart(settings.paths.database)
    return Database(settings.paths.database)


def judge(settings: "Settings") -> Judge:
    """The judge, with the person's figures and time zone."""
    return Judge(settings.policy, zone())


def letters(settings: "Settings") -> "Letters":
    """The texts of the polite message: the person's own, else those in the language that is set.

    Raises:
        Problem: there are none in that language, or the person's own file is damaged.
    """
    from showup.config.letter import with_own
    from showup.knowledge import letters as known

    if settings.letter.language not in known.languages():
        there = ", ".join(known.languages())
        raise Problem(f"There is no letter in “{settings.letter.language}”.", f"Set letter.language to one of {there}.")
    return with_own(known.letters(settings.letter.language), settings.paths.config.parent)


def zone() -> tzinfo | None:
    """The person's time zone; None where it has no name, which is that of the machine."""
    name = machine_zone()
    return ZoneInfo(name) if name else None


def recogniser(settings: "Settings") -> Recognise:
    """How events are recognised for this person."""
    owner = frozenset(settings.owner)
    return lambda event, memory: recognise(event, owner, memory)


def recognise(event: Event, owner: frozenset[str], memory: Memory) -> Recognition:
    """Whether an event is an interview, by all that is known."""
    from showup import knowledge
    from showup.core.recognition.recognise import recognise as find

    return find(event, owner, knowledge.load(), memory)


def between(address: str) -> bool:
    """Whether an address belongs to a service that plans for others."""
    from showup import knowledge

    return knowledge.load().sender(address.rpartition("@")[2].casefold()) is not None


def domains() -> "Domains":
    """Whose a domain can be, as recognition sees it."""
    from showup import knowledge
    from showup.flow.identity import Domains

    return Domains(knowledge.load().registrable, between)


def collectors(settings: "Settings", record: "Store", decided: Decided | None = None) -> "list[Collector]":
    """One for each calendar; `decided` is told what became of every event that is looked at."""
    from showup.flow.collect import Collector
    from showup.flow.keep import Rules

    rules = Rules(judge(settings), frozenset(settings.owner), between)
    find = partial(_tell_of, recogniser(settings), decided)
    return [Collector(source(one, settings), one.type, record, rules, find) for one in settings.calendars]


def has_desktop() -> bool:
    """Whether there is a session bus to find a notification server on; a service waits for one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    here = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (runtime and Path(runtime, "bus").exists())
    return notify.managed() or bool(here)


def notifier(say: Callable[[str], None], wake: Callable[[], None]) -> "Notifier":
    """The desktop's notification server; without a desktop the lines of a terminal."""
    if has_desktop():
        from showup.desktop.notifications import DesktopNotifier

        return DesktopNotifier(wake)
    from showup.desktop.terminal import TerminalNotifier

    return TerminalNotifier(say)


def detectors(settings: "Settings", say: Callable[[str], None]) -> "tuple[Plug, ...]":
    """What notices who is in the call, as far as it is wanted; `say` is told, by any thread, what is not there."""
    from showup.detectors.needs import GoogleAccount, Needs
    from showup.detectors.plugs import detectors as plugged

    told = settings.detectors
    signed_in = (calendar for calendar in settings.calendars if calendar.type == "google")
    accounts = tuple(dict.fromkeys(GoogleAccount(one.account, one.meet_endpoint) for one in signed_in))
    needs = Needs(SystemClock(), say, secrets(settings, awaited=True), settings.policy, accounts)
    own = {name: needs for name in ("sound", "meet", "phone") if getattr(told, name)}
    if "meet" in own:
        own["meet"] = replace(needs, options={"note_takers": told.note_takers})
    return plugged(own | {plug.name: replace(needs, options=plug.options) for plug in told.plugs})


def watch(
    settings: "Settings",
    record: "Store",
    screen: "Notifier",
    decided: Decided | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> "Watch":
    """The daemon's work, on the real world. `say` is told, by any thread, what the detectors have to say."""
    from showup.flow.observe import Observer
    from showup.flow.tell import Teller
    from showup.flow.watch import Parts, Watch

    clock, one = SystemClock(), replace(judge(settings), letters=letters(settings))
    sources, observer = collectors(settings, record, decided), Observer(clock, detectors(settings, say))
    told = Teller(screen, record, one)
    return Watch(Parts(clock, record, one, observer, sources, told, forwarder(settings, record, say)))


def forwarder(settings: "Settings", record: "Store", say: Callable[[str], None]) -> "Forwarder | None":
    """What sends notices to the person's phone as well; None where that is not wanted."""
    from showup.desktop.push import PushChannel
    from showup.flow.forward import Forwarder, Rule

    push = settings.push
    rule = Rule(frozenset(push.kinds), timedelta(minutes=push.after_minutes))
    return Forwarder(PushChannel(push.urls, say), record, rule) if push.urls else None


def page(current: "Callable[[], Settings]", say: Callable[[str], None]) -> "Page":
    """The page in the browser, by the settings of any moment; nothing heavy is imported before it is opened."""
    from showup.web.desk import Desk
    from showup.web.questions import NAME
    from showup.web.service import Page, Terms

    def terms() -> Terms:
        return Terms(current().web.port, current().web.idle_minutes * 60.0)

    paths = current().paths
    own = paths.config.parent / NAME
    desk = Desk(lambda: store(current()), lambda: judge(current()), SystemClock(), own, say)
    return Page(desk, paths.runtime / "web", terms)


def sleep(before: Callable[[], None], after: Callable[[], None]) -> "Sleep":
    """What tells that the machine is about to sleep, and that it is awake again."""
    from showup.detectors.machine import Sleep

    return Sleep(before, after)


def rehearse(story: "Story", on_step: Callable[[datetime, str], None] | None = None) -> "Outcome":
    """Play a story on a record of its own, which is gone afterwards."""
    from showup.rehearsal import report
    from showup.store.database import temporary

    with tempfile.TemporaryDirectory(prefix="showup-") as folder:
        record = temporary(Path(folder), alone=True)
        try:
            play(story, record, on_step)
            return report.outcome(record)
        finally:
            record.close()


def play(story: "Story", record: "Store", on_step: Callable[[datetime, str], None] | None = None) -> None:
    """Play a story on this record."""
    from showup.config.options import settings_from
    from showup.knowledge import letters as texts
    from showup.rehearsal.play import Cast, Play

    settings = settings_from(story.config)
    # In a story a machine has the detectors that it names, and no others.
    named = story.config.get("detectors", {})
    detectors = [name for name in ("sound", "meet", "phone") if named.get(name) and getattr(settings.detectors, name)]
    shown_in = story.shown_in.tzinfo or zone()
    cast = Cast(record, settings.policy, detectors, recognise, between, shown_in, texts.letters("en"))
    Play(story, cast, on_step).run()


def _tell_of(find: Recognise, decided: Decided | None, event: Event, memory: Memory) -> Recognition:
    found = find(event, memory)
    if decided:
        decided(event, found)
    return found


def source(calendar: "CalendarSettings", settings: "Settings") -> "CalendarSource":
    """What reads a calendar."""
    if calendar.type == "google":
        from showup.calendars.google.source import GoogleCalendar

        kept, ids, at = secrets(settings, awaited=True), calendar.calendars, calendar.api_endpoint
        return GoogleCalendar(calendar.name, calendar.account, kept, SystemClock(), calendars=ids, endpoint=at)
    if calendar.type == "caldav":
        from showup.calendars.caldav import CaldavCalendar

        kept = secrets(settings, awaited=True)
        return CaldavCalendar(calendar.name, calendar.url, calendar.user, kept, zone=machine_zone())
    from showup.calendars.ics import IcsCalendar

    return IcsCalendar(calendar.name, calendar.url or str(calendar.path), zone=machine_zone())


def secrets(settings: "Settings", *, awaited: bool = False) -> "SecretStore":
    """Where tokens and passwords lie: the keyring, or a file beside the settings where there is none.

    `awaited` where only those are asked for that calendars of the settings need.
    """
    from showup.secrets import ChosenSecrets, FileSecrets, KeyringSecrets

    return ChosenSecrets(KeyringSecrets(), FileSecrets(settings.paths.config.parent / "secrets"), awaited=awaited)


def secret_of(calendar: "CalendarSettings") -> str:
    """The key of the secret that a calendar needs; empty where it needs none. Several may share one."""
    if calendar.type == "google":
        from showup.google.account import key

        return key(calendar.account)
    if calendar.type == "caldav":
        from showup.calendars.caldav import secret_key

        return secret_key(calendar.url, calendar.user)
    return ""
