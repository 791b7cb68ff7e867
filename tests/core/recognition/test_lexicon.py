import pytest

from showup.core.recognition.lexicon import Lexicon, fold, text

LEXICON = Lexicon(
    {
        "say.interview": ["interview", "面接", "haastattelu*"],
        "say.hr": ["exit interview"],
        "say.chat": ["*gespräch"],
        "word.with": ["with"],
    }.items()
)


def kinds(raw: str) -> list[tuple[str, str]]:
    within = text(raw)
    return [(hit.kind, within.between(hit.first, hit.end)) for hit in LEXICON.find(within)]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("Interview with Acme", [("say.interview", "Interview"), ("word.with", "with")]),
        ("exit interview", [("say.hr", "exit interview")]),
        ("Exit – interview", [("say.interview", "interview")]),
        ("一次面接です", [("say.interview", "面接")]),
        ("Haastatteluun", [("say.interview", "Haastatteluun")]),
        ("Zweitgespräch", [("say.chat", "Zweitgespräch")]),
        ("interviewing", []),
        ("", []),
    ],
)
def test_the_longest_phrase_of_a_family_is_meant(raw: str, found: list[tuple[str, str]]) -> None:
    assert kinds(raw) == found


def test_words_are_compared_without_case_and_accents() -> None:
    assert [fold(word) for word in ("ENTRETIEN", "présélection", "İş", "Łódź")] == [
        "entretien",
        "preselection",
        "is",
        "lodz",
    ]


@pytest.mark.parametrize("phrase", ["", " – ", "ab*", "*abc"])
def test_a_phrase_must_say_something(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"empty phrase|too short"):
        Lexicon({"say.chat": [phrase]}.items())
