"""Whatever an invitation says, nothing of it commands the terminal."""

import os
import pty
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.ics import calendar, vevent

Cli = Callable[..., Result]

EVIL = (
    r"Interview with Acme \u001b[31mred\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007"
    r"\u009b2J\u202eesrever\u2066x\r\nSecond line\u0000\u200b 面接官 [bold]:smile:[/bold] "
) + "long " * 2000
PEOPLE = (
    r'organizer = { email = "hr@acme.example", displayName = "Acme\u001b[2J\u202e" }, attendees = '
    '[{ email = "sam@example.org", self = true }, { email = "hr@acme.example" }]'
)
WHEN = 'start = { dateTime = "2026-07-02T10:00:00-04:00" }, end = { dateTime = "2026-07-02T10:30:00-04:00" }'
STORY = f"""
title = "Evil \\u001b[31m\\u202e"
owner = ["sam@example.org"]
start = 2026-07-02T09:00:00-04:00
end = 2026-07-02T10:06:00-04:00
[[step]]
at = 2026-07-02T09:00:00-04:00
calendar = "put"
event = {{ id = "evil\\u001b[31m\\n\\u202e1", summary = "{EVIL}", location = "\\u001b[2J", {PEOPLE}, {WHEN} }}
[[expect]]
notice = "late"
id = "evil\\u001b[31m\\n\\u202e1"
"""
COMMANDS = (
    *(["interviews"], ["interviews", "--json"], ["why", "1"], ["why", "1", "--json"], ["companies"]),
    *(["companies", "--json"], ["company", "Acme"], ["company", "\x1b[31mx\u202e"], ["status"], ["status", "--json"]),
    *(["answer", "1", "late", "--minutes", "9", "--note", "\x1b[31m\u202e"], ["answer", "\x1b[31m", "late"]),
    *(["export"], ["export", "--format", "csv"], ["why", "\x1b[31m\u202e"]),
    *(["letter", "1", "--about", "missed"], ["letter", "1", "--about", "missed", "--json"], ["letter", "\x1b[31m"]),
)


def harmful(text: str) -> set[str]:
    """The characters in it that do more than show."""
    return {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in "\n\r"}


@pytest.fixture
def evil(story: Callable[[str], None], at: Callable[[str], None]) -> None:
    story(STORY)
    at("2026-07-02T10:06:00-04:00")


@pytest.mark.usefixtures("evil")
@pytest.mark.parametrize(
    "arguments", COMMANDS, ids=lambda arguments: " ".join(arguments).encode("unicode_escape").decode()
)
def test_nothing_harmful_is_printed(cli: Cli, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert result.exit_code in {0, 1}
    assert harmful(result.stdout + result.stderr) == set()
    assert result.stdout + result.stderr


@pytest.mark.usefixtures("evil")
@pytest.mark.parametrize("arguments", [["interviews"], ["why", "1"], ["companies"], ["status"]])
def test_nothing_is_wider_than_the_screen_or_endless(cli: Cli, arguments: list[str]) -> None:
    lines = cli(*arguments).stdout.splitlines()
    widths = [sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) for line in lines]
    assert len(lines) < 30
    assert max(widths) <= (80 if arguments != ["status"] else 140)


def test_stories_and_calendars_are_no_way_in_either(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "story.toml"
    file.write_text(STORY)
    told = cli("rehearse", str(file))
    assert harmful(told.stdout + told.stderr) == set()
    assert (told.exit_code, "[bold]:smile:[/bold]" in told.stdout) == (1, False)  # it is cut before that
    title = "Interview \x1b[31m\x9b2J\u202e [bold]Acme[/bold]"
    (tmp_path / "a.ics").write_bytes(calendar(vevent("DTSTART:20260303T100000Z", "\x1b[31m", title)))
    shown = cli("recognise", str(tmp_path / "a.ics"))
    assert harmful(shown.stdout + shown.stderr) == set()
    assert "Interview [bold]Acme[/bold]" in shown.stdout
    assert harmful(cli("recognise", str(tmp_path / "a.ics"), "--json").stdout) == set()


def on_a_terminal(*arguments: str, **environ: str) -> str:
    """What a command prints on a terminal of 100 columns."""
    screen, end = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environ}
    done = subprocess.Popen([sys.executable, "-m", "showup", *arguments], stdout=end, stderr=end, env=env)
    os.close(end)
    shown = b""
    try:
        while chunk := os.read(screen, 65536):
            shown += chunk
    except OSError:  # the other end is closed: that is all
        pass
    os.close(screen)
    done.wait(timeout=30)
    return shown.decode()


@pytest.mark.usefixtures("told")
def test_a_terminal_gets_colours_unless_they_are_unwanted() -> None:
    assert "\x1b[31m" in on_a_terminal("companies")
    assert "\x1b[31m" not in on_a_terminal("companies", NO_COLOR="1")


@pytest.mark.usefixtures("told")
def test_a_pipe_gets_plain_text_even_where_colours_are_forced(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = cli("companies").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    assert cli("companies").stdout == plain


@pytest.mark.usefixtures("evil")
def test_on_a_terminal_there_are_only_colours_of_our_own() -> None:
    shown = on_a_terminal("interviews")
    for piece in shown.split("\x1b")[1:]:
        assert piece[0] == "[" and piece[1:].lstrip("0123456789;")[0] == "m"  # noqa: PT018 - one thought
    assert harmful(shown.replace("\x1b", "")) == set()
