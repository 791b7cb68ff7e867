"""Questions worth asking them: those of the person's own file, else the ones that come with the program."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from showup import private
from showup.core.text import plain

NAME = "questions.txt"
_LARGEST = 64 * 1024
_MOST = 200
_ROOM = 300


@dataclass(frozen=True, slots=True)
class Group:
    """Questions about one thing."""

    name: str
    questions: tuple[str, ...]


def worth_asking(own: Path) -> tuple[Group, ...]:
    """The questions of the person's own file, where it is there and has any."""
    return parsed(_text(own)) or parsed(files("showup.web").joinpath(NAME).read_text("utf-8"))


def parsed(text: str) -> tuple[Group, ...]:
    """One question a line; a line that begins with `#` names those below it. Bounded, as a person may paste a book."""
    groups: list[tuple[str, list[str]]] = []
    for line in text.splitlines()[:_MOST]:
        told = plain(line.lstrip("#- "), _ROOM)
        if line.startswith("#"):
            groups.append((told, []))
        elif told:
            if not groups:
                groups.append(("", []))
            groups[-1][1].append(told)
    return tuple(Group(name, tuple(questions)) for name, questions in groups if questions)


def _text(own: Path) -> str:
    try:
        return private.read(own, _LARGEST)[:_LARGEST].decode("utf-8", "replace")
    except OSError:  # none there, or not to be read: then there are the program's own
        return ""
