"""The quantiles, against SciPy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from showup.core.beta import incomplete, quantile

_SHAPE = st.floats(0.2, 500)


@pytest.mark.parametrize("probability", [0.05, 0.5, 0.95])
@pytest.mark.parametrize(
    ("kept", "missed"), [(5.1, 0.9), (6.1, 0.9), (5.1, 2.9), (105.1, 0.9), (0.1, 0.1), (5.1, 1000.9)]
)
def test_quantiles_of_scores(kept: float, missed: float, probability: float) -> None:
    assert quantile(kept, missed, probability) == pytest.approx(beta.ppf(probability, kept, missed), abs=1e-6)


@given(_SHAPE, _SHAPE, st.floats(0.01, 0.99))
def test_quantiles_of_any_shape(a: float, b: float, probability: float) -> None:
    assert quantile(a, b, probability) == pytest.approx(beta.ppf(probability, a, b), abs=1e-6)


@given(_SHAPE, _SHAPE, st.floats(0, 1))
def test_the_incomplete_beta_function(a: float, b: float, x: float) -> None:
    assert incomplete(a, b, x) == pytest.approx(beta.cdf(x, a, b), abs=1e-9)


def test_its_ends() -> None:
    assert (incomplete(2, 3, 0), incomplete(2, 3, 1), incomplete(2, 3, -1), incomplete(2, 3, 2)) == (0, 1, 0, 1)
