"""From a heap of evidence to what the rules ask for: who was there when, and when was anybody watching."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from showup.core.appointment import Appointment
from showup.core.evidence import CHANGES, Case, Evidence, Sign, Source, Word, standing
from showup.core.policy import Policy
from showup.core.spans import Span, common, merged, without


class Watch(NamedTuple):
    """What one source saw: you, them, and the time in which it was watching."""

    joined: datetime | None = None
    """When you were first seen."""
    came: datetime | None = None
    """The same, where you were seen to come: whoever was there when the watching began may have been there before."""
    read: datetime | None = None
    """When a participant list was last read."""
    left: datetime | None = None
    """When you were last seen to leave, and did not come back."""
    leavings: tuple[datetime, ...] = ()
    """Every moment at which you were seen to leave."""
    you: tuple[Span, ...] = ()
    they: tuple[Span, ...] = ()
    covered: tuple[Span, ...] = ()


class Facts(NamedTuple):
    """Everything that the rules look at, in order of time. `now` bounds it: evidence from the future is none."""

    appointment: Appointment
    policy: Policy
    now: datetime
    start: datetime
    on_time_until: datetime
    give_up: datetime
    words: tuple[Evidence, ...]
    change: Evidence | None
    off: datetime | None
    """When it was moved or taken from the calendar; a decline leaves it there."""
    listed: Watch
    sound: Watch
    rings: tuple[datetime, ...]
    missed: tuple[datetime, ...]
    phone_covered: tuple[Span, ...]

    def said(self, *words: Word) -> list[datetime]:
        """When the person said any of these, oldest first."""
        return [item.at for item in self.words if item.sign in words]

    @property
    def joined(self) -> datetime | None:
        """When you were first there, or said something from which that follows."""
        return self._first(self.listed.joined or self.sound.joined)

    @property
    def came(self) -> datetime | None:
        """When you came, where that was seen."""
        watch = self.listed if self.listed.joined else self.sound
        return self._first(watch.came) if watch.came == watch.joined else None

    def _first(self, seen: datetime | None) -> datetime | None:
        told = self.said(Word.HERE, Word.WAITING)
        return min((moment for moment in (seen, *told[:1]) if moment), default=None)


def gather(case: Case, policy: Policy, now: datetime) -> Facts:
    """Sort the evidence of a case; what belongs to another appointment or lies ahead is left out."""
    appointment = case.appointment
    window, give_up = appointment.window(policy), appointment.give_up(policy)
    past = sorted((item for item in case.evidence if item.at <= now), key=_moment)
    by_source = defaultdict[Source, list[Evidence]](list)
    for item in past:
        by_source[item.source].append(item)
    changes = _standing_changes(by_source[Source.CALENDAR])
    domain = _domain(case, window, give_up)
    sound = _sound(by_source[Source.SOUND], _covered(case, Source.SOUND, now), domain, give_up)
    if sound.joined and not _already(case, sound.joined, policy):
        sound = sound._replace(came=sound.joined)
    rings = by_source[Source.PHONE] if appointment.details.by_phone else []
    ringing = common(domain, [Span(window.start, _just_after(give_up))]) if rings else ()
    return Facts(
        appointment=appointment,
        policy=policy,
        now=now,
        start=appointment.start,
        on_time_until=appointment.on_time_until(policy),
        give_up=give_up,
        words=standing(by_source[Source.ANSWER]),
        change=next(iter(changes), None),
        off=next((item.at for item in changes if item.sign is not Sign.DECLINED), None),
        listed=_list(by_source[Source.MEET], _lists(case), window, now, give_up),
        sound=sound,
        rings=_within(rings, Sign.RANG, ringing),
        missed=_within(rings, Sign.MISSED, ringing),
        phone_covered=_covered(case, Source.PHONE, now),
    )


def _moment(item: Evidence) -> tuple[datetime, int, datetime, str]:
    return item.at, item.order, item.noted, item.sign


def _just_after(moment: datetime) -> datetime:
    return moment + datetime.resolution


def _standing_changes(items: list[Evidence]) -> list[Evidence]:
    """The changes that were not taken back, in the order in which the calendar showed them.

    The first is the one that broke the appointment; what was done to the event afterwards came too late.
    """
    ordered = sorted(items, key=lambda item: (item.noted, item.at, item.sign))
    back = max((place for place, item in enumerate(ordered) if item.sign is Sign.RESTORED), default=-1)
    return [item for item in ordered[back + 1 :] if item.sign in CHANGES]


def _domain(case: Case, window: Span, give_up: datetime) -> tuple[Span, ...]:
    """The time in which sound and phone speak of this appointment and of no other (DESIGN.md, "The window")."""
    appointment = case.appointment
    mine = Span(appointment.start, give_up)
    for other in case.neighbours:
        theirs = Span(other.planned.start, other.give_up)
        if other.planned.meets(mine) or appointment.planned.meets(theirs):
            return ()
    return without([window], [other.planned for other in case.neighbours])


def _covered(case: Case, source: Source, now: datetime) -> tuple[Span, ...]:
    until_now = ((item.span.start, min(item.span.end, now)) for item in case.coverage if item.source is source)
    return merged(Span(start, end) for start, end in until_now if start < end)


def _already(case: Case, joined: datetime, policy: Policy) -> bool:
    """Whether you may have been there before the listening began, also where nothing could be heard then."""
    begun = [item.span.start for item in case.coverage if item.source is Source.SOUND]
    return any(abs(joined - moment) <= policy.settling for moment in begun)


def _lists(case: Case) -> list[Span]:
    return [item.span for item in case.coverage if item.source is Source.MEET]


def _within(items: Iterable[Evidence], sign: Sign, domain: Sequence[Span]) -> tuple[datetime, ...]:
    moments = (item.at for item in items if item.sign is sign)
    return tuple(at for at in moments if any(span.start <= at < span.end for span in domain))


def _list(items: list[Evidence], coverage: list[Span], window: Span, now: datetime, give_up: datetime) -> Watch:
    """A list's times are trusted whatever was covered: it names the joins of those who left again as well."""
    if not items and not coverage:
        return Watch()
    you = common(_spans(items, Sign.YOU_IN, Sign.YOU_OUT, now), [window])
    joined = you[0].start if you else None
    read = max((min(span.end, now) for span in coverage if span.start <= now), default=None)
    return Watch(
        joined=joined,
        came=joined,
        read=read,
        left=_left(items, give_up),
        you=you,
        they=common(_spans(items, Sign.THEY_IN, Sign.THEY_OUT, now), [window]),
    )


