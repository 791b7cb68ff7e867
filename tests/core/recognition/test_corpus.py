"""Figures on the labelled examples. `tuned` may be looked at when rules change, `untouched` only counted."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.recognition.conftest import Figures


def test_the_examples_that_rules_were_made_with(corpus: "Callable[[str], Figures]") -> None:
    reached = corpus("tuned")
    assert reached.precision >= 0.97
    assert reached.missed <= 0.03
    assert reached.asked <= 0.09
    assert reached.employers >= 0.95
    assert reached.media >= 0.95
    assert reached.stages >= 0.80


def test_the_examples_that_were_kept_apart(corpus: "Callable[[str], Figures]") -> None:
    reached = corpus("untouched")
    assert reached.precision >= 0.92
    assert reached.missed <= 0.08
    assert reached.asked <= 0.12
    assert reached.employers >= 0.87
    assert reached.media >= 0.93
    assert reached.stages >= 0.70
