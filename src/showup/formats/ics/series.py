"""The occurrences of one UID, by recurring-ical-events: one UID at a time, so that none can spoil another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from showup.core.event import Event, EventKey
from showup.formats.ics.rule import RefusedRuleError, Rule
from showup.formats.ics.times import When, basic
from showup.formats.ics.vevent import Vevent, at, day_of, newest

_FREE = 1_000.0
_PROBE = 20_000.0
_BUDGET = 500_000.0


@dataclass(frozen=True, slots=True)
class Span:
    """The window, in the zone in which the calendar's days begin; `end` exclusive."""

    start: datetime
    end: datetime

    def meets(self, start: When, end: When | None) -> bool:
        """Whether something from start to end (None: of no length, or of one day) has a part in the window."""
        first = self._moment(start)
        if end is not None:
            last = self._moment(end)
        else:
            last = first if isinstance(start, datetime) else self._moment(start + timedelta(days=1))
        return first < self.end and (last > self.start or first >= self.start)

    def _moment(self, moment: When) -> datetime:
        if isinstance(moment, datetime):
            return moment.astimezone(UTC)
        return datetime(moment.year, moment.month, moment.day, tzinfo=self.start.tzinfo).astimezone(UTC)


@dataclass(slots=True)
class Budget:
    """Microseconds that may still go to rules that cost more than a rule of the usual kind."""

    left: float = _BUDGET

    def spend(self, rule: Rule, start: date, end: date) -> None:
        """Take what following a rule from `start` until after `end` will cost.

        Raises:
            RefusedRuleError: there is not enough left.
        """
        costs = rule.costs(start, end) if rule.is_beat or self.left > 0 else float("inf")
        if costs - _FREE > self.left:
            self.left -= _PROBE  # finding that out was not for nothing
            raise RefusedRuleError("its rule of repetition takes too long to work out")
        self.left -= max(costs - _FREE, 0)


@dataclass(frozen=True, slots=True)
class Expanded:
    """The events of one UID, and what was wrong with its rules."""

    events: tuple[Event, ...]
    warnings: tuple[str, ...] = ()


def expand(group: Iterable[Vevent], span: Span, budget: Budget, *, known: bool) -> Expanded:
    """Return the occurrences that meet the span; if `known`, single and overridden ones wherever they are as well.

    Raises:
        Exception: whatever the library raises on what nobody foresaw.
    """
    versions = newest(group)
    if all(version.plain for version in versions) or (len(versions) == 1 and versions[0].single):
        return Expanded(tuple(each.once() for each in versions if known or span.meets(each.start, each.end)))
    usable, warnings = _with_usable_rules(versions, span, budget)
    # The library gives those of one moment in an order of its own, another one each time.
    found = {event.key: event for event in sorted(_occurrences(usable, span), key=_order)}
    for event in _once(usable) if known else ():
        found.setdefault(event.key, event)
    return Expanded(tuple(found.values()), warnings)


def _once(versions: Sequence[Vevent]) -> Iterable[Event]:
    """Yield what stands for one occurrence, unless that was taken out or another stands in its place."""
    excepted = {basic(day) for version in versions for day in version.exdates}
    changed = {version.event.key.recurrence_id for version in versions}
    for version in versions:
        slot = version.event.key.recurrence_id
        if not version.recurs and (slot or basic(version.start)) not in (excepted if slot else excepted | changed):
            yield version.once()


def _with_usable_rules(versions: Sequence[Vevent], span: Span, budget: Budget) -> tuple[list[Vevent], tuple[str, ...]]:
    """Take away the rules that cannot be followed: what remains is the first occurrence, and what is listed."""
    usable, warnings = [], []
    alone = sum(not version.plain for version in versions) == 1
    for version in versions:
        try:
            usable.append(_followed(version, span, budget, alone=alone))
        except RefusedRuleError as problem:
            title = version.event.summary[:80] or "without a title"
            warnings.append(f"Of the event “{title}” only the first occurrence is used: {problem}.")
            usable.append(replace(version, rules=()))
    return usable, tuple(warnings)


def _followed(version: Vevent, span: Span, budget: Budget, *, alone: bool) -> Vevent:
    """Return it with rules that can be followed, from a start near the span where that changes nothing else."""
    rules = [Rule.read(text, version.start) for text in version.rules]
    version = replace(version, rules=tuple(rule.text for rule in rules))
    if len(rules) == 1 and alone and version.movable:
        lasts = version.end - version.start if version.end is not None else timedelta(0)
        day = day_of(span.start) - lasts - timedelta(days=3)
        nearer = rules[0].nearer(version.start, day)
        version = version.moved(nearer)
    for rule in rules:
        budget.spend(rule, version.start, day_of(span.end))
    return version


def _occurrences(versions: Sequence[Vevent], span: Span) -> Iterable[Event]:
    from showup.formats.ics.repeated import repeated  # noqa: PLC0415 - megabytes that single events do not need

    for version, start, end in repeated(versions, span.start, span.end):
        yield _event(version, start, end)


def _order(event: Event) -> tuple[bool, str, EventKey]:
    return event.start is None, event.start.isoformat() if event.start else "", event.key


def _event(version: Vevent, start: When, end: When) -> Event:
    """Return one occurrence, under the RECURRENCE-ID that it has or would have."""
    unknown = version.end is None and (end == start or not isinstance(start, datetime))
    key = version.event.key
    if version.recurrence_id is not None and version.this_and_future:
        key = EventKey(key.uid, basic(start - _apart(version.start, version.recurrence_id)))
    elif version.recurrence_id is None and version.recurs:
        key = EventKey(key.uid, basic(start))
    return at(version.event, start, None if unknown else end, key)


def _apart(one: When, other: When) -> timedelta:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one - other
    return timedelta(0)
