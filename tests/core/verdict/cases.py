"""Cases written the way one tells them: `case("you_in -2", "speech +12", covered="sound -10..30")`.

All figures are minutes from the start S. The parts of an event are `[source] sign minute [name=value]…`:

    "you_in -2", "speech 12", "quiet 20", "you_out 31"   sound
    "meet you_in -2", "meet they_in 12"                  a participant list
    "rang 3", "missed 4"                                 the phone
    "moved -60 by=theirs", "vanished 7 noted=9"          the calendar
    "say late 20 minutes=12"                             the person
"""

from datetime import UTC, datetime, timedelta

from showup.core.appointment import Appointment, Side
from showup.core.event import EventKey
from showup.core.evidence import Case, Covered, Evidence, Neighbour, Sign, Source, Word
from showup.core.policy import Policy
from showup.core.spans import Span
from showup.core.verdict import Verdict, judge

S = datetime(2026, 7, 2, 14, tzinfo=UTC)
DEFAULT = Policy()
_NEXT_DAY = 24 * 60.0
_SIGNS = {"speech": Sign.THEY_IN, "quiet": Sign.THEY_OUT}


def at(minutes: float) -> datetime:
    """So many minutes after S."""
    return S + timedelta(minutes=minutes)


def planned(length: float | None = 60) -> Appointment:
    """The appointment that all of them are about."""
    return Appointment(1, EventKey("acme-1"), S, None if length is None else at(length), at(-10_000))


def case(*told: str, covered: str = "", length: float | None = 60, beside: str = "") -> Case:
    """The whole case; `beside` lists other appointments as `10..40`."""
    evidence = tuple(fact(text, order) for order, text in enumerate(told))
    return Case(planned(length), evidence, _coverage(covered), tuple(map(_neighbour, beside.split())))


def fact(text: str, order: int = 0) -> Evidence:
    """One piece of evidence."""
    *names, minute = (part for part in text.split() if "=" not in part)
    more = dict(part.split("=") for part in text.split() if "=" in part)
    source, sign = _what(names)
    moment = at(float(minute))
    return Evidence(
        moment,
        source,
        sign,
        at(float(more["noted"])) if "noted" in more else moment,
        minutes=int(more["minutes"]) if "minutes" in more else None,
        side=Side(more.get("by", "theirs")),
        order=order,
    )


def verdict(*told: str, now: float = _NEXT_DAY, policy: Policy = DEFAULT, **more: str | float | None) -> Verdict:
    """What is judged of a case at the minute `now`."""
    return judge(case(*told, **more), policy, at(now))  # type: ignore[arg-type]  # passed on as they are


def told(found: Verdict) -> str:
    """A verdict in a word or four: `late 12 presumed`, `moved 120 confirmed`, `unknown`."""
    figure = found.minutes_late if found.minutes_late is not None else found.notice_minutes
    parts = (found.outcome.value, "" if figure is None else str(figure), found.certainty or "")
    return " ".join(part for part in parts if part)


def _what(names: list[str]) -> tuple[Source, Sign | Word]:
    match names:
        case ["say", word]:
            return Source.ANSWER, Word(word)
        case ["meet", sign]:
            return Source.MEET, Sign(sign)
        case [("rang" | "missed") as sign]:
            return Source.PHONE, Sign(sign)
        case [("moved" | "cancelled" | "vanished" | "declined" | "restored") as sign]:
            return Source.CALENDAR, Sign(sign)
        case [sign]:
            return Source.SOUND, _SIGNS.get(sign) or Sign(sign)
        case _:
            raise ValueError(names)


def _coverage(text: str) -> tuple[Covered, ...]:
    parts = (part.split() for part in text.split(",") if part.strip())
    return tuple(Covered(_span(times), Source(source)) for source, *spans in parts for times in spans)


def _span(text: str) -> Span:
    start, end = text.split("..")
    return Span(at(float(start)), at(float(end)))


def _neighbour(text: str) -> Neighbour:
    span = _span(text)
    return Neighbour(span, min(span.end, span.start + timedelta(minutes=30)))
