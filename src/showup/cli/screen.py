"""Output: JSON, lines and tables. All text of a calendar goes through here, and comes out harmless."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Literal

import click

from showup.core.text import plain

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_PLAIN_WIDTH = 80
_CELL = 300
_BETWEEN = 3
"""Blanks between two columns."""
_NARROWEST = 8

as_json = click.option("--json", "wants_json", is_flag=True, help="Print JSON instead; docs/json.md describes it.")


def show_json(value: object, write: Callable[[str], object] = click.echo) -> None:
    """Print JSON, in ASCII: so no control character and no odd encoding ever meets a terminal."""
    write(json.dumps(value, indent=2))


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with a style of rich, such as "red"."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `figures` stand to the right; one that is `wide` is cut where there is no room, or folded."""

    name: str
    figures: bool = False
    wide: bool = False
    folded: bool = False


def table(columns: Sequence[Column], rows: Iterable[Sequence[str | Cell]]) -> None:
    """Print a table no wider than the terminal, or than 80 columns where there is none."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    lines = [[_text(cell) for cell in row] for row in rows]
    natural = [
        max([len(column.name), *(line[place].cell_len for line in lines)]) for place, column in enumerate(columns)
    ]
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column, width in zip(columns, _widths(columns, natural), strict=True):
        justify: Literal["right", "left"] = "right" if column.figures else "left"
        cut = not column.folded
        made.add_column(
            Text(column.name), justify=justify, width=width, no_wrap=cut, overflow="ellipsis" if cut else "fold"
        )
    for line in lines:
        made.add_row(*line)
    _print(made)


def _widths(columns: Sequence[Column], natural: list[int]) -> list[int]:
    """Every column as wide as its content, but the wide ones share what the others leave."""
    widths = list(natural)
    flexible = sorted((place for place, column in enumerate(columns) if column.wide), key=lambda place: natural[place])
    room = _width() - _BETWEEN * (len(columns) - 1) - sum(natural) + sum(natural[place] for place in flexible)
    for count, place in enumerate(flexible):
        share = max(_NARROWEST, room // (len(flexible) - count))
        widths[place] = min(natural[place], share)
        room -= widths[place]
    return widths


def _text(cell: str | Cell) -> "Text":
    from rich.text import Text

    known = cell if isinstance(cell, Cell) else Cell(cell)
    return Text(plain(known.text, _CELL), style=known.style)


def heading(text: str) -> None:
    """Print a line that stands out."""
    from rich.text import Text

    _print(Text(plain(text, _CELL), style="bold"))


def paragraph(text: str, *, first: str = "", indent: int = 0, style: str = "") -> None:
    """Print a text in lines that fit; `first` begins its first line, the others are indented below it."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    begins = " " * indent + plain(first, _CELL) + ("  " if first else "")
    grid.add_row(Text(begins, style="dim"), Text(plain(text, 10 * _CELL), style=style))
    _print(grid)


def gap() -> None:
    """Print an empty line."""
    click.echo()


def _print(thing: "RenderableType") -> None:
    """Print without the blanks at the ends of lines, which wrap badly and copy badly."""
    buffer = StringIO()
    _console(buffer).print(thing)
    click.echo("\n".join(line.rstrip() for line in buffer.getvalue().splitlines()))


def _width() -> int:
    return _console(StringIO()).width


def _console(buffer: StringIO) -> "Console":
    """A console like the terminal there is, that writes into the buffer; without one, plain and 80 columns wide."""
    from rich.console import Console

    if not sys.stdout.isatty():
        return Console(file=buffer, width=_PLAIN_WIDTH, color_system=None, force_terminal=False, force_jupyter=False)
    screen = Console(file=sys.stdout, force_jupyter=False)
    return Console(file=buffer, width=screen.width, force_terminal=screen.is_terminal, force_jupyter=False)
