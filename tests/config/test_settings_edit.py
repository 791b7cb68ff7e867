"""Calendars are added to and taken out of the file of settings; nothing else in it changes."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showup.config import Paths, Settings
from showup.config.edit import Values, add_calendars, remove_calendar
from showup.config.faults import SettingsProblem
from showup.config.file import parse, text_of
from showup.config.paths import paths_in
from showup.core.problem import Problem
from showup.core.text import plain

WORK: Values = {"name": "work", "type": "ics", "path": "/home/sam/work.ics"}
HOME: Values = {"name": "home", "type": "ics", "url": "https://x.example/5ecre7"}
TEXT = """\
# Mine.
owner = ["sam@example.org"]   # that is me

# The first one.
[[calendars]]
name = "one"
type = "ics"
path = "/a.ics"

# The second one,
# in two lines.
[[calendars]]
type = "google"
name = "two"
calendars = [
    "primary",  # the main one

    "other",
]
# nothing more

[score]  # stricter
on_time_within_minutes = 3

[[calendars]]
name = "three"
type = "ics"
path = '''/c.ics'''
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path / "new/showup")


def write(paths: Paths, text: str) -> Paths:
    paths.config.parent.mkdir(parents=True, exist_ok=True)
    paths.config.write_text(text, "utf-8")
    return paths


def names(settings: Settings) -> list[str]:
    return [calendar.name for calendar in settings.calendars]


def test_a_file_is_made_for_its_owner_alone(paths: Paths) -> None:
    before = os.umask(0)
    try:
        assert names(add_calendars(paths, [WORK, HOME])) == ["work", "home"]
    finally:
        os.umask(before)
    assert paths.config.read_text() == (
        '[[calendars]]\nname = "work"\ntype = "ics"\npath = "/home/sam/work.ics"\n\n'
        '[[calendars]]\nname = "home"\ntype = "ics"\nurl = "https://x.example/5ecre7"\n'
    )
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (paths.config, paths.config.parent)]
    assert modes == [0o600, 0o700]


def test_what_was_there_stays_as_it_was(paths: Paths) -> None:
    write(paths, TEXT)
    settings = add_calendars(paths, [{"name": "g", "type": "google", "calendars": ("primary", 'a"b')}])
    assert paths.config.read_text() == (
        f'{TEXT}\n[[calendars]]\nname = "g"\ntype = "google"\ncalendars = ["primary", "a\\"b"]\n'
    )
    assert settings == parse(text_of(paths.config), paths)


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("one", '[[calendars]]\nname = "one"\ntype = "ics"\npath = "/a.ics"\n'),
        ("three", "\n[[calendars]]\nname = \"three\"\ntype = \"ics\"\npath = '''/c.ics'''\n"),
    ],
)
def test_only_the_one_that_is_meant_goes(paths: Paths, name: str, gone: str) -> None:
    write(paths, TEXT)
    remove_calendar(paths, name)
    assert paths.config.read_text() == TEXT.replace(gone, "")


def test_comments_stay_also_at_its_end(paths: Paths) -> None:
    write(paths, TEXT)
    assert names(remove_calendar(paths, "two")) == ["one", "three"]
    assert "# in two lines.\n# nothing more\n\n[score]  # stricter\n" in paths.config.read_text()


def test_the_last_one_goes_as_well(paths: Paths) -> None:
    add_calendars(paths, [WORK])
    assert names(remove_calendar(paths, "work")) == []
    assert paths.config.read_text() == ""
    assert names(add_calendars(paths, [HOME])) == ["home"]


def test_a_link_stays_one(paths: Paths, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n")
    paths.config.parent.mkdir(parents=True)
    paths.config.symlink_to(real)
    add_calendars(paths, [WORK])
    assert paths.config.is_symlink()
    assert real.read_text().startswith("# mine\n\n[[calendars]]\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("owner = 5\n", "line 1: owner is 5"),
        ("[[calendars]]\nname = 'a'\n", "calendars.1 has no type"),
        ("owner = [\n", "are no TOML"),
        ("calendars = []\n", "in a way that cannot be changed safely"),
        ('calendars = [{name = "a", type = "ics", path = "/a"}]\n', "in a way that cannot be changed safely"),
    ],
)
def test_a_file_that_cannot_be_changed_safely_stays(paths: Paths, text: str, said: str) -> None:
    write(paths, text)
    with pytest.raises(Problem) as raised:
        add_calendars(paths, [WORK])
    assert said in str(raised.value)
    assert paths.config.read_text() == text


@pytest.mark.parametrize(
    "bad", [WORK, {**WORK, "name": ""}, {"name": "x", "type": "none"}, {**HOME, "name": "x", "url": "5ecre7"}]
)
def test_what_would_not_be_right_is_not_written(paths: Paths, bad: Values) -> None:
    add_calendars(paths, [WORK])
    before = paths.config.read_bytes()
    with pytest.raises(SettingsProblem) as raised:
        add_calendars(paths, [bad])
    assert "5ecre7" not in str(raised.value)
    assert paths.config.read_bytes() == before


def test_one_that_is_not_there(paths: Paths) -> None:
    write(paths, TEXT)
    with pytest.raises(Problem, match=r"no calendar “four”\. The settings have “one”, “two”, “three”"):
        remove_calendar(paths, "four")
    assert paths.config.read_text() == TEXT


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be"):
        add_calendars(paths_in(tmp_path / "file/showup"), [WORK])


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=9)


@given(st.lists(NAMES.filter(lambda name: plain(name, 60) == name), unique=True, max_size=5))
def test_any_name_can_be_added_and_removed(tmp_path_factory: pytest.TempPathFactory, found: list[str]) -> None:
    paths = paths_in(tmp_path_factory.mktemp("any"))
    for name in found:
        add_calendars(paths, [{**WORK, "name": name}])
    for name in sorted(found):
        assert name not in names(remove_calendar(paths, name))
    assert paths.config.read_text() == "" if found else not paths.config.exists()
