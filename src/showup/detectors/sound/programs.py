"""Which program a stream belongs to, and whether two belong to the same one."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

_KEYS = (
    "application.process.binary",
    "application.id",
    "application.icon_name",
    "pipewire.access.portal.app_id",
    "application.name",
)
_NUMBER = re.compile(r"[0-9]{1,10}")
_DEEPEST = 20
"""So many parents are looked at; no session has more between a browser and its helpers."""


@dataclass(frozen=True, slots=True)
class Program:
    """Who a stream or a player says it is. `process` is 0 where it does not say."""

    names: frozenset[str]
    process: int = 0

    @property
    def holds_calls(self) -> bool:
        """Whether its open microphone means a call."""
        return bool(self.names & _known().calls) and not self.names & _known().never

    def is_same_as(self, other: "Program") -> bool:
        """Whether the two are one application.

        The processes tell, as long as both can be seen from here; a program in a sandbox names processes of its own
        world, and then the names must do.
        """
        if self.process and self.process == other.process:
            return True
        mine, theirs = _line(self.process), _line(other.process)
        if mine and theirs:
            return self.process in theirs or other.process in mine or _sisters(self, other, mine, theirs)
        return bool(_families(self.names) & _families(other.names))


def program(properties: Mapping[str, str]) -> Program:
    """The program that a stream's properties name."""
    told = [properties.get(key, "") for key in _KEYS]
    number = properties.get("application.process.id", "")
    return Program(words(told), int(number) if _NUMBER.fullmatch(number) else 0)


def words(told: Iterable[str]) -> frozenset[str]:
    """What a program calls itself in small letters: each name, and the first and last word of it."""
    found = set[str]()
    for name in told:
        whole = name.casefold().strip()[:200]
        parts = whole.replace(" ", ".").split(".")
        found |= {whole, parts[0], parts[-1]}
    return frozenset(found - {"", "desktop", "app", "com", "org", "io", "net"})


@dataclass(frozen=True, slots=True)
class _Known:
    calls: frozenset[str]
    never: frozenset[str]
    families: dict[str, frozenset[str]]


@cache
def _known() -> _Known:
    table = tomllib.loads((files("showup.detectors.sound") / "programs.toml").read_text(encoding="utf-8"))
    families = {name: frozenset(members) for name, members in table["families"].items()}
    return _Known(frozenset(table["calls"]), frozenset(table["never"]), families)


def _families(names: frozenset[str]) -> frozenset[str]:
    """The families of programs that hold calls, and those programs, which these names are of."""
    families = {family for family, members in _known().families.items() if names & members}
    return frozenset(families | (names & _known().calls))


def _sisters(one: Program, other: Program, mine: list[int], theirs: list[int]) -> bool:
    """Whether they are helpers of one program: the same parent, and of the same name."""
    return mine[1:2] == theirs[1:2] != [] and bool(one.names & other.names)


def _line(process: int) -> list[int]:
    """The process and those it descends from, without init and the like; empty where it cannot be seen."""
    line = list[int]()
    while process > 1 and len(line) < _DEEPEST:
        try:
            told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        except OSError:
            break
        line.append(process)
        process = int(told.rpartition(")")[2].split()[1])  # proc(5): the name, in brackets, may hold anything
    return line
