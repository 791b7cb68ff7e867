"""letter: the polite message, by how things stand; opened, and never sent."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.test_cli_documented import DOCUMENT
from tests.support.session import wait_for

Cli = Callable[..., Result]


def shown(cli: Cli, *arguments: str) -> dict[str, Any]:
    result = cli("letter", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.usefixtures("told")
def test_it_is_shown_as_it_would_be_sent(cli: Cli) -> None:
    result = cli("letter", "4")
    to, subject, gap, greeting, *_ = result.stdout.splitlines()
    assert to.startswith("To: ")
    assert (subject, gap, greeting) == ("Subject: Our conversation of 2026-03-04, 09:30 EST", "", "Hello Acme team,")
    assert result.stdout.endswith("\n\nKind regards\n")
    assert "Nothing is sent." in result.stderr


@pytest.mark.usefixtures("told")
def test_every_key_is_documented(cli: Cli) -> None:
    found, text = shown(cli, "acme-1"), DOCUMENT.read_text("utf-8")
    assert (found["id"], found["about"]) == (4, "missed")
    assert {key for key in found if f"`{key}`" not in text} == set()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("moment", "arguments", "about"),
    [
        ("2026-03-04T09:40:00-05:00", ("answer", "4", "waiting"), "waiting"),
        ("2026-03-04T10:40:00-05:00", ("answer", "4", "no_show"), "missed"),
    ],
)
def test_what_it_says_follows_from_how_things_stand(
    cli: Cli, at: Callable[[str], None], moment: str, arguments: tuple[str, ...], about: str
) -> None:
    at(moment)
    assert cli(*arguments).exit_code == 0
    assert shown(cli, "4")["about"] == about
    assert shown(cli, "4", "--about", "way")["subject"] == "How do we meet at 09:30 EST?"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("number", "says", "remedy"),
    [
        ("1", "There is nothing to ask them (no show).", "--about waiting, missed"),
        ("2", "There is nothing to ask them (on time, presumed).", "--about waiting, missed"),
        ("99", "There is no appointment", "showup interviews"),
    ],
)
def test_where_nothing_follows_nothing_is_made_up(cli: Cli, number: str, says: str, remedy: str) -> None:
    result = cli("letter", number)
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert remedy in result.stderr


@pytest.mark.usefixtures("told")
def test_silence_is_not_held_against_them_here_either(cli: Cli, at: Callable[[str], None]) -> None:
    for _ in range(2):
        assert cli("answer", "4", "undo").exit_code == 0
    at("2026-03-06T09:00:00-05:00")
    result = cli("letter", "4")
    assert "Whether they came is not known. Say it first, such as `showup answer 4 no_show`." in result.stderr


@pytest.mark.usefixtures("told")
def test_it_opens_in_the_mail_program_and_only_there(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, folder = tmp_path / "opened", tmp_path / "bin"
    folder.mkdir()
    program = folder / "xdg-open"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$@" > {opened}.part; mv {opened}.part {opened}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.delenv("INVOCATION_ID", raising=False)
    link = shown(cli, "4")["mailto"]
    assert not opened.exists()
    result = cli("letter", "4", "--open")
    wait_for(opened.exists)
    assert opened.read_text() == link
    assert "It is open in your mail program." in result.stderr
    program.unlink()
    monkeypatch.setenv("PATH", str(folder))
    result = cli("letter", "4", "--open")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Install xdg-utils." in result.stderr
