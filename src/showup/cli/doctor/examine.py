"""Every part tried for real, one after the other. What goes wrong is a finding, not a failure of the trial."""

import os
from collections.abc import Iterator
from functools import partial

from showup.cli.doctor import calendars, desktop
from showup.cli.doctor.finding import Check, Finding, State, absent, ok
from showup.cli.doctor.keyring import keyring
from showup.cli.doctor.reach import reach
from showup.cli.parts import now, running
from showup.clock import machine_zone
from showup.config import Settings
from showup.core.lengths import times
from showup.core.problem import Problem


def examine(settings: Settings, *, push: bool = False) -> Iterator[Finding]:
    """Try all parts; with `push` a notice is really sent to the person's phone."""
    checks: list[tuple[str, Check]] = [
        ("record", _record),
        *calendars.calendars(settings),
        *((f"plug {one.name}", partial(_plug, one.name)) for one in settings.detectors.plugs),
        *reach(settings, push=push),
        *_PARTS.items(),
    ]
    if not settings.calendars:
        yield Finding("calendars", State.BROKEN, "No calendar is set up.", "Add one: `showup calendar add`.")
    for name, check in checks:
        yield _tried(name, check, settings)


def part(name: str, settings: Settings) -> Finding:
    """Try one part: clock, notices, sound, phone, keyring, sleep or service."""
    return _tried(name, _PARTS[name], settings)


def sign_in(name: str, settings: Settings) -> Finding:
    """Try the sign-in of a Google account."""
    return _tried(f"sign-in {name}", partial(calendars.sign_in, name), settings)


def _tried(name: str, check: Check, settings: Settings) -> Finding:
    try:
        found = check(settings)
    except Problem as problem:
        found = Finding(name, State.BROKEN, problem.sentence, problem.remedy)
    return Finding(name, found.state, found.text, found.remedy)


def _record(settings: Settings) -> Finding:
    from showup import wiring

    if not settings.paths.database.exists():
        return absent("There is no record yet.", "`showup run` makes it.")
    store = wiring.store_for_long(settings)  # as the daemon opens it, which needs more than a command
    try:
        with store.reading() as record:
            count = len(record.calendars())
    finally:
        store.close()
    return ok(f"It can be read; it knows of {times(count, 'calendar')}.")


def _plug(name: str, _settings: Settings) -> Finding:
    from showup.detectors.plugs import installed

    installed(name)
    return ok("The detector is installed.")


def _clock(_settings: Settings) -> Finding:
    zone = machine_zone()
    told = f"{now():%Y-%m-%d %H:%M:%S} UTC, time zone {zone or 'without a name'}"
    if zone is None:
        return absent(f"{told}.", "Set one, such as TZ=Europe/Berlin.")
    return ok(f"{told}.")


def _service(settings: Settings) -> Finding:
    if running(settings.paths):
        return ok("showup is running.")
    from showup.service.manager import Manager, NoManager

    try:
        Manager(os.environ).folders()
    except NoManager as nobody:
        return absent("showup is not running.", nobody.remedy)
    return absent("showup is not running.", "`showup service install` has it start with your session.")


_PARTS: dict[str, Check] = {
    "clock": _clock,
    "notices": desktop.notices,
    "sound": desktop.sound,
    "phone": desktop.phone,
    "keyring": keyring,
    "sleep": desktop.sleep,
    "service": _service,
}
