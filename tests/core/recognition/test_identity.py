import pytest

from showup.core.recognition.identity import folded


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Acme",
            "ACME, Inc.",
            "acme gmbh",
            "Acme S.p.A.",
            "Acme Sp. z o.o.",
            "The Acme Group",
            "Acmé",
            "株式会社Acme",
        ),
        *("Acme GmbH & Co. KG", "Acme Oyj", "Acme Nyrt.", "ООО «Acme»", "Acme d.o.o.", "주식회사 Acme", "Acme有限公司"),
    ],
)
def test_the_legal_form_tells_no_employer_from_another(name: str) -> None:
    assert folded(name) == "acme"


def test_only_a_legal_form_keeps_its_words() -> None:
    assert folded("The Group") == "thegroup"


def test_rather_split_than_merge() -> None:
    assert folded("Acme Foods") != folded("Acme")
    assert folded("Asana") == "asana"
