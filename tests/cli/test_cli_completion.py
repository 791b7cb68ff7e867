"""Completion in real shells, from a real record."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from showup.cli.main import commands
from showup.core.evidence import Word
from tests.cli.test_cli_imports import HEAVY, loaded
from tests.support.parts import need
from tests.support.terminal import terminal

HOSTILE = [
    "Evil $(touch owned) `touch owned`",
    "Semi; touch owned",
    "Two\nlines",
    "Bell\x1b]0;owned\x07",
    "Quo\"te's",
    "Comma, Inc.",
]


@pytest.fixture
def env(told: Path) -> dict[str, str]:
    """A shell in which `showup` is this tree's, and a record with companies of odd names."""
    with closing(sqlite3.connect(told / "showup/showup.sqlite")) as record:
        for name in HOSTILE:
            record.execute("INSERT INTO employers (name, domain) VALUES (?, '')", (name,))
        record.commit()
    command = told / "bin/showup"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m showup "$@"\n')
    command.chmod(0o755)
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    path = f"{command.parent}:{os.environ['PATH']}"
    return {**dict.fromkeys(names, str(told)), "PATH": path, "LANG": "C.UTF-8", "TZ": "America/New_York"}


def bash(env: Mapping[str, str], line: str) -> list[str]:
    """What bash would offer at the end of a line, as it would put it there."""
    need("bash")
    *before, last = line.split(" ")
    words = " ".join(f"'{word}'" for word in [*before, last])
    script = (
        f"source <(showup completion bash); COMP_WORDS=({words}); COMP_CWORD={len(before)}; compopt() {{ :; }}\n"
        "_showup_completion showup; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["bash", "-c", script], env=dict(env), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def fish(env: Mapping[str, str], line: str) -> dict[str, str]:
    """What fish offers at the end of a line, with its descriptions."""
    need("fish")
    script = f"showup completion fish | source; complete -C {line!r}"
    done = subprocess.run(["fish", "-c", script], env=dict(env), capture_output=True, text=True, check=True)
    rows = (row.partition("\t") for row in done.stdout.splitlines())
    return {name: told for name, _, told in rows}


def test_commands_interviews_words_and_companies_in_bash(env: dict[str, str]) -> None:
    assert bash(env, "showup st") == ["status"]
    assert set(bash(env, "showup why ")) >= {"1", "2", "3", "4"}
    assert bash(env, "showup answer 4 ") == [word.value for word in Word]
    assert bash(env, "showup company ac") == ["Acme"]
    assert bash(env, "showup company merge Acme b") == ["Birchwood"]


def test_a_hostile_name_is_one_word_and_no_command(env: dict[str, str], told: Path) -> None:
    offered = bash(env, "showup company rename ")
    assert [name for name in offered if "lines" in name or "Bell" in name] == []
    done = subprocess.run(
        ["bash", "-c", "\n".join(f"printf '%s\\n' {name}" for name in offered)],
        cwd=told,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {HOSTILE[0], HOSTILE[1], HOSTILE[4], "Acme"} <= set(done.stdout.splitlines())
    assert not (told / "owned").exists()


def test_tab_at_a_real_bash(env: dict[str, str], told: Path) -> None:
    with terminal(["bash", "--norc", "--noprofile", "-i"], {**env, "PS1": "$ "}) as shell:
        shell.answer("$ ", f"cd {told}; source <(showup completion bash); echo rea''dy")
        shell.wait_for("ready")
        shell.type("echo showup; showup company Ev\t\t")
        shell.wait_for("Evil\\ \\$\\(touch\\ owned\\)")
        shell.type("\n")
        shell.wait_for("There is no company “Evil $(touch owned) `touch owned`” on record.")
        shell.type("exit\n")
        shell.end()
    assert not (told / "owned").exists()


def test_fish_shows_who_and_when(env: dict[str, str]) -> None:
    found = fish(env, "showup why ")
    assert found["4"] == "Acme, Wed 04 Mar 09:30"
    assert fish(env, "showup company ac") == {"Acme": ""}
    assert "Comma, Inc." in fish(env, "showup company com")
    assert not any("\x1b" in name for name in fish(env, "showup company "))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_is_printed_is_right_for_the_shell(env: dict[str, str], shell: str, tmp_path: Path) -> None:
    need(shell)
    script = tmp_path / "script"
    script.write_text(CliRunner().invoke(commands, ["completion", shell]).stdout)
    assert "_SHOWUP_COMPLETE" in script.read_text()
    subprocess.run([shell, "-n", str(script)], env=env, check=True)


def test_tab_at_a_real_zsh(env: dict[str, str], told: Path) -> None:
    need("zsh")
    functions = told / "zfunc"
    functions.mkdir()
    (functions / "_showup").write_text(CliRunner().invoke(commands, ["completion", "zsh"]).stdout)
    (told / ".zshrc").write_text(f"fpath=({functions} $fpath); autoload -Uz compinit; compinit -u; PS1='$ '\n")
    with terminal(["zsh", "-i"], {**env, "ZDOTDIR": str(told)}) as shell:
        shell.wait_for("$ ")
        shell.type(f"cd {told}; showup company Ev\t")
        shell.wait_for("Evil\\ ")
        shell.type("\n")
        shell.wait_for("There is no company “Evil $(touch owned)")
        shell.type("exit\n")
        shell.end()
    assert not (told / "owned").exists()


def test_without_a_record_there_is_nothing_and_no_error(cli: object, home: Path) -> None:
    assert callable(cli)
    for words in (["why", ""], ["company", "show", ""], ["calendar", "check", ""]):
        done = complete(home, words)
        assert (done.stdout.strip(), done.stderr) == ("", "")
    (home / "showup/showup.sqlite").write_text("broken")
    (home / "showup/config.toml").write_text("= broken")
    for words in (["why", ""], ["company", "show", ""], ["calendar", "check", ""]):
        assert complete(home, words).stdout.strip() == ""


def complete(home: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HOME": str(home), "_SHOWUP_COMPLETE": "bash_complete"}
    env |= {"COMP_WORDS": " ".join(["showup", *words]), "COMP_CWORD": str(len(words))}
    return subprocess.run([sys.executable, "-m", "showup"], env=env, capture_output=True, text=True, check=False)


def test_it_imports_nothing_heavy() -> None:
    code = (
        "import os\nos.environ['_SHOWUP_COMPLETE'] = 'bash_complete'\n"
        "os.environ |= {'COMP_WORDS': 'showup why ', 'COMP_CWORD': '2'}\n"
        "from showup.cli.main import run\ntry:\n    run([])\nexcept SystemExit:\n    pass"
    )
    assert loaded(code) & HEAVY == set()
