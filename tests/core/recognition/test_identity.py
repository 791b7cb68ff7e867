import pytest

from showup.core.recognition.identity import folded, legal, same_employer, same_name
from showup.core.recognition.result import Employer


@pytest.mark.parametrize(
    "name",
    ["Acme", "ACME, Inc.", "acme gmbh", "Acme S.p.A.", "Acme Sp. z o.o.", "The Acme Group", "Acmé", "株式会社Acme"],
)
def test_the_legal_form_tells_no_employer_from_another(name: str) -> None:
    assert folded(name) == "acme"


def test_only_a_legal_form_is_no_name() -> None:
    assert legal("Inc.")
    assert not legal("Block, Inc.")
    assert folded("The Group")


def test_rather_split_than_merge() -> None:
    assert same_name("Acme Ltd", "ACME")
    assert not same_name("HP", "hp")
    assert same_employer(Employer("A", "acme.example"), Employer("B", "acme.example"))
    assert not same_employer(Employer("A", "acme.example"), Employer("B", "acme.example"), {"acme.example"})
    assert not same_employer(Employer("Acme", via="Hays"), Employer("Borealis", via="Hays"))
