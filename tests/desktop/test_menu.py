"""The entry of the menu, its icon and the manual page: right by the desktop's tools, copied and taken away again."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from showup.cli import manual
from showup.desktop import menu
from tests.support.parts import need

ROOT = Path(__file__).parents[2]
SHARE = ROOT / "src/showup/desktop/share"
WORDS = ("/home/sam/.local/bin/showup",)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("words", [WORDS, ("/opt/my $tools/100%/py \\thon", "-m", "showup")])
def test_the_entry_is_valid_and_starts_the_program(
    tmp_path: Path, environ: dict[str, str], words: tuple[str, ...]
) -> None:
    need("desktop-file-validate")
    menu.put(words, environ)
    file = tmp_path / ".local/share" / menu.ENTRY
    done = subprocess.run(["desktop-file-validate", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"TryExec={words[0]}\n" in file.read_text()


def test_the_words_are_quoted_by_the_rules(tmp_path: Path, environ: dict[str, str]) -> None:
    menu.put(('/a "b" $c/sh', "100%"), environ)
    text = (tmp_path / ".local/share" / menu.ENTRY).read_text()
    assert r'Exec="/a \\"b\\" \\$c/sh" 100%% web' in text.splitlines()


def test_what_the_package_has_is_valid() -> None:
    need("desktop-file-validate", "rsvg-convert")
    subprocess.run(["desktop-file-validate", str(SHARE / menu.ENTRY)], check=True)
    for size in ("16", "128"):
        drawn = subprocess.run(
            ["rsvg-convert", "-w", size, "-h", size, str(SHARE / menu.ICON)], capture_output=True, check=True
        )
        assert drawn.stdout.startswith(b"\x89PNG")


def test_it_is_copied_once_and_taken_away_whole(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / ".local/share").mkdir(parents=True)
    before = tree(tmp_path)
    done = menu.put(WORDS, environ)
    assert [path.name for path in done] == ["showup.desktop", "showup.svg", "showup.1"]
    assert menu.put(WORDS, environ) == []
    assert [path.name for path in menu.put(("/elsewhere/showup",), environ)] == ["showup.desktop"]
    menu.take_away(environ)
    assert tree(tmp_path) == before
    menu.take_away(environ)


def test_what_others_put_there_stays(tmp_path: Path, environ: dict[str, str]) -> None:
    share = tmp_path / ".local/share"
    mine, linked, other = share / menu.ENTRY, share / menu.MANUAL, share / "applications/other.desktop"
    for file in (mine, linked):
        file.parent.mkdir(parents=True)
    mine.write_text("[Desktop Entry]\nName=mine\n")
    other.write_text("other")
    linked.symlink_to(SHARE / menu.MANUAL)
    assert [path.name for path in menu.put(WORDS, environ)] == ["showup.svg"]
    menu.take_away(environ)
    assert mine.read_text() == "[Desktop Entry]\nName=mine\n"
    assert other.exists()
    assert linked.is_symlink()
    assert not (share / "icons").exists()


@pytest.mark.parametrize("listed", [True, False])
def test_where_the_desktop_looks_nothing_is_copied(tmp_path: Path, environ: dict[str, str], listed: bool) -> None:
    entry = tmp_path / "prefix/share" / menu.ENTRY
    entry.parent.mkdir(parents=True)
    entry.touch()
    if listed:
        environ["XDG_DATA_DIRS"] = f"/usr/share:{tmp_path}/prefix/share"
    assert (menu.put(WORDS, environ, str(tmp_path / "prefix")) == []) is listed


def test_without_a_home_nothing_is_done() -> None:
    assert menu.put(WORDS, {}) == []
    menu.take_away({})


def test_the_manual_page_is_that_of_the_commands() -> None:
    told = (SHARE / menu.MANUAL).read_text("utf-8")
    assert told == manual.page(), "the help of a command has changed: `make manual` writes the page anew"


def test_the_manual_page_has_no_mistake(tmp_path: Path) -> None:
    need("mandoc", "man")
    file = tmp_path / "showup.1"
    file.write_text(manual.page(), "utf-8")
    linted = subprocess.run(["mandoc", "-T", "lint", str(file)], capture_output=True, text=True, check=False)
    assert linted.stdout == ""
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    shown = subprocess.run(["man", "--warnings", "-l", str(file)], env=env, capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    for said in ("showup answer ID WORD", "--minutes N", "EXIT STATUS", "showup.sqlite"):
        assert said in shown.stdout, said


def test_a_line_of_a_help_is_never_a_command_of_roff() -> None:
    assert list(manual._lines(".so /etc/passwd")) == [r"\&.so /etc/passwd"]
    assert list(manual._lines("`a\\b` - c")) == [r"\fBa\eb\fR \- c"]


def test_the_wheel_brings_them(tmp_path: Path) -> None:
    build = "from hatchling.build import build_wheel; print(build_wheel(__import__('sys').argv[1]))"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for name in (menu.ENTRY, menu.ICON, menu.MANUAL):
        assert [one for one in names if one.endswith(f".data/data/share/{name}")], name
        assert f"showup/desktop/share/{name}" in names
