"""Figures on the labelled examples that the rules were made with: they hold what was reached."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.recognition.conftest import Figures


def test_the_examples_that_rules_were_made_with(corpus: "Callable[[str], Figures]") -> None:
    reached = corpus("tuned")
    assert reached.precision >= 0.98
    assert reached.missed <= 0.02
    assert reached.asked <= 0.09
    assert reached.employers >= 0.95
    assert reached.media >= 0.95
    assert reached.stages >= 0.80


def test_the_harder_examples_that_rules_were_bettered_with(corpus: "Callable[[str], Figures]") -> None:
    reached = corpus("held-out")
    assert reached.precision >= 0.98
    assert reached.missed <= 0.02
    assert reached.asked <= 0.13
    assert reached.employers >= 0.91
    assert reached.media >= 0.93
