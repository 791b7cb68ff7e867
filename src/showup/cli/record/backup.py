"""`showup backup` and `showup restore`: consistent copies of the record, and back again."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import click

from showup.cli.parts import zone
from showup.cli.record.replacing import replace, stamp
from showup.cli.screen import Column, as_json, gap, show_json, table
from showup.config import Settings, load
from showup.core import views
from showup.core.copies import day_of
from showup.core.problem import Problem
from showup.core.views import View


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def backup(file: Path | None) -> None:
    """Make a consistent copy of the record.

    Without FILE it is put with the daily copies, and kept until you delete it. A running showup goes on meanwhile.
    """
    from showup import wiring

    settings = load()
    target = file or wiring.copies(settings).shelf.folder / f"showup-{stamp()}.sqlite"
    if target.exists() or target.is_symlink():
        raise Problem(f"{target} is there already; nothing was written.", "Name another file.")
    with closing(wiring.store(settings)) as store:
        store.backup(target)
    click.echo(f"Copied to {target}")


@click.command()
@click.argument("which", required=False, metavar="[FILE|DATE]")
@as_json
def restore(which: str | None, wants_json: bool) -> None:
    """Put a copy in the place of the record.

    Without an argument it lists the copies there are. DATE, such as 2026-03-06, means the one of that day. The record
    that it replaces is kept among the copies. showup must not be running meanwhile.
    """
    settings = load()
    if which is None:
        _list(settings, wants_json=wants_json)
        return
    from showup.store.copies import copy

    source = _source(settings, which)
    kept = replace(settings, lambda draft: copy(source, draft))
    if wants_json:
        show_json({"restored": str(source), "kept": str(kept) if kept else None})
        return
    click.echo(f"The record is that of {source}.")
    if kept:
        click.echo(f"The one before is kept as {kept}")


def _source(settings: Settings, which: str) -> Path:
    """The file that is meant: by its path, its name among the copies, or its day; of a day the newest."""
    from showup import wiring

    shelf = wiring.copies(settings).shelf
    for file in (Path(which), shelf.folder / which):
        if file.is_file():
            return file
    try:
        found = shelf.of(date.fromisoformat(which))
    except ValueError:
        found = ()
    if not found:
        raise Problem(f"There is no copy “{which[:200]}”.", "`showup restore` lists those there are.")
    return found[-1]


def _list(settings: Settings, *, wants_json: bool) -> None:
    from showup import wiring

    shelf = wiring.copies(settings).shelf
    found = [_copy(file) for file in shelf.copies()]
    if wants_json:
        show_json({"folder": str(shelf.folder), "copies": found})
    elif not found:
        click.echo(
            f"There are no copies in {shelf.folder} yet. `showup backup` makes one, and a running showup one a day."
        )
    else:
        columns = (Column("Copy", wide=True), Column("Made"), Column("Size", figures=True), Column("State"))
        table(columns, (_row(one) for one in found))
        gap()
        click.echo(f"They lie in {shelf.folder}. `showup restore DATE` puts one back.")


def _copy(file: Path) -> View:
    from showup.store.shelf import whole

    about, day = file.stat(), day_of(file.name)
    return {
        "name": file.name,
        "day": day.isoformat() if day else None,
        "made": views.moment(datetime.fromtimestamp(int(about.st_mtime), UTC)),
        "bytes": about.st_size,
        "whole": whole(file),
    }


def _row(one: View) -> tuple[str, ...]:
    made = datetime.fromisoformat(one["made"]).astimezone(zone())
    return (
        one["name"],
        f"{made:%a %d %b %Y %H:%M}",
        f"{one['bytes'] / 1000:,.0f} kB",
        "good" if one["whole"] else "damaged",
    )
