"""What the flow needs of the outside world. Every edge implements one of these; none knows another."""

from showup.ports.record import Record, Store
from showup.ports.world import (
    CalendarSource,
    Channel,
    Clock,
    Closed,
    Detector,
    Findings,
    Happening,
    Notifier,
    NotifierAway,
    Pressed,
    Reading,
    Returned,
    SecretStore,
    Sighting,
    SourceProblem,
    Watched,
    Window,
)

__all__ = [
    "CalendarSource",
    "Channel",
    "Clock",
    "Closed",
    "Detector",
    "Findings",
    "Happening",
    "Notifier",
    "NotifierAway",
    "Pressed",
    "Reading",
    "Record",
    "Returned",
    "SecretStore",
    "Sighting",
    "SourceProblem",
    "Store",
    "Watched",
    "Window",
]
