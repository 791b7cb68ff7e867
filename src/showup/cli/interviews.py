"""`showup interviews`: the record."""

import click

from showup.cli import words
from showup.cli.parts import reviewing, when
from showup.cli.screen import Column, as_json, show_json, table
from showup.core import phrases
from showup.core.views import View


@click.command()
@as_json
def interviews(wants_json: bool) -> None:
    """List all interviews on record, coming ones included."""
    with reviewing() as review:
        found = review.interviews()
    if wants_json:
        show_json({"interviews": found})
    elif found:
        history(found)
    else:
        click.echo("No interviews on record yet.")


def history(found: list[View]) -> None:
    """Print appointments as a table."""
    columns = (Column("ID", figures=True), Column("Planned"), Column("With", wide=True), Column("Outcome"))
    table(columns, ((str(one["id"]), when(one["start"]), phrases.who(one), words.outcome(one)) for one in found))
