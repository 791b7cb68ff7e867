"""The parts of the desktop: notices, sound, phone, sleep."""

from typing import TYPE_CHECKING

from showup.cli.doctor.finding import Finding, absent, broken, ok
from showup.config import Settings
from showup.ports import NotifierAway

if TYPE_CHECKING:
    from showup.bus import Bus

_LIMIT = 2.0
"""Seconds for a call on a bus."""


def notices(_settings: Settings) -> Finding:
    """The notification server."""
    import jeepney

    from showup.desktop.call import SERVER

    try:
        bus = _bus()
    except NotifierAway:
        return absent(
            "There is no session bus, so notices are printed.", "Start showup on a desktop for notices there."
        )
    try:
        name, *_ = bus.call(jeepney.new_method_call(SERVER, "GetServerInformation"), "ssss")
        (able,) = bus.call(jeepney.new_method_call(SERVER, "GetCapabilities"), "as")
    except NotifierAway:
        return absent("No notification server answers.", "Start one, such as dunst; until then notices wait.")
    finally:
        bus.close()
    if "actions" not in able:
        return ok(f"{name} shows notices, but no buttons: they name the command instead.")
    return ok(f"{name} shows notices with buttons.")


def sound(settings: Settings) -> Finding:
    """The sound server."""
    if not settings.detectors.sound:
        return absent("The sound is not listened to: sound = false.")
    try:
        from pulsectl import Pulse, PulseError
    except OSError:
        return absent("The library libpulse is not installed.", "Install it; without it showup asks you.")
    try:
        with Pulse("showup-doctor", connect=False) as pulse:
            pulse.connect(timeout=_LIMIT)
            name = str(pulse.server_info().server_name)
    except PulseError:
        return absent("No sound server answers.", "Start PulseAudio or PipeWire; without it showup asks you.")
    return ok(f"{name} answers.")


def phone(settings: Settings) -> Finding:
    """KDE Connect, and a phone that it reaches."""
    import jeepney

    from showup.detectors.phone import DAEMON

    if not settings.detectors.phone:
        return absent("The phone is not watched: phone = false.")
    try:
        bus = _bus()
    except NotifierAway:
        return broken("There is no session bus to find KDE Connect on.", "Start showup on a desktop.")
    try:
        (devices,) = bus.call(jeepney.new_method_call(DAEMON, "devices", "bb", (True, True)), "as")
    except NotifierAway:
        return broken("KDE Connect does not run.", "Install and start it, and pair your phone; or set phone = false.")
    finally:
        bus.close()
    if not devices:
        return broken("No paired phone can be reached.", "Open KDE Connect on it; both must be in the same network.")
    return ok("A paired phone can be reached.")


def sleep(_settings: Settings) -> Finding:
    """Whether anybody tells that the computer sleeps."""
    from jeepney.bus_messages import message_bus

    from showup.bus import system_address
    from showup.detectors.machine import NAME

    told = absent("Nobody tells that the computer sleeps; the clocks show it afterwards.")
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
    return ok("logind tells that the computer sleeps.") if there else told


def _bus(address: str = "") -> "Bus":
    from showup.bus import Bus

    return Bus(lambda _signal: None, _LIMIT, address)
