"""The port Detector on a phone that rings, by KDE Connect on the session bus. Who calls is never looked at."""

from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

import jeepney
from jeepney.bus_messages import message_bus

from showup.bus import Bus
from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.spans import Span
from showup.ports import Clock, Findings, NotifierAway, Sighting, Watched

NAME = "org.kde.kdeconnect"
DAEMON = jeepney.DBusAddress("/modules/kdeconnect", bus_name=NAME, interface=f"{NAME}.daemon")
_TELEPHONY, _DEVICE = f"{NAME}.device.telephony", f"{NAME}.device"
_SIGNS = {"callReceived": Sign.RANG, "ringing": Sign.RANG, "missedCall": Sign.MISSED}
"""What the signal `callReceived` says first: the daemon's word for ringing, or the phone's; nothing for answering."""
_MATCHES = (
    f"type='signal',sender='{NAME}',interface='{_TELEPHONY}'",
    f"type='signal',sender='{NAME}',interface='{_DEVICE}',member='reachableChanged'",
    f"type='signal',sender='{message_bus.bus_name}',member='NameOwnerChanged',arg0='{NAME}'",
)
_EVERY = 5.0
"""Seconds between two looks whether a phone can be reached."""
_LIMIT = 2.0


class PhoneDetector:
    """See the port Detector. It listens only for appointments by phone, and those of which it is not known how."""

    def __init__(self, clock: Clock, every: float = _EVERY) -> None:
        self._clock, self._every = clock, every
        self._listening: _Listening | None = None

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Watch for these from now on; with none that may be by phone, do nothing."""
        wanted = any(one.details.by_phone for one in appointments)
        if wanted and not self._listening:
            self._listening = _Listening(self._clock, self._every)
        elif not wanted:
            self._stop()

    def restart(self) -> None:
        """Begin anew."""
        if self._listening:
            self._stop()
            self._listening = _Listening(self._clock, self._every)

    def drain(self) -> Findings:
        """What was noticed and watched since the last call."""
        return self._listening.drain() if self._listening else Findings()

    def close(self) -> None:
        """Stop for good."""
        self._stop()

    def _stop(self) -> None:
        if self._listening:
            self._listening.stop()
            self._listening = None


class _Listening:
    """A thread that asks whether a phone can be reached, and takes what the bus says in between."""

    def __init__(self, clock: Clock, every: float) -> None:
        self._clock, self._every = clock, every
        self._lock = Lock()
        self._since: datetime | None = None
        self._sightings: list[Sighting] = []
        self._watched: list[Watched] = []
        self._woken: SimpleQueue[None] = SimpleQueue()
        self._over = Event()
        self._bus: Bus | None = None
        self._owner = ""
        Thread(target=self._run, name="showup-phone", daemon=True).start()

    def drain(self) -> Findings:
        """What there is."""
        with self._lock:
            found = Findings(tuple(self._sightings), tuple(self._watched))
            self._sightings, self._watched = [], []
        return found

    def stop(self) -> None:
        """End it, without waiting."""
        self._over.set()
        self._woken.put(None)

    def _run(self) -> None:
        while not self._over.is_set():
            asked = self._clock.now()
            self._tell(asked, reachable=self._reachable())
            try:
                self._woken.get(timeout=self._every)
            except Empty:
                continue
        if self._bus:
            self._bus.close()

    def _tell(self, asked: datetime, *, reachable: bool) -> None:
        """Coverage reaches from the end of one good look to the beginning of the next, if nothing was lost between."""
        with self._lock:
            if self._since is not None and reachable and self._since <= asked:
                self._cover(self._since, asked)
                self._since = asked
            else:
                self._since = self._clock.now() if reachable else None

    def _reachable(self) -> bool:
        """Whether the daemon is there, and a phone that belongs to it: one bus call each; it starts no service."""
        try:
            bus = self._connected()
            if not bus.call(message_bus.NameHasOwner(NAME), "b")[0]:
                return False
            (self._owner,) = bus.call(message_bus.GetNameOwner(NAME), "s")
            (devices,) = bus.call(jeepney.new_method_call(DAEMON, "devices", "bb", (True, True)), "as")
        except NotifierAway:
            return False
        return bool(devices)

    def _connected(self) -> Bus:
        if self._bus and not self._bus.lost:
            return self._bus
        if self._bus:
            self._bus.close()
        bus = self._bus = Bus(self._heard, _LIMIT)
        for match in _MATCHES:
            bus.call(message_bus.AddMatch(match))
        return bus

    # ---- in the bus's thread

    def _heard(self, signal: Any) -> None:  # noqa: ANN401 - jeepney publishes no types
        fields = signal.header.fields
        sender, member = fields.get(jeepney.HeaderFields.sender), fields.get(jeepney.HeaderFields.member)
        signature = fields.get(jeepney.HeaderFields.signature)
        if member == "callReceived" and signature == "sss" and sender == self._owner:
            self._call(_SIGNS.get(signal.body[0]))
        elif member == "NameOwnerChanged" or (member == "reachableChanged" and sender == self._owner):
            self._lost()

    def _call(self, sign: Sign | None) -> None:
        now = self._clock.now()
        with self._lock:
            if sign is None or self._over.is_set():
                return
            if self._since is not None and self._since <= now:
                self._cover(self._since, now)
            self._since = now  # what came through shows that it can be reached
            self._sightings.append(Sighting(Evidence(now, Source.PHONE, sign, now)))

    def _lost(self) -> None:
        """Something has come or gone: look anew, and do not claim the time up to then."""
        with self._lock:
            self._since = None
        self._woken.put(None)

    def _cover(self, start: datetime, end: datetime) -> None:
        self._watched.append(Watched(Covered(Span(start, end), Source.PHONE)))
