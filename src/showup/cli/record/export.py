"""`showup export`: everything that is on record, as JSON or CSV."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import StringIO
from itertools import chain, islice
from pathlib import Path

import click

from showup import __version__, private
from showup.cli.parts import now
from showup.config import load
from showup.core.problem import Problem
from showup.core.text import plain
from showup.core.views import View, moment
from showup.flow.review import Review

_COLUMNS = (
    *("id", "uid", "start", "end", "employer", "via", "title", "medium", "stage"),
    *("outcome", "certainty", "minutes_late", "notice_minutes", "counted", "fault"),
    *("follows_uid", "follows_start", "reasons"),
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What makes a spreadsheet reckon: the calendar's words must not (OWASP, "CSV Injection")."""
_CELL = 1000
_PIECES = 10_000
"""Of JSON that are put out at once; one is a word or a figure."""


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["json", "csv"]), default="json", help="CSV has the interviews only."
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file, not to the terminal.")
def export(form: str, output: Path | None) -> None:
    """Give out everything on record.

    JSON holds employers, interviews with their evidence and coverage, notices and calendars, and the whole record as
    `showup import` takes it; CSV the interviews.
    """
    from showup import wiring

    settings = load()
    with closing(wiring.store(settings)) as store, store.reading() as record:
        found = Review(record, wiring.judge(settings), now()).everything()
        whole = record.dump() if form == "json" else {}
    if form == "csv":
        parts = iter([_csv(found["interviews"])])
    else:
        about = {"version": __version__, "exported": moment(now().replace(microsecond=0))}
        parts = _json({**about, **found, "record": whole})
    if output is None:
        for part in parts:
            click.echo(part, nl=False)
    else:
        write(output, parts)
        click.echo(f"Written to {output}")


def _json(found: View) -> Iterator[str]:
    """In parts: as one text the record of a busy life takes hundreds of megabytes."""
    pieces = chain(json.JSONEncoder(indent=2).iterencode(found), ["\n"])
    while part := "".join(islice(pieces, _PIECES)):
        yield part


def _csv(interviews: list[View]) -> str:
    buffer = StringIO()
    # In quotes, as a spreadsheet of another country takes semicolons or tabs for the ends of cells.
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(_COLUMNS)
    for one in interviews:
        follows = one["follows"] or {"uid": None, "start": None}
        row = {**one, "follows_uid": follows["uid"], "follows_start": follows["start"]}
        row["reasons"] = " ".join(one["reasons"])
        writer.writerow([_cell(row[column]) for column in _COLUMNS])
    return buffer.getvalue()


def _cell(value: object) -> object:
    """Texts are cleaned, and never begin like a formula; figures stay figures."""
    if not isinstance(value, str):
        return value
    text = plain(value, _CELL)
    return f"'{text}" if text.startswith(_FORMULA) else text


def write(output: Path, content: str | bytes | Iterable[str]) -> None:
    """Into a file that only the person may read: whole or not at all.

    Raises:
        Problem: it cannot be written.
    """
    try:
        private.put(output, content)
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise Problem(f"{output} cannot be written: {why}.", "Name another file.") from error
