import pytest

from showup.core.recognition.lexicon import Lexicon, text
from showup.core.recognition.marks import match, named, unnamed
from showup.core.recognition.names import runs

LEXICON = Lexicon(
    {
        "say.round": ["phone screen", "最終面接", "선"],
        "say.personal": ["delivery"],
        "say.role": ["baker"],
        "word.with": ["w", "with"],
        "word.and": ["of"],
        "word.filler": ["ど", "이", "de", "as", "k"],
        "word.via": ["via"],
        "part.last": ["labs", "group"],
        "part.first": ["hotel", "ville", "le"],
        "part.legal": ["gmbh co kg", "inc", "as", "株式会社", "株"],
        "part.town": ["berlin", "costa mesa"],
        "part.ending": ["com"],
    }.items()
)


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Phone screen w/ Hero Foods (Sam D.)", ["Hero Foods"]),
        ("Phone screen, Bank of America, 14:30", ["Bank of America"]),
        ("最終面接：みどり製薬", ["みどり製薬"]),
        ("네이버", ["네이버"]),
        ("Tidewater Labs – phone screen", ["Tidewater Labs"]),
        ("10am", []),
        ("最終面接：株式会社みどり製薬", ["みどり製薬"]),
        ("最終面接 (株)青葉", ["青葉"]),
        ("Phone screen – Kranich GmbH & Co. KG", ["Kranich"]),
        ("Phone screen, Block, Inc.", ["Block"]),
        ("Nordvik AS", ["Nordvik"]),
        ("Hero via Boards", ["Hero", "Boards"]),
        ("Hotel Adlon", ["Hotel Adlon"]),
        ("Ville de Brest", ["Ville de Brest"]),
        ("Le Petit Zinc", ["Le Petit Zinc"]),
        ("bakery Blé d'Or", ["Blé d'Or"]),
        ("Hero Berlin", ["Hero"]),
        ("Anduril Costa Mesa", ["Anduril"]),
        ("Bank of Berlin", ["Bank of Berlin"]),
        ("Trader Joe's", ["Trader Joe's"]),
        ("Monday.com", ["Monday.com"]),
        ("with Baker Hughes", ["Baker Hughes"]),
        ("K-Market", ["K-Market"]),
    ],
)
def test_a_name_is_what_is_left(title: str, names: list[str]) -> None:
    within = text(title)
    found = runs(within, LEXICON.find(within), frozenset({"sam"}))
    assert [run.name for run in found] == names


@pytest.mark.parametrize(
    ("words", "label", "part"),
    [
        (("delivery", "hero"), "deliveryhero", (0, 2)),
        (("acme", "berlin"), "acme", (0, 2)),
        (("transport", "for", "london"), "tfl", (0, 3)),
        (("fischer", "sohne"), "fischersoehne", (0, 2)),
        (("finch", "row"), "finchandrow", (0, 2)),
        (("acme",), "borealis", None),
    ],
)
def test_a_name_and_an_address_are_compared(words: tuple[str, ...], label: str, part: tuple[int, int] | None) -> None:
    assert match(words, label) == part


def test_what_a_phrase_says_within_the_employers_name_does_not_count() -> None:
    title, marks = text("Delivery Hero, phone screen"), frozenset({"deliveryhero"})
    assert [hit.first for hit in unnamed(LEXICON.find(title), title, marks)] == [2]
    assert named(title, marks)
    assert not named(text("Parcel"), marks)
