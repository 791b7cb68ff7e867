"""Links are opened by the desktop, and only harmless ones."""

import os
import stat
from pathlib import Path

import pytest

from showup.core.link import checked
from showup.core.problem import Problem
from showup.desktop.opening import open_link
from tests.support.session import wait_for


def stand_in(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The first folder of the PATH, with an xdg-open that notes its arguments and its parent."""
    stand_in(tmp_path, "xdg-open", f'printf "%s\\n" "$#" "$1" > {tmp_path}/part; mv {tmp_path}/part {tmp_path}/opened')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.delenv("INVOCATION_ID", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    "url",
    [
        "https://meet.google.com/abc-defg-hij?authuser=sam@example.org&x=1#top",
        "http://localhost:8080/",
        "HTTPS://Example.org",
        "tel:+49-30-123456",
        "mailto:jo@acme.example?subject=Our%20interview",
        "https://example.org/$(touch%20x);'&|",
    ],
)
def test_a_harmless_link_reaches_the_desktop_as_one_argument(folder: Path, url: str) -> None:
    assert open_link(url)
    wait_for((folder / "opened").exists)
    assert (folder / "opened").read_text() == f"1\n{checked(url)}\n"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "-h",
        "--version",
        "meet.google.com/abc",
        "//example.org",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ssh://-oProxyCommand=x",
        "smb://host/share",
        "https:",
        "https:///path",
        "https://[::1",
        "https://example.org/\n--new",
        " https://example.org",
        "https://exa mple.org",
        "java\tscript:x",
        "\x00https://example.org",
        "https://example.org/" + "a" * 5000,
        "-https://example.org",
    ],
)
def test_anything_else_is_refused(folder: Path, url: str) -> None:
    with pytest.raises(Problem, match="not opened"):
        open_link(url)
    assert not (folder / "opened").exists()


def test_what_may_not_stand_in_a_link_is_encoded() -> None:
    assert (
        checked('https://example.org/`x`"<ü>\\|\u202e') == "https://example.org/%60x%60%22%3C%C3%BC%3E%5C%7C%E2%80%AE"
    )
    assert checked("https://example.org/a%20b") == "https://example.org/a%20b"


def test_a_service_hands_it_to_systemd_so_that_a_browser_is_not_its_child(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(folder, "systemd-run", f'echo "$@" > {folder}/run')
    monkeypatch.setenv("INVOCATION_ID", "0" * 32)
    assert open_link("https://example.org")
    assert (folder / "run").read_text() == "--user --quiet --collect -- xdg-open https://example.org\n"
    assert not (folder / "opened").exists()


def test_without_a_systemd_that_answers_it_is_opened_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(folder, "systemd-run", "exit 1")
    monkeypatch.setenv("INVOCATION_ID", "0" * 32)
    assert open_link("https://example.org")
    wait_for((folder / "opened").exists)


def test_a_desktop_that_hangs_holds_nobody_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(folder, "setsid", "exec sleep 5")
    monkeypatch.setattr("showup.desktop.opening._LIMIT", 0.1)
    assert not open_link("https://example.org")


def test_a_browser_that_stays_is_not_waited_for(folder: Path) -> None:
    stand_in(folder, "xdg-open", f"echo $$ > {folder}/part; mv {folder}/part {folder}/opened; exec sleep 5")
    assert open_link("https://example.org")
    wait_for((folder / "opened").exists)
    os.kill(int((folder / "opened").read_text()), 15)


def test_without_a_program_to_open_with_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match="xdg-utils"):
        open_link("https://example.org")
