"""The entry for the desktop's menu, with its icon and the manual page: by these the desktop names showup's notices.

A package manager puts them below its own prefix. Where the desktop does not look there, as with a virtual environment,
they are copied to the person's own folder (XDG Base Directory Specification 0.8, Desktop Entry Specification 1.5).
"""

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from showup import private

ENTRY = Path("applications/showup.desktop")
ICON = Path("icons/hicolor/scalable/apps/showup.svg")
MANUAL = Path("man/man1/showup.1")
_MARK = "Put here by `showup service install` or `showup setup`."
_LARGEST = 200_000
"""Bytes; ours are much smaller."""
_SYSTEM = "/usr/local/share:/usr/share"
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
"""Characters for which an argument of Exec has to be quoted, by the Desktop Entry Specification."""


def put(words: Sequence[str], environ: Mapping[str, str], prefix: str = sys.prefix) -> list[Path]:
    """Copy what the desktop would not find; `words` start the program. Which files are new or other ones now.

    A file that somebody else put there stays as it is.

    Raises:
        OSError: one cannot be written.
    """
    home, texts = _home(environ), {ENTRY: _entry(words), ICON: _marked(ICON), MANUAL: _marked(MANUAL)}
    if home is None or _found(home, environ, prefix):
        return []
    done = []
    for name, text in texts.items():
        file = home / name
        if _free(file) and _read(file) != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            done.append(file)
    return done


def take_away(environ: Mapping[str, str]) -> None:
    """Remove what we copied, and the folders that are empty then.

    Raises:
        OSError: a file cannot be removed.
    """
    home = _home(environ)
    if home is None:
        return
    for name in (ENTRY, ICON, MANUAL):
        if (home / name).is_file() and _free(home / name):
            (home / name).unlink()
            with suppress(OSError):  # somebody else's files are in there
                for folder in name.parents[:-1]:
                    (home / folder).rmdir()


def _home(environ: Mapping[str, str]) -> Path | None:
    told = environ.get("XDG_DATA_HOME", "")
    if told.startswith("/"):
        return Path(told)
    return Path(environ["HOME"]) / ".local/share" if environ.get("HOME", "").startswith("/") else None


def _found(home: Path, environ: Mapping[str, str], prefix: str) -> bool:
    """Whether the desktop looks where the package put its files."""
    places = [home, *map(Path, filter(None, (environ.get("XDG_DATA_DIRS") or _SYSTEM).split(":")))]
    own = Path(prefix, "share")
    return own in places and (own / ENTRY).is_file()


def _free(file: Path) -> bool:
    """Whether nothing is there, or what we put there; a link is somebody else's, such as pipx's."""
    return not file.is_symlink() and (not file.exists() or _MARK in _read(file))


def _read(file: Path) -> str:
    try:
        return private.read(file, _LARGEST).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _entry(words: Sequence[str]) -> str:
    """The entry, starting the program that really runs: a desktop seldom looks into ~/.local/bin."""
    called = {"Exec": " ".join([*map(_quoted, words), "web"]), "TryExec": words[0], "X-Comment": _MARK}
    lines = [line for line in _packaged(ENTRY).splitlines() if line.partition("=")[0] not in called]
    return "\n".join([*lines, *(f"{key}={value}" for key, value in called.items()), ""])


def _quoted(word: str) -> str:
    """An argument of Exec: quoted where it must be, and escaped once more as every value of an entry."""
    word = word.replace("%", "%%")
    if not _RESERVED & set(word):
        return word
    escaped = "".join(f"\\{char}" if char in '"`$\\' else char for char in word)
    return f'"{escaped}"'.replace("\\", "\\\\")


def _marked(name: Path) -> str:
    """A file of the package that says who put it there."""
    text = _packaged(name)
    return f"{text}<!-- {_MARK} -->\n" if name == ICON else f'{text}.\\" {_MARK}\n'


def _packaged(name: Path) -> str:
    return files("showup.desktop").joinpath("share", *name.parts).read_text("utf-8")
