"""The second channel and the letters among the settings."""

import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from showup import wiring
from showup.config.letter import with_own
from showup.config.options import settings_from
from showup.config.settings import Push, Settings
from showup.core.letter import Occasion
from showup.core.notice import Kind
from showup.core.problem import Problem
from showup.knowledge.letters import letters

SECRET = "ntfy://s3cret-topic"


def read(text: str) -> Settings:
    return settings_from(tomllib.loads(text))


def test_what_goes_to_the_phone() -> None:
    found = read(f'[push]\nurls = ["{SECRET}"]\nafter_minutes = 0\nkinds = ["ask", "late", "ask"]').push
    assert found == Push((SECRET,), 0, (Kind.ASK, Kind.LATE))
    assert SECRET not in repr(found)
    assert read("").push == Push()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('urls = ["s3cret-topic"]', "push.urls is no list of addresses."),
        ('urls = "ntfy://s3cret-topic"', "push.urls is no list of addresses."),
        ('urls = ["ntfy://s3cret-topic x"]', "push.urls is no list of addresses."),
        ("after_minutes = 61", "push.after_minutes is 61."),
        ('kinds = ["lte"]', "push.kinds holds “lte”."),
        ('url = "ntfy://s3cret-topic"', "push.url is no setting. Did you mean urls?"),
    ],
)
def test_what_is_wrong_is_said_without_the_address(text: str, said: str) -> None:
    with pytest.raises(Problem) as raised:
        read(f"[push]\n{text}")
    assert said in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_one_s_own_words_take_the_place_of_ours(tmp_path: Path) -> None:
    english = letters("en")
    assert asdict(with_own(english, tmp_path)) == asdict(english)
    (tmp_path / "letter.toml").write_text('closing = "Best, Sam"\n[waiting]\nbody = "Shall I wait?"')
    own = with_own(english, tmp_path)
    assert (own.frame["closing"], own.bodies[Occasion.WAITING]) == ("Best, Sam", "Shall I wait?")
    assert own.subjects == english.subjects


@pytest.mark.parametrize(
    ("text", "said"),
    [("closing = ", "is no TOML"), ("closing = 5", "“closing” is no text"), ("x" * 300_000, "larger than 200 kB")],
)
def test_a_letter_that_cannot_be_used_is_said_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "letter.toml"
    file.write_text(text)
    with pytest.raises(Problem, match=said) as raised:
        with_own(letters("en"), tmp_path)
    assert str(file) in str(raised.value)


def test_a_language_that_there_is_no_letter_in_is_said() -> None:
    assert asdict(wiring.letters(read('[letter]\nlanguage = "de"'))) == asdict(letters("de"))
    with pytest.raises(Problem, match="There is no letter in “xx”"):
        wiring.letters(read('[letter]\nlanguage = "xx"'))
