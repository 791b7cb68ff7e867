"""Every part tried for real, one function each. What goes wrong is a finding, not a failure of the trial."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from showup.cli.parts import now, running
from showup.clock import SystemClock, machine_zone
from showup.config import Settings
from showup.core.problem import Problem
from showup.core.spans import Span
from showup.ports import NotifierAway

if TYPE_CHECKING:
    from showup.bus import Bus

_LIMIT = 2.0
_SECONDS = 5.0
"""Limits for a call on a bus, and for one over the network."""


class State(StrEnum):
    """How a part is: it works, it is not there and need not be, or it is needed and does not work."""

    OK = "ok"
    ABSENT = "not there"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of trying one part: a sentence, and what to do."""

    name: str
    state: State
    text: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Try all parts, one after the other."""
    checks: list[tuple[str, Callable[[Settings], Finding]]] = [
        ("record", _record),
        *((f"calendar {one.name}", partial(_calendar, place)) for place, one in enumerate(settings.calendars)),
        *((f"sign-in {name}", partial(_sign_in, name)) for name in _accounts(settings)),
        *((f"plug {one.name}", partial(_plug, one.name)) for one in settings.detectors.plugs),
        *((name, check) for name, check in _PARTS.items()),
    ]
    if not settings.calendars:
        yield Finding("calendars", State.BROKEN, "No calendar is set up.", "Add one: `showup calendar add`.")
    for name, check in checks:
        yield _tried(name, check, settings)


def part(name: str, settings: Settings) -> Finding:
    """Try one part: clock, notices, sound, phone, keyring, sleep or service."""
    return _tried(name, _PARTS[name], settings)


def _tried(name: str, check: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        found = check(settings)
    except Problem as problem:
        found = Finding(name, State.BROKEN, problem.sentence, problem.remedy)
    return Finding(name, found.state, found.text, found.remedy)


def _ok(text: str) -> Finding:
    return Finding("", State.OK, text)


def _absent(text: str, remedy: str = "") -> Finding:
    return Finding("", State.ABSENT, text, remedy)


def _broken(text: str, remedy: str) -> Finding:
    return Finding("", State.BROKEN, text, remedy)


def _record(settings: Settings) -> Finding:
    from showup import wiring

    if not settings.paths.database.exists():
        return _absent("There is no record yet.", "`showup run` makes it.")
    store = wiring.store(settings)
    try:
        with store.reading() as record:
            count = len(record.calendars())
    finally:
        store.close()
    return _ok(f"It can be read; it knows of {count} calendar{'' if count == 1 else 's'}.")


def _calendar(place: int, settings: Settings) -> Finding:
    from showup.cli.calendar.trial import attempt

    trial = attempt(settings.calendars[place], settings)
    if trial.problem:
        raise trial.problem
    return _ok(trial.sentence)


def _accounts(settings: Settings) -> list[str]:
    found = (one.account for one in settings.calendars if one.type == "google")
    return list(dict.fromkeys(found))


def sign_in(name: str, settings: Settings) -> Finding:
    """Try the sign-in of a Google account."""
    return _tried(f"sign-in {name}", partial(_sign_in, name), settings)


def _sign_in(name: str, settings: Settings) -> Finding:
    """Renewed for real, and a list of participants asked for where these are wanted."""
    from showup import wiring
    from showup.detectors.meet_api import MeetApi
    from showup.google.account import Account
    from showup.google.refusal import Missing
    from showup.google.transport import send

    secrets, clock = wiring.secrets(settings), SystemClock()
    account = Account(name, secrets, clock)
    account.bearer(partial(send, seconds=_SECONDS), refused=account.token().access)
    if not settings.detectors.meet:
        return _ok("The sign-in with Google is good.")
    endpoint = next(one.meet_endpoint for one in settings.calendars if one.type == "google" and one.account == name)
    moment = now()
    try:
        MeetApi(name, endpoint, secrets, clock).held("aaa-aaaa-aaa", Span(moment, moment + timedelta(minutes=1)), ())
    except Missing:
        return _broken("Google gives out no lists of participants.", "Enable the Google Meet REST API in your project.")
    return _ok("The sign-in with Google is good, for lists of participants as well.")


def _plug(name: str, _settings: Settings) -> Finding:
    from showup.detectors.plugs import find

    find(name)
    return _ok("The detector is installed.")


def _clock(_settings: Settings) -> Finding:
    zone = machine_zone()
    told = f"{now():%Y-%m-%d %H:%M:%S} UTC, time zone {zone or 'without a name'}"
    if zone is None:
        return _absent(f"{told}.", "Set one, such as TZ=Europe/Berlin.")
    return _ok(f"{told}.")


def _notices(_settings: Settings) -> Finding:
    import jeepney

    from showup.desktop.call import SERVER

    try:
        bus = _bus()
    except NotifierAway:
        return _absent(
            "There is no session bus, so notices are printed.", "Start showup on a desktop for notices there."
        )
    try:
        name, *_ = bus.call(jeepney.new_method_call(SERVER, "GetServerInformation"), "ssss")
        (able,) = bus.call(jeepney.new_method_call(SERVER, "GetCapabilities"), "as")
    except NotifierAway:
        return _absent("No notification server answers.", "Start one, such as dunst; until then notices wait.")
    finally:
        bus.close()
    if "actions" not in able:
        return _ok(f"{name} shows notices, but no buttons: they name the command instead.")
    return _ok(f"{name} shows notices with buttons.")


def _bus(address: str = "") -> "Bus":
    from showup.bus import Bus

    return Bus(lambda _signal: None, _LIMIT, address)


def _sound(settings: Settings) -> Finding:
    if not settings.detectors.sound:
        return _absent("The sound is not listened to: sound = false.")
    try:
        from pulsectl import Pulse, PulseError
    except OSError:
        return _absent("The library libpulse is not installed.", "Install it; without it showup asks you.")
    try:
        with Pulse("showup-doctor", connect=False) as pulse:
            pulse.connect(timeout=_LIMIT)
            name = str(pulse.server_info().server_name)
    except PulseError:
        return _absent("No sound server answers.", "Start PulseAudio or PipeWire; without it showup asks you.")
    return _ok(f"{name} answers.")


def _keyring(settings: Settings) -> Finding:
    from showup import wiring
    from showup.secrets.ring import Absent, KeyringSecrets

    try:
        KeyringSecrets().get("doctor")
    except Absent:
        place = wiring.secrets(settings).place
        return _absent("There is no keyring.", f"Passwords and sign-ins lie in {_file(settings) or place}.")
    except Problem as problem:
        needed = any(wiring.secret_of(one) for one in settings.calendars)
        return Finding("", State.BROKEN if needed else State.ABSENT, problem.sentence, problem.remedy)
    return _ok("It can be asked.")


def _file(settings: Settings) -> str:
    from showup.secrets import FileSecrets

    return FileSecrets(settings.paths.config.parent / "secrets").place


def _phone(settings: Settings) -> Finding:
    import jeepney

    from showup.detectors.phone import DAEMON

    if not settings.detectors.phone:
        return _absent("The phone is not watched: phone = false.")
    try:
        bus = _bus()
    except NotifierAway:
        return _broken("There is no session bus to find KDE Connect on.", "Start showup on a desktop.")
    try:
        (devices,) = bus.call(jeepney.new_method_call(DAEMON, "devices", "bb", (True, True)), "as")
    except NotifierAway:
        return _broken("KDE Connect does not run.", "Install and start it, and pair your phone; or set phone = false.")
    finally:
        bus.close()
    if not devices:
        return _broken("No paired phone can be reached.", "Open KDE Connect on it; both must be in the same network.")
    return _ok("A paired phone can be reached.")


def _sleep(_settings: Settings) -> Finding:
    from jeepney.bus_messages import message_bus

    from showup.bus import system_address
    from showup.detectors.machine import NAME

    told = _absent("Nobody tells that the computer sleeps; the clocks show it afterwards.")
    try:
        bus = _bus(system_address())
    except NotifierAway:
        return told
    try:
        (there,) = bus.call(message_bus.NameHasOwner(NAME), "b")
    except NotifierAway:
        return told
    finally:
        bus.close()
    return _ok("logind tells that the computer sleeps.") if there else told


def _service(settings: Settings) -> Finding:
    if running(settings.paths):
        return _ok("showup is running.")
    return _absent("showup is not running.", "`showup service install` has it start with your session.")


_PARTS = {
    "clock": _clock,
    "notices": _notices,
    "sound": _sound,
    "phone": _phone,
    "keyring": _keyring,
    "sleep": _sleep,
    "service": _service,
}
