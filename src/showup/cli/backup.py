"""`showup backup`: a consistent copy of the record."""

from contextlib import closing
from pathlib import Path

import click

from showup.cli.parts import now
from showup.config import load
from showup.core.problem import Problem


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def backup(file: Path | None) -> None:
    """Make a consistent copy of the record.

    Without FILE it is put beside the record. A running showup goes on meanwhile.
    """
    from showup import wiring

    settings = load()
    target = file or settings.paths.database.with_name(f"showup-{now():%Y-%m-%d-%H%M%S}.sqlite")
    if target.exists() or target.is_symlink():
        raise Problem(f"{target} is there already; nothing was written.", "Name another file.")
    with closing(wiring.store(settings)) as store:
        try:
            store.backup(target)
        except BaseException:
            target.unlink(missing_ok=True)  # half a copy is none
            raise
    click.echo(f"Copied to {target}")
