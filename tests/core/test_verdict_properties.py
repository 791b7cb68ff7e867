"""What holds of every case, however odd."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showup.core.appointment import Side
from showup.core.evidence import MOMENTS, Case, Covered, Evidence, Neighbour, Sign, Source, Word
from showup.core.policy import Policy
from showup.core.spans import Span
from showup.core.verdict import Outcome, judge
from tests.core.verdict.cases import at, fact, planned

POLICY = Policy()
_LATER = at(24 * 60)
_MACHINE_SIGNS = {
    Source.SOUND: (Sign.YOU_IN, Sign.YOU_OUT, Sign.THEY_IN, Sign.THEY_OUT),
    Source.MEET: (Sign.YOU_IN, Sign.YOU_OUT, Sign.THEY_IN, Sign.THEY_OUT),
    Source.PHONE: (Sign.RANG, Sign.MISSED),
}
_CALENDAR_SIGNS = (Sign.MOVED, Sign.CANCELLED, Sign.VANISHED, Sign.DECLINED, Sign.RESTORED)
# Half minutes around the start: often the same moment twice, often on an edge.
_MINUTE = st.integers(-30, 150).map(lambda half: half / 2)
_MOMENT = _MINUTE.map(at)


@st.composite
def machine(draw: st.DrawFn) -> Evidence:
    source = draw(st.sampled_from(list(_MACHINE_SIGNS)))
    moment = draw(_MOMENT)
    return Evidence(moment, source, draw(st.sampled_from(_MACHINE_SIGNS[source])), moment)


@st.composite
def calendar(draw: st.DrawFn) -> Evidence:
    moment, noted = draw(_MOMENT), draw(_MOMENT)
    sign, side = draw(st.sampled_from(_CALENDAR_SIGNS)), draw(st.sampled_from(Side))
    return Evidence(moment, Source.CALENDAR, sign, max(moment, noted), side=side)


@st.composite
def answer(draw: st.DrawFn, words: tuple[Word, ...] = tuple(Word)) -> Evidence:
    moment, word = draw(_MOMENT), draw(st.sampled_from(words))
    minutes = draw(st.none() | st.integers(0, 90)) if word in {Word.LATE, Word.MOVED, Word.CANCELLED} else None
    return Evidence(moment, Source.ANSWER, word, moment, minutes=minutes)


@st.composite
def coverage(draw: st.DrawFn) -> Covered:
    start, end = sorted((draw(_MINUTE), draw(_MINUTE)))
    return Covered(Span(at(start), at(end + 0.5)), draw(st.sampled_from((*_MACHINE_SIGNS, Source.MACHINE))))


@st.composite
def neighbour(draw: st.DrawFn) -> Neighbour:
    start = draw(_MOMENT)
    end = start + (at(draw(st.integers(5, 60))) - at(0))
    return Neighbour(Span(start, end), min(end, start + (at(30) - at(0))))


def _ordered(facts: list[Evidence]) -> tuple[Evidence, ...]:
    """Answers carry the order in which they were stored."""
    return tuple(replace(fact, order=number) for number, fact in enumerate(facts, 1))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    facts = draw(st.lists(machine(), max_size=8)) + draw(st.lists(calendar(), max_size=2))
    facts += draw(st.lists(answer(), max_size=3))
    length = draw(st.sampled_from([None, 10, 15, 20, 30, 45, 60]))
    covered = draw(st.lists(coverage(), max_size=5))
    beside = draw(st.lists(neighbour(), max_size=1))
    return Case(planned(length), _ordered(facts), tuple(covered), tuple(beside))


@given(cases(), st.data())
def test_the_order_of_evidence_never_matters(case: Case, data: st.DataObject) -> None:
    shuffled = case._replace(
        evidence=tuple(data.draw(st.permutations(case.evidence))),
        coverage=tuple(data.draw(st.permutations(case.coverage))),
    )
    assert judge(shuffled, POLICY, _LATER) == judge(case, POLICY, _LATER)


@given(cases())
def test_judging_twice_adds_nothing(case: Case) -> None:
    doubled = case._replace(evidence=case.evidence * 2, coverage=case.coverage * 2)
    first = judge(case, POLICY, _LATER)
    assert judge(case, POLICY, _LATER) == first
    assert judge(doubled, POLICY, _LATER) == first


_PLAIN = tuple(word for word in Word if word not in MOMENTS and word not in {Word.YES, Word.UNDO})


@given(cases(), answer(_PLAIN), st.lists(machine(), max_size=6))
def test_an_answer_outranks_machines(case: Case, said: Evidence, more: list[Evidence]) -> None:
    """The last settling word decides, whatever else is known or added."""
    last = replace(said, at=at(200), noted=at(200), order=1000)
    settled = case._replace(evidence=(*case.evidence, last))
    added = settled._replace(evidence=(*settled.evidence, *more))
    expected = {
        Word.MINE: Outcome.EXCUSED,
        Word.LATE: Outcome.LATE,
    }.get(Word(said.sign)) or Outcome(said.sign)
    for one in (settled, added):
        found = judge(one, POLICY, _LATER)
        if said.sign is Word.LATE and said.minutes is None:
            assert found.outcome in {Outcome.LATE, Outcome.UNKNOWN}
        else:
            assert found.outcome is expected
        assert found.certainty is not None or found.outcome is Outcome.UNKNOWN


@given(cases(), st.data())
def test_less_coverage_never_accuses(case: Case, data: st.DataObject) -> None:
    """What is unknown with more coverage is no lateness and no absence with less."""
    # Less means cutting stretches short: one that begins later would tell anew who is there.
    less = tuple(
        replace(item, span=Span(item.span.start, data.draw(st.sampled_from([item.span.end, at(2), at(9), at(21)]))))
        for item in case.coverage
        if data.draw(st.booleans())
    )
    less = tuple(item for item in less if item.span.start < item.span.end)
    before, after = judge(case, POLICY, _LATER), judge(case._replace(coverage=less), POLICY, _LATER)
    if before.outcome is Outcome.UNKNOWN:
        assert after.outcome not in {Outcome.NO_SHOW, Outcome.LATE} or not after.counted


@given(cases(), st.lists(machine() | calendar() | answer(), max_size=4), st.lists(coverage(), max_size=3))
def test_the_future_changes_nothing(case: Case, facts: list[Evidence], covered: list[Covered]) -> None:
    moment = at(20)
    hour = at(60) - at(0)
    ahead = [replace(fact, at=fact.at + hour, noted=fact.noted + hour) for fact in facts]
    ahead = [fact for fact in ahead if fact.at > moment]
    later = [replace(one, span=Span(one.span.start + hour, one.span.end + hour)) for one in covered]
    later = [one for one in later if one.span.start > moment]
    more = case._replace(evidence=(*case.evidence, *ahead), coverage=(*case.coverage, *later))
    assert judge(more, POLICY, moment) == judge(case, POLICY, moment)


@given(cases(), st.integers(-20, 200))
def test_every_verdict_makes_sense(case: Case, minute: int) -> None:
    found = judge(case, POLICY, at(minute))
    assert found.fault is None or 0 <= found.fault <= 1
    assert not found.counted or found.fault is not None
    assert 0 <= found.waited <= 30
    assert found.reasons
    assert (found.minutes_late is not None) == (found.outcome is Outcome.LATE)
    assert found.certainty is None or found.outcome not in {Outcome.PENDING, Outcome.UNKNOWN}
    if found.outcome in {Outcome.UNKNOWN, Outcome.PENDING, Outcome.EXCUSED}:
        assert (found.fault, found.counted) == (None, False)


@given(cases(), st.integers(61, 200))
def test_where_nothing_was_noticed_it_is_unknown(case: Case, minute: int) -> None:
    assert judge(case._replace(evidence=()), POLICY, at(minute)).outcome is Outcome.UNKNOWN


def test_the_builder_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="mumble"):
        fact("mumble 3")
