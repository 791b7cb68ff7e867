"""A text made into another one: lines and words put in, doubled, swapped, cut, and now and then a byte."""

import re
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.pieces import BYTES

LONGEST = 20_000


def mutated(data: bytes, pieces: Sequence[str], chance: Random) -> bytes:
    """Another text, by one to six changes; the same `chance` makes the same."""
    rows = data.decode("utf-8", "surrogateescape").split("\n")
    for _ in range(chance.randint(1, 6)):
        chance.choice(CHANGES)(rows, pieces, chance)
    return "\n".join(rows).encode("utf-8", "surrogateescape" if _whole(rows) else "replace")[:LONGEST]


def _whole(rows: list[str]) -> bool:
    """Whether it can be encoded: half a character of a piece may have come beside a byte that is none."""
    return not any("\ud800" <= char <= "\udc7f" or "\udd00" <= char <= "\udfff" for row in rows for char in row)


def _put(rows: list[str], pieces: Sequence[str], chance: Random) -> None:
    rows.insert(chance.randint(0, len(rows)), chance.choice(pieces))


def _instead(rows: list[str], pieces: Sequence[str], chance: Random) -> None:
    rows[chance.randrange(len(rows))] = chance.choice(pieces)


def _likewise(rows: list[str], pieces: Sequence[str], chance: Random) -> None:
    """A line of the same name, which says something else: what is read stays as it should be but for that."""
    at = chance.randrange(len(rows))
    names = {piece: _name(piece) for piece in pieces}
    same = [piece for piece, name in names.items() if name and name == _name(rows[at])]
    if same:
        rows[at] = chance.choice(same)


def _name(row: str) -> str:
    return re.split(r"[ =:;>]", row, maxsplit=1)[0]


def _drop(rows: list[str], _pieces: Sequence[str], chance: Random) -> None:
    if len(rows) > 1:
        del rows[chance.randrange(len(rows))]


def _again(rows: list[str], _pieces: Sequence[str], chance: Random) -> None:
    """Some lines once more, or a few hundred times."""
    first = chance.randrange(len(rows))
    some = rows[first : first + chance.randint(1, 12)]
    rows[first:first] = some * chance.choice((1, 1, 2, 20, 300))


def _swap(rows: list[str], _pieces: Sequence[str], chance: Random) -> None:
    one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def _within(rows: list[str], pieces: Sequence[str], chance: Random) -> None:
    """Something put into a line, which may swallow a part of it."""
    at = chance.randrange(len(rows))
    row = rows[at]
    first = chance.randint(0, len(row))
    last = min(len(row), first + chance.choice((0, 0, 1, 5, 40)))
    word = chance.choice((*BYTES, *pieces)) * chance.choice((1, 1, 1, 3, 200))
    rows[at] = row[:first] + word + row[last:]


def _figure(rows: list[str], _pieces: Sequence[str], chance: Random) -> None:
    """One character is another."""
    at = chance.randrange(len(rows))
    if rows[at]:
        place = chance.randrange(len(rows[at]))
        rows[at] = rows[at][:place] + chance.choice("0123456789-+TZ;:,=.*\"'\\ ") + rows[at][place + 1 :]


CHANGES: tuple[Callable[[list[str], Sequence[str], Random], None], ...] = (
    *(_put, _instead, _likewise, _likewise, _likewise, _drop, _again, _swap, _within, _within, _figure),
)
