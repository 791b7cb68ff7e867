"""`showup import`: what `showup export` wrote, back into a record."""

import json
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import click

from showup.cli.record.replacing import replace
from showup.config import Settings, load
from showup.core.problem import Problem

_LARGEST = 1_000_000_000


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--replace", "replacing", is_flag=True, help="Also where interviews are on record already; they are kept as a copy."
)
def import_(file: Path, replacing: bool) -> None:
    """Take in what `showup export` wrote.

    FILE becomes the record, as a whole. It is not merged with what is there: where interviews are on record already,
    it needs --replace. showup must not be running meanwhile.
    """
    from showup.store.transfer import build

    settings = load()
    found = _read(file)
    if not replacing and _holds_any(settings):
        raise Problem(
            "There are interviews on record already, and two records cannot be made one.",
            "`showup import --replace` puts this one in their place, and keeps them as a copy.",
        )
    kept = replace(settings, partial(build, found))
    click.echo(f"The record is that of {file}.")
    if kept:
        click.echo(f"The one before is kept as {kept}")


def _read(file: Path) -> Any:  # noqa: ANN401 - whatever stands there; `build` looks at it
    try:
        with file.open("rb") as opened:
            text = opened.read(_LARGEST + 1)
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror}.", "Name another file.") from error
    if len(text) > _LARGEST:
        raise Problem(f"{file} is larger than any record.", "Name another file.")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem(
            f"{file} is no export of showup's.", "Give a file that `showup export` wrote, as JSON."
        ) from error
    return found.get("record") if isinstance(found, dict) else None


def _holds_any(settings: Settings) -> bool:
    """Whether anything is on record that taking in another would lose. A record that only knows calendars is empty."""
    from showup import wiring

    if not settings.paths.database.exists():
        return False
    with closing(wiring.store(settings)) as store, store.reading() as record:
        held = record.dump()["tables"]
    return any(table["rows"] for name, table in held.items() if name not in {"calendars", "policies"})
