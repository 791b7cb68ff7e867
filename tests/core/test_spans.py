"""Stretches of time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showup.core.spans import Span, common, covers, merged, without

NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def spans(text: str) -> tuple[Span, ...]:
    """`0-5 7-9` in minutes."""
    parts = (part.split("-") for part in text.split())
    return tuple(Span(at(float(start)), at(float(end))) for start, end in parts)


@pytest.mark.parametrize(
    ("given", "tolerance", "found"),
    [("", 0, ""), ("5-9 0-5", 0, "0-9"), ("0-9 2-3", 0, "0-9"), ("0-5 6-9", 0, "0-5 6-9"), ("0-5 6-9", 1, "0-9")],
)
def test_merged(given: str, tolerance: int, found: str) -> None:
    assert merged(spans(given), timedelta(minutes=tolerance)) == spans(found)


@pytest.mark.parametrize(
    ("given", "holes", "found"),
    [
        ("0-9", "2-3", "0-2 3-9"),
        ("0-9", "", "0-9"),
        ("0-9", "0-9", ""),
        ("0-9", "9-10", "0-9"),
        ("0-9", "2-3 5-20", "0-2 3-5"),
    ],
)
def test_without(given: str, holes: str, found: str) -> None:
    assert without(spans(given), spans(holes)) == spans(found)


@pytest.mark.parametrize(
    ("ones", "others", "found"), [("0-5", "3-9", "3-5"), ("0-5", "5-9", ""), ("0-9", "1-2 4-20", "1-2 4-9")]
)
def test_common(ones: str, others: str, found: str) -> None:
    assert common(spans(ones), spans(others)) == spans(found) == common(spans(others), spans(ones))


def test_covers_is_by_one_span() -> None:
    assert covers(spans("0-5 6-9"), at(6), at(9))
    assert not covers(spans("0-5 6-9"), at(4), at(7))
    assert covers(spans("0-5"), at(5), at(5))


def test_the_end_does_not_belong_to_a_span() -> None:
    first, second = spans("0-5 5-9")
    assert not first.meets(second)
    assert first.clip(second) is None
    assert first.clip(first) == first


_SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9)).map(lambda pair: Span(at(pair[0]), at(pair[0] + pair[1]))),
    max_size=6,
)


def minutes(found: tuple[Span, ...]) -> set[int]:
    return {minute for minute in range(40) if any(span.start <= at(minute) < span.end for span in found)}


@given(_SPANS, _SPANS)
def test_they_are_sets_of_time(ones: list[Span], others: list[Span]) -> None:
    one, other = minutes(tuple(ones)), minutes(tuple(others))
    assert minutes(merged(ones)) == one
    assert minutes(without(ones, others)) == one - other
    assert minutes(common(ones, others)) == one & other