def _sound(items: list[Evidence], covered: tuple[Span, ...], domain: tuple[Span, ...], give_up: datetime) -> Watch:
    """Sound tells of a moment only while it is watched, and of them only while you are in the call.

    Every stretch of coverage starts anew: the detector says at its beginning what it sees.
    """
    if not items:
        return Watch(covered=common(covered, domain))
    inside: list[Span] = []
    talking: list[Span] = []
    for stretch in covered:
        seen = [item for item in items if stretch.start <= item.at <= stretch.end]
        inside += _spans(seen, Sign.YOU_IN, Sign.YOU_OUT, stretch.end)
        talking += _spans(seen, Sign.THEY_IN, Sign.THEY_OUT, stretch.end)
    you = common(inside, domain)
    joined = min((*(span.start for span in you), *_within(items, Sign.YOU_IN, domain)), default=None)
    return Watch(
        joined=joined,
        left=_within_reach(_left(items, give_up), domain),
        leavings=_within(items, Sign.YOU_OUT, [Span(span.start, _just_after(span.end)) for span in domain]),
        you=you,
        # What is heard at the moment at which you leave was heard by you.
        they=common(talking, [Span(span.start, _just_after(span.end)) for span in you]),
        covered=common(covered, domain),
    )


def _within_reach(moment: datetime | None, domain: tuple[Span, ...]) -> datetime | None:
    """A leaving that belongs to this appointment, and to no other beside it."""
    return moment if moment and any(span.start <= moment <= span.end for span in domain) else None


def _left(items: list[Evidence], give_up: datetime) -> datetime | None:
    """When you left for good, as far as the case goes: a call that you join after give-up is another one."""
    moves = [item for item in items if item.sign in {Sign.YOU_IN, Sign.YOU_OUT} and item.at <= give_up]
    return moves[-1].at if moves and moves[-1].sign is Sign.YOU_OUT else None


def _spans(items: list[Evidence], opening: Sign, closing: Sign, end: datetime) -> tuple[Span, ...]:
    """From each opening sign to the closing one; what is open still lasts until just after `end`."""
    spans: list[Span] = []
    since: datetime | None = None
    for item in items:
        if item.sign is opening and since is None:
            since = item.at
        elif item.sign is closing and since is not None:
            spans.append(Span(since, max(item.at, _just_after(since))))
            since = None
    if since is not None:
        spans.append(Span(since, _just_after(max(end, since))))
    return merged(spans)
