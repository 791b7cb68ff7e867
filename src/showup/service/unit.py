"""The files of the unit: the one of the package, starting the program that really runs, and what this machine needs."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

NAME = "showup.service"
PLACES, OPEN = "showup-places.conf", "showup-without-namespaces.conf"
"""Our own drop-ins: folders that are elsewhere than usual, and what takes away a sandbox that cannot be had."""

_MARK = "# `showup service install` wrote this; your own changes belong into `systemctl --user edit showup`. Sum: "
_BY_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
_PASSING = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - named to be looked at, not used


@dataclass(frozen=True, slots=True)
class Places:
    """What differs from what the unit takes for granted: variables, folders to write to, whether /tmp is needed."""

    environment: Mapping[str, str] = field(default_factory=dict)
    writable: Sequence[Path] = ()
    shared_tmp: bool = False


def program(name: str, python: str) -> tuple[str, ...]:
    """The words that start the program which was called by `name` (`sys.argv[0]`) and runs in `python`.

    That is the command itself, its link not followed: it outlives what it leads to. A module is started by the
    command beside its Python, where there is one.
    """
    called, beside = Path(name).absolute(), Path(python).with_name("showup")
    for command in (called, beside):
        if command.name == "showup" and command.is_file() and os.access(command, os.X_OK):
            return (str(command),)
    return (python, "-m", "showup")


def unit(words: Sequence[str]) -> str:
    """The unit's text, with the mark by which it is known as ours."""
    first, *more = words if _takes(words[0]) else (*_BY_SHELL, *words)
    started = " ".join([quoted(first), *(quoted(word).replace("$", "$$") for word in more), "run"])
    lines = (f"ExecStart={started}" if line.startswith("ExecStart=") else line for line in packaged().splitlines())
    return marked("\n".join(lines) + "\n")


def drop_in(places: Places) -> str:
    """The drop-in for folders that are elsewhere; empty where everything is in its usual place."""
    lines = [f"Environment={quoted(f'{name}={value}')}" for name, value in sorted(places.environment.items())]
    lines += [f"ReadWritePaths={quoted(str(folder))}" for folder in places.writable]
    lines += ["# Something that it needs lies in /tmp.", "PrivateTmp=no"] if places.shared_tmp else []
    return marked("\n".join(["[Service]", *lines, ""])) if lines else ""


def without_namespaces() -> str:
    """The drop-in for a system that forbids user namespaces."""
    return marked(files("showup.service").joinpath("without-namespaces.conf").read_text("utf-8"))


def packaged() -> str:
    """The unit as it is in the package; it starts `~/.local/bin/showup`."""
    return files("showup.service").joinpath(NAME).read_text("utf-8")


def marked(text: str) -> str:
    """The text below a line that says who wrote it, with its sum."""
    return f"{_MARK}{_sum(text)}\n{text}"


def ours(text: str) -> bool:
    """Whether nobody changed it since we wrote it."""
    first, _, rest = text.partition("\n")
    return first == f"{_MARK}{_sum(rest)}" or text == packaged()


def quoted(word: str) -> str:
    """A word by the rules of systemd.syntax(7) and systemd.unit(5): one word whatever it holds, no specifier in it."""
    escaped = "".join(f"\\x{ord(char):02x}" if char < " " or char == "\x7f" else char for char in _doubled(word))
    return f'"{escaped}"' if escaped != word or not _simple(word) else word


def passing(places: Iterable[Path]) -> bool:
    """Whether one of them lies in a folder for temporary files, of which a unit has its own."""
    return any(place.resolve().is_relative_to(folder) for place in places for folder in _PASSING)


def _takes(path: str) -> bool:
    """Whether systemd starts a program of this path: it takes no quotes, backslashes and controls there."""
    return path.isprintable() and not any(char in "'\"\\" for char in path)


def _doubled(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _simple(word: str) -> bool:
    return bool(word) and not any(char.isspace() or char in "'\";" for char in word)


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
