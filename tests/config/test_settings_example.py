"""config.example.toml: it can be used as it is and with everything uncommented, and it leaves nothing out."""

import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from showup.config import CalendarSettings, Detectors, Settings, settings_from
from showup.config.settings import Keeping, Letter, Push
from showup.core.policy import Checkpoints, Policy, Score

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


@pytest.fixture
def commented() -> str:
    return EXAMPLE.read_text("utf-8")


@pytest.fixture
def uncommented(commented: str) -> str:
    return re.sub(r"^#(?=[a-z_]+ = |\[)", "", commented, flags=re.MULTILINE)


def test_as_it_is_it_changes_nothing(commented: str) -> None:
    settings = settings_from(tomllib.loads(commented))
    assert settings == Settings(paths=settings.paths)


def test_uncommented_it_shows_the_defaults(uncommented: str) -> None:
    settings = settings_from(tomllib.loads(uncommented))
    assert (settings.policy, settings.detectors) == (Policy(), Detectors())
    assert (settings.letter, replace(settings.push, urls=())) == (Letter(), Push())
    assert settings.owner == ("sam@example.org", "sam.delacroix@mail.example")
    assert [calendar.type for calendar in settings.calendars] == ["ics", "ics", "google", "caldav"]


def test_every_option_is_in_it(uncommented: str) -> None:
    table = tomllib.loads(uncommented)
    assert set(table) == {field.name for field in fields(Settings)} - {"paths", "policy"} | {"checkpoints", "score"}
    for name, kind in {
        "checkpoints": Checkpoints,
        "score": Score,
        "detectors": Detectors,
        "record": Keeping,
        "letter": Letter,
        "push": Push,
    }.items():
        assert set(table[name]) == {field.name for field in fields(kind)}
    shown = {key for calendar in table["calendars"] for key in calendar}
    assert shown == {field.name for field in fields(CalendarSettings)}


def test_every_option_has_a_word_of_explanation(commented: str) -> None:
    for block in commented.split("\n\n"):
        rows = block.splitlines()
        if any(re.match(r"#[a-z_]+ = ", row) for row in rows):
            assert rows[0].startswith("# "), block
