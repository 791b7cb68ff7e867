import pytest

from showup.core.recognition.lexicon import Lexicon, text
from showup.core.recognition.wording import meant

LEXICON = Lexicon(
    {
        "say.interview": ["interview"],
        "say.media": ["interview"],
        "say.sales": ["sales", "client"],
        "say.role": ["engineer"],
        "say.opening": ["role"],
        "say.mock": ["coach"],
        "say.interviewer": ["candidate"],
        "say.place": ["school"],
        "say.round": ["second round"],
        "word.client": ["our client"],
    }.items()
)


@pytest.mark.parametrize(
    ("line", "agency", "kinds"),
    [
        ("Interview", False, ["say.interview"]),
        ("Sales Engineer", False, ["say.role"]),
        ("Sales: Engineer", False, ["say.sales", "say.role"]),
        ("Coach role", False, ["say.opening"]),
        ("Coach", False, ["say.mock"]),
        ("our client", False, ["say.sales"]),
        ("our client", True, []),
        ("candidate", False, ["say.interviewer"]),
        ("candidate", True, []),
        ("Interview, school", False, ["say.interview", "say.place"]),
        ("Second round, school", False, ["say.round"]),
    ],
)
def test_what_stands_beside_a_phrase_decides(line: str, agency: bool, kinds: list[str]) -> None:
    within = text(line)
    assert [hit.kind for hit in meant(LEXICON.find(within), within, agency=agency)] == kinds
