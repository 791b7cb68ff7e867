"""Quantiles of the Beta distribution.

The regularised incomplete beta function by its continued fraction (NIST Digital Library of Mathematical Functions,
section 8.17(v)), evaluated with Lentz's method, and its inverse by Newton's, which is bisection wherever a step would
leave what is left of 0..1: plain, always convergent, and exact to well below a millionth. SciPy would be a hundred
megabytes for one number.
"""

from functools import lru_cache
from math import exp, lgamma, log, log1p

_TINY = 1e-300
_EXACT = 1e-14
_TERMS = 10_000
_STEPS = 60
_NEAR = 1e-12


@lru_cache(maxsize=4096)
def quantile(a: float, b: float, probability: float) -> float:
    """The x in 0..1 below which Beta(a, b) lies with this probability. `a` and `b` are positive."""
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(_STEPS):
        beyond = incomplete(a, b, x) - probability
        low, high = (x, high) if beyond < 0 else (low, x)
        step = beyond * x * (1 - x) / max(_front(a, b, x), _TINY)
        before, x = x, x - step if low < x - step < high else (low + high) / 2
        if abs(x - before) < _NEAR:
            break
    return x


def incomplete(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for 0 <= x <= 1."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = _front(a, b, x)
    # The fraction converges fast only below the mean; above it the mirror image does (DLMF 8.17.4).
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _front(a: float, b: float, x: float) -> float:
    """x^a (1 - x)^b / B(a, b), which is the density times x (1 - x)."""
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _off_zero(1 + even * d), _off_zero(1 + even / c)
        result *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _off_zero(1 + odd * d), _off_zero(1 + odd / c)
        result *= d * c
        if abs(d * c - 1) < _EXACT:
            break
    return result


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
