"""Output: JSON, lines and tables. All text of a calendar goes through here, and comes out harmless."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

from showup.core.text import plain

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_PLAIN_WIDTH = 80
_CELL = 300
_BETWEEN = 3
"""Blanks between two columns."""
_NARROWEST = 8
_NARROW = re.compile("[ -\u02ff\u2010-\u2026]*")
"""Texts of which every letter takes one column: most. For others `rich` knows, which takes a while to begin."""
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "bold": {"bold": True},
    "dim": {"dim": True},
    **{colour: {"fg": colour} for colour in ("green", "yellow", "red")},
}

as_json = click.option("--json", "wants_json", is_flag=True, help="Print JSON instead; docs/json.md describes it.")


def show_json(value: object, write: Callable[[str], object] = click.echo) -> None:
    """Print JSON, in ASCII: so no control character and no odd encoding ever meets a terminal."""
    write(json.dumps(value, indent=2))


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with a style: "bold", "dim", "green", "yellow" or "red"."""

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
    known = [[_cell(cell) for cell in row] for row in rows]
    natural = [
        max([len(column.name), *(cells(row[place].text) for row in known)]) for place, column in enumerate(columns)
    ]
    widths = _widths(columns, natural)
    rule = "─" * (sum(widths) + _BETWEEN * (len(widths) - 1))
    head = [Cell(column.name, "bold") for column in columns]
    lines = (line for row in known for line in _lines(columns, widths, row))
    click.echo("\n".join([*_lines(columns, widths, head), rule, *lines]))


def _lines(columns: Sequence[Column], widths: Sequence[int], row: Sequence[Cell]) -> Iterator[str]:
    """A row of a table: several lines where a cell is folded."""
    styles = [_STYLES.get(cell.style, {}) if _coloured() else {} for cell in row]
    parts = [_fitted(cell.text, width, column) for cell, width, column in zip(row, widths, columns, strict=True)]
    for texts in zip_longest(*parts, fillvalue=""):
        line = (
            _padded(text, width, style, right=column.figures)
            for text, width, style, column in zip(texts, widths, styles, columns, strict=True)
        )
        yield (" " * _BETWEEN).join(line).rstrip()


def _fitted(text: str, width: int, column: Column) -> list[str]:
    """A cell's lines: folded, or cut where there is no room."""
    if cells(text) <= width:
        return [text]
    if not column.folded:
        from rich.cells import set_cell_size

        return [set_cell_size(text, width - 1) + "…"]
    from rich.text import Text

    return [line.plain for line in Text(text).wrap(_console(StringIO()), width, overflow="fold")]


def _padded(text: str, width: int, style: Mapping[str, Any], *, right: bool) -> str:
    blanks = " " * (width - cells(text))
    shown = click.style(text, **style) if style and text else text
    return blanks + shown if right else shown + blanks


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: not every letter takes one."""
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


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


def _cell(cell: str | Cell) -> Cell:
    known = cell if isinstance(cell, Cell) else Cell(cell)
    return Cell(plain(known.text, _CELL), known.style)


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
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PLAIN_WIDTH


def _coloured() -> bool:
    """Whether there is a terminal with colours, and they are wanted (no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in {"dumb", "unknown"}
    return wanted and sys.stdout.isatty()


def _console(buffer: StringIO) -> "Console":
    """A console like the terminal there is, that writes into the buffer; without one, plain and 80 columns wide."""
    from rich.console import Console

    if not sys.stdout.isatty():
        return Console(file=buffer, width=_PLAIN_WIDTH, color_system=None, force_terminal=False, force_jupyter=False)
    screen = Console(file=sys.stdout, force_jupyter=False)
    return Console(file=buffer, width=screen.width, force_terminal=screen.is_terminal, force_jupyter=False)
