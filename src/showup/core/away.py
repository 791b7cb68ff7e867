"""Stretches in which nobody was watching, as facts: the machine slept, or the program did not run."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.policy import Policy
from showup.core.spans import Span

_SIGNS = frozenset({Sign.SLEPT, Sign.STOPPED})
_BLINK = timedelta(minutes=2)
"""What is shorter is not worth a word."""


def away(sign: Sign, start: datetime, end: datetime) -> Evidence:
    """The fact that nobody was watching from `start` to `end`."""
    return Evidence(start, Source.MACHINE, sign, end, moment=end)


def stopped(appointment: Appointment, policy: Policy, coverage: Iterable[Covered], now: datetime) -> Evidence | None:
    """What a program that starts `now` finds out about itself: that it was not there in the appointment's window.

    It writes down with every beat that it watches. Where the window begins without that, nobody knows since when it
    had not been running: then the fact begins with the window.
    """
    window = appointment.window(policy)
    if now <= window.start:
        return None
    watched = [item.span.end for item in coverage if item.source is Source.MACHINE and item.span.start < now]
    since = max([window.start, *watched])
    return away(Sign.STOPPED, since, now) if now - since >= _BLINK and since < appointment.give_up(policy) else None


def missed(evidence: Iterable[Evidence], appointment: Appointment, policy: Policy) -> Evidence | None:
    """The one of these facts that bears most on whether they came in time; None where none does."""
    asked = Span(appointment.start, appointment.give_up(policy) + _BLINK)
    found = {item: _within(item, asked) for item in evidence if item.sign in _SIGNS}
    most = max(found, key=lambda item: found[item], default=None)
    return most if most and found[most] >= _BLINK else None


def _within(item: Evidence, asked: Span) -> timedelta:
    part = Span(item.at, item.moment or item.at).clip(asked)
    return part.end - part.start if part else timedelta(0)
