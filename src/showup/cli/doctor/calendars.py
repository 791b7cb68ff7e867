"""The calendars, and the sign-ins that they need."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from showup.cli.doctor.finding import Check, Finding, broken, ok
from showup.cli.parts import now
from showup.clock import SystemClock
from showup.config import Settings
from showup.core.spans import Span

_SECONDS = 5.0
"""The limit for a request over the network."""


def calendars(settings: Settings) -> Iterator[tuple[str, Check]]:
    """A check for each of them, and one for each account."""
    for place, one in enumerate(settings.calendars):
        yield f"calendar {one.name}", partial(_calendar, place)
    for name in dict.fromkeys(one.account for one in settings.calendars if one.type == "google"):
        yield f"sign-in {name}", partial(sign_in, name)


def _calendar(place: int, settings: Settings) -> Finding:
    from showup.cli.calendar.trial import attempt

    trial = attempt(settings.calendars[place], settings)
    if trial.problem:
        raise trial.problem
    return ok(trial.sentence)


def sign_in(name: str, settings: Settings) -> Finding:
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
        return ok("The sign-in with Google is good.")
    endpoint = next(one.meet_endpoint for one in settings.calendars if one.type == "google" and one.account == name)
    moment = now()
    try:
        MeetApi(name, endpoint, secrets, clock).held("aaa-aaaa-aaa", Span(moment, moment + timedelta(minutes=1)), ())
    except Missing:
        return broken("Google gives out no lists of participants.", "Enable the Google Meet REST API in your project.")
    return ok("The sign-in with Google is good, for lists of participants as well.")
