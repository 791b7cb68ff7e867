"""Single options are set in the file of settings; nothing else in it changes."""

import difflib
import tomllib
from pathlib import Path

import pytest

from showup.config import Paths
from showup.config.change import Option, Place, change
from showup.config.paths import paths_in
from showup.core.problem import Problem

ROOT = Path(__file__).parents[2]
WANTED: dict[Place, Option] = {
    ("owner",): ["sam@example.org"],
    ("checkpoints", "late_after_minutes"): 7,
    ("detectors", "phone"): True,
}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path / "new/showup")


def write(paths: Paths, text: str) -> None:
    paths.config.parent.mkdir(parents=True, exist_ok=True)
    paths.config.write_text(text, "utf-8")


def changed(paths: Paths, before: str) -> list[str]:
    """The lines that went and came."""
    after = paths.config.read_text("utf-8")
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_without_a_file_one_is_made(paths: Paths) -> None:
    settings = change(paths, WANTED)
    assert (settings.owner, settings.policy.checkpoints.late_after_minutes) == (("sam@example.org",), 7)
    assert tomllib.loads(paths.config.read_text("utf-8")) == {
        "owner": ["sam@example.org"],
        "checkpoints": {"late_after_minutes": 7},
        "detectors": {"phone": True},
    }
    assert paths.config.stat().st_mode & 0o777 == 0o600


def test_what_is_new_stands_below_its_example(paths: Paths) -> None:
    before = (ROOT / "config.example.toml").read_text("utf-8")
    write(paths, before)
    change(paths, WANTED)
    after = paths.config.read_text("utf-8").splitlines()
    assert changed(paths, before) == ['+ owner = ["sam@example.org"]', "+ late_after_minutes = 7", "+ phone = true"]
    assert after[after.index("phone = true") - 1] == "#phone = false"


def test_what_is_there_keeps_its_place_and_comment(paths: Paths) -> None:
    before = 'owner = ["a@b.example"]  # me\n[detectors]\nphone = false # broken\n[checkpoints]\nlate_after_minutes=4\n'
    write(paths, before)
    change(paths, WANTED)
    assert paths.config.read_text("utf-8") == (
        'owner = ["sam@example.org"]  # me\n[detectors]\nphone = true # broken\n[checkpoints]\nlate_after_minutes=7\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "checkpoints = {late_after_minutes = 3}\n[detectors]",
        '[[calendars]]\nname = "a"\ntype = "ics"\npath = "/a"',
        "\n\n# only a comment",
        'owner = [\n  "a@b.example", # one\n  "c@d.example"\n]\n\n[score]\n# nothing yet\n',
    ],
)
def test_the_rest_stays(paths: Paths, text: str) -> None:
    write(paths, text)
    settings = change(paths, WANTED)
    assert (settings.owner, settings.policy.checkpoints.late_after_minutes, settings.detectors.phone) == (
        ("sam@example.org",),
        7,
        True,
    )
    kept = {key: value for key, value in tomllib.loads(text).items() if key in {"calendars", "score"}}
    assert kept.items() <= tomllib.loads(paths.config.read_text("utf-8")).items()
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in paths.config.read_text("utf-8").splitlines() if line.startswith("#")
    ]


@pytest.mark.parametrize("text", ["detectors.sound = false\n", "owner = 3\n", "= 1\n"])
def test_what_cannot_be_changed_safely_stays_as_it_was(paths: Paths, text: str) -> None:
    write(paths, text)
    with pytest.raises(Problem):
        change(paths, WANTED)
    assert paths.config.read_text("utf-8") == text


def test_what_would_not_be_right_is_not_written(paths: Paths) -> None:
    with pytest.raises(Problem, match="late_after_minutes"):
        change(paths, {("checkpoints", "late_after_minutes"): 16})
    assert not paths.config.exists()
