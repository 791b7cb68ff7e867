"""rehearse: a story is told, its expectations are looked at, its outcome is given out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.played import event

Cli = Callable[..., Result]

ACME = event("a-1", "Interview with Acme – Designer", "2026-07-02T10:00:00-04:00", "2026-07-02T10:30:00-04:00")
STORY = f"""
title = "Nobody came"
owner = ["sam@example.org"]
start = 2026-07-02T09:00:00-04:00
end = 2026-07-02T11:00:00-04:00
[[step]]
at = 2026-07-02T09:00:00-04:00
calendar = "put"
event = {ACME}
[[step]]
at = 2026-07-02T10:20:00-04:00
answer = "waiting"
id = "a-1"
[[expect]]
id = "a-1"
outcome = "no_show"
"""
TOLD = """\
Nobody came

Thursday 02 July 2026
  09:00  Interview with Acme – Designer is put into the calendar, for Thu 02 Jul
         10:00.
  09:50  ▸ Interview with Acme in 10 minutes [Write to them] (brief)
  10:05  ▸ Has Acme joined? [They're here] [Still waiting] [They moved it] [My
         side] (ask)
  10:20  You answer “waiting”: Interview with Acme – Designer.
  10:30  ▸ Acme did not come [Write to them] [They came] [They had told me]
         (no_show)

What was expected
    Expected
───────────────────────────────
✓   id = a-1, outcome = no_show

Company   Score        Label        n   On time   Late   No-show   Moved
────────────────────────────────────────────────────────────────────────
Acme      73 (43–94)   forgivable   1         0      0         1       0
"""
FAILED = """\
    Expected                                Found instead
────────────────────────────────────────────────────────────────────────────────
✓   id = a-1, outcome = no_show
✗   id = a-1, outcome = late,               outcome = no_show, minutes_late =
    minutes_late = 3                        None
"""


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        (tmp_path / "story.toml").write_text(text, "utf-8")
        return str(tmp_path / "story.toml")

    return write


def test_a_story_is_told_line_by_line(cli: Cli, file: Callable[[str], str]) -> None:
    result = cli("rehearse", file(STORY))
    assert (result.stdout, result.stderr, result.exit_code) == (TOLD, "", 0)


def test_one_failing_expectation_is_exit_code_1(cli: Cli, file: Callable[[str], str]) -> None:
    result = cli("rehearse", file(STORY + '[[expect]]\nid = "a-1"\noutcome = "late"\nminutes_late = 3\n'))
    assert result.exit_code == 1
    assert result.stderr == "1 of 2 expectations did not hold. The table above says which.\n"
    assert "✓   id = a-1, outcome = no_show" in result.stdout
    assert result.stdout.partition("What was expected\n")[2].startswith(FAILED)


def test_json_is_the_outcome_and_nothing_else(cli: Cli, file: Callable[[str], str]) -> None:
    result = cli("rehearse", file(STORY + '[[expect]]\nid = "a-1"\noutcome = "late"\n'), "--json")
    found = json.loads(result.stdout)
    assert (list(found), result.exit_code) == (["notices", "appointments", "employers"], 0)
    assert [notice["kind"] for notice in found["notices"]] == ["brief", "ask", "no_show"]
    assert found["appointments"][0]["outcome"] == "no_show"
    assert found["employers"][0]["name"] == "Acme"


def test_without_a_file_it_is_the_founding_tale(cli: Cli) -> None:
    result = cli("rehearse")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("The founding tale: forgotten twice\n\nMonday 02 March 2026\n  09:00  Interview")
    assert "✗" not in result.stdout
    assert result.stdout.count("✓") == 9
    acme = "Acme        64 (35–88)   pattern    2         0      0         2       0"
    assert acme in result.stdout


def test_every_kind_of_step_has_words(cli: Cli, file: Callable[[str], str]) -> None:
    quiet = ACME.replace("10:00:00", "23:00:00").replace("10:30:00", "23:30:00")
    steps = [
        *('calendar = "put"\nevent = ' + quiet, 'calendar = "down"', 'calendar = "up"', 'calendar = "empty"'),
        *('calendar = "full"', 'calendar = "truncated"', 'calendar = "whole"', 'you = "join"', 'they = "join"'),
        *('they = "speak"', 'they = "quiet"', 'they = "leave"', 'you = "leave"', 'noise = "ring"', 'noise = "music"'),
        *('noise = "chime"', 'noise = "off"', 'phone = "ring"', 'phone = "missed"', 'mute = "on"', 'mute = "off"'),
        *('detector = "sound"\nstate = "dead"', 'machine = "sleep"', 'machine = "wake"', 'machine = "crash"'),
        *('machine = "start"', 'machine = "clock"\nby = "PT2H"', 'desktop = "gone"', 'desktop = "back"'),
        *('calendar = "cancel"\nid = "a-1"', 'calendar = "vanish"\nid = "a-1"'),
    ]
    when = "2026-07-02T09:00:00-04:00"
    text = f"start = {when}\nend = {when}\n" + "\n".join(f"[[step]]\nat = {when}\n{step}" for step in steps)
    result = cli("rehearse", file(text))
    lines = [line[9:] for line in result.stdout.splitlines() if line.startswith("  09:00")]
    assert result.exit_code == 0
    assert lines[:2] == [
        "Interview with Acme – Designer is put into the calendar, for Thu 02 Jul",
        "The calendar cannot be reached.",
    ]
    assert lines[len(steps) - 1] == "Interview with Acme – Designer is gone from the calendar."
    assert not [line for line in lines if ": " in line]  # none is told in the story's own shorthand


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "The story is no TOML: "),
        ('title = "a"', "“start” of the story must be a time with its offset."),
        (STORY.replace('answer = "waiting"', 'answer = "perhaps"'), "“perhaps” is no answer."),
    ],
)
def test_a_story_that_is_none_is_one_sentence(cli: Cli, file: Callable[[str], str], text: str, said: str) -> None:
    result = cli("rehearse", file(text))
    assert result.exit_code == 1
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 1


def test_an_answer_about_nothing_known_is_refused_and_the_story_goes_on(cli: Cli, file: Callable[[str], str]) -> None:
    unknown = STORY.replace('answer = "waiting"\nid = "a-1"', 'answer = "waiting"\nid = "b-1"')
    (row,) = json.loads(cli("rehearse", file(unknown), "--json").stdout)["appointments"]
    assert (row["uid"], row["outcome"]) == ("a-1", "unknown")


def test_a_story_that_cannot_be_read_is_one_sentence(cli: Cli, tmp_path: Path) -> None:
    result = cli("rehearse", str(tmp_path / "absent.toml"))
    assert (result.exit_code, result.stderr) == (
        1,
        f"The story {tmp_path}/absent.toml cannot be read: No such file or directory. Check its name.\n",
    )
    (tmp_path / "bad.toml").write_bytes(b"title = '\xff'")
    assert "is not in UTF-8" in cli("rehearse", str(tmp_path / "bad.toml")).stderr


def test_nothing_is_left_behind(cli: Cli, home: Path, file: Callable[[str], str]) -> None:
    cli("rehearse", file(STORY))
    assert sorted(path.name for path in home.rglob("*")) == ["showup", "story.toml"]
