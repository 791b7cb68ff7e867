"""By what an employer is known again."""

import pytest

from showup.core.identity import keys
from showup.core.recognition.result import Employer


@pytest.mark.parametrize(
    ("employer", "found"),
    [
        (Employer(), ()),
        (Employer("", "acme.example"), ()),
        (Employer("Acme"), ("acme",)),
        (Employer("Acme, Inc.", "ACME.example"), ("acme.example", "acme")),
        (Employer("X"), ("=X",)),
        (Employer("HP", "hp.example"), ("hp.example", "=HP")),
    ],
)
def test_its_keys(employer: Employer, found: tuple[str, ...]) -> None:
    assert keys(employer) == found


def test_spellings_of_a_name_are_one_and_short_names_are_apart() -> None:
    assert keys(Employer("ACME GmbH")) == keys(Employer("acme"))
    assert not set(keys(Employer("HP"))) & set(keys(Employer("hp")))
    assert not set(keys(Employer("Ab"))) & set(keys(Employer("A.B.")))


@pytest.mark.parametrize("name", ["a.b", "acme.example", "St. Mary's", "Booking.com"])
def test_a_name_never_looks_like_a_domain(name: str) -> None:
    key = keys(Employer(name))[-1]
    assert "." not in key or key.startswith("=")
