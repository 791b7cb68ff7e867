"""What has been noticed and watched since it was last asked: the detector's side of the port's rules."""

from datetime import datetime, timedelta
from threading import Lock

from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.spans import Span
from showup.ports import Findings, Sighting, Watched

_FRESH = timedelta(seconds=1.5)
"""A sign of life of the sound server (there is one each half second) vouches for so much after it, and no more."""
_MOMENT = timedelta(0)


class Account:
    """Keeps who is there, and since when it has been heard without a gap; for any thread. Times are aware UTC."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._you = self._they = self._begun = False
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._alive: datetime | None = None
        self._sightings: list[Sighting] = []
        self._watched: list[Watched] = []

    def anew(self) -> None:
        """What was known is known no more: the watching begins again, or the sound server has gone."""
        with self._lock:
            self._close()
            self._you = self._they = self._begun = False

    def hear(self, now: datetime) -> None:
        """It could be heard up to now. A stretch begins with who is there at that moment."""
        with self._lock:
            if self._since is None:
                self._since = now
                self._retell(now)
            self._begun = True
            self._alive = now
            self._until = max(now, self._until or now)

    def deafen(self, now: datetime) -> None:
        """Nothing can be told of them; whether you are there still can. What was heard of them holds no longer."""
        with self._lock:
            if not self._begun:
                # A stretch of no length marks where it began: who is there then may have been there before.
                self._watched.append(_watched(now, now))
            self._begun = True
            self._close()
            self._they = False

    def you(self, inside: bool, at: datetime, noted: datetime) -> None:
        """You came or left."""
        with self._lock:
            if inside != self._you:
                self._you = inside
                self._see(Sign.YOU_IN if inside else Sign.YOU_OUT, at, noted)

    def they(self, sign: Sign, at: datetime, noted: datetime) -> None:
        """They began to speak, or have been silent since `at`; both only as far as it was heard."""
        with self._lock:
            if self._since is not None and (sign is Sign.THEY_IN) != self._they:
                self._they = sign is Sign.THEY_IN
                self._see(sign, max(at, self._since), noted)

    def drain(self, now: datetime) -> Findings:
        """Everything up to now; a stretch that goes on is told whole, by its start."""
        with self._lock:
            if self._since is not None and self._until is not None:
                if self._alive is not None and _MOMENT <= now - self._alive <= _FRESH:
                    self._until = now
                self._watched.append(_watched(self._since, self._until))
            findings = Findings(tuple(self._sightings), tuple(self._watched))
            self._sightings, self._watched = [], []
            return findings

    def _retell(self, now: datetime) -> None:
        for there, sign in ((self._you, Sign.YOU_IN), (self._they, Sign.THEY_IN)):
            if there:
                self._see(sign, now, now)

    def _close(self) -> None:
        if self._since is not None and self._until is not None:
            self._watched.append(_watched(self._since, self._until))
        self._since = self._until = self._alive = None

    def _see(self, sign: Sign, at: datetime, noted: datetime) -> None:
        self._sightings.append(Sighting(Evidence(at, Source.SOUND, sign, noted)))


def _watched(start: datetime, end: datetime) -> Watched:
    return Watched(Covered(Span(start, end), Source.SOUND))
