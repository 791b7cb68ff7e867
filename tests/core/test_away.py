"""Stretches in which nobody was watching."""

import pytest

from showup.core.away import away, missed, stopped
from showup.core.evidence import Covered, Sign, Source
from showup.core.policy import Policy
from showup.core.spans import Span
from tests.core.verdict.cases import at, fact, planned


@pytest.mark.parametrize(
    ("stretches", "found"),
    [
        ([(-2, 20)], (-2, 20)),
        ([(-8, 1)], None),  # over as good as before the start
        ([(31, 33), (60, 90)], None),  # after give-up
        ([(2, 3.5)], None),  # no more than a blink
        ([(-2, 4), (5, 25), (26, 28)], (5, 25)),
        ([(-1000, 1000)], (-1000, 1000)),
    ],
)
def test_the_one_that_bears_on_it(stretches: list[tuple[float, float]], found: tuple[float, float] | None) -> None:
    facts = [away(Sign.SLEPT, at(start), at(end)) for start, end in stretches]
    one = missed([*facts, fact("you_in 3")], planned(), Policy())
    assert (one and (one.at, one.moment)) == (found and (at(found[0]), at(found[1])))


@pytest.mark.parametrize(
    ("watched", "now", "since"),
    [
        ([(-10, -2)], 20, -2),
        ([(-10, -2), (3, 4)], 20, 4),
        ([], 20, -10),  # nobody knows since when: the fact begins with the window
        ([(-10, 18.5)], 20, None),  # a quick restart
        ([], -11, None),
        ([(-10, 60)], 300, None),  # watched to its end
        ([(-10, 10)], 300, 10),
    ],
)
def test_what_a_program_that_starts_finds_out(
    watched: list[tuple[float, float]], now: float, since: float | None
) -> None:
    coverage = [Covered(Span(at(start), at(end)), Source.MACHINE) for start, end in watched]
    coverage.append(Covered(Span(at(-10), at(60)), Source.SOUND))  # says nothing of the program's own life
    found = stopped(planned(), Policy(), coverage, at(now))
    assert (found and (found.sign, found.at, found.moment)) == (
        None if since is None else (Sign.STOPPED, at(since), at(now))
    )
