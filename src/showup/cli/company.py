"""`showup company`: one employer's history, and the person's word on who is who."""

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from showup.cli import completing
from showup.cli.companies import facts
from showup.cli.interviews import history
from showup.cli.parts import now, reviewing
from showup.cli.screen import as_json, gap, heading, paragraph, show_json
from showup.config import Settings, load
from showup.core import views
from showup.core.record import Company
from showup.core.text import plain
from showup.flow import identity
from showup.flow.answer import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from showup.ports import Record


class Showing(click.Group):
    """A group that shows the company named where no other command is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the command that is meant: all that is none of ours, and what stands after `--`, is a name."""
        first = args[0] if args else ""
        if first not in self.commands and first not in self.get_help_option_names(ctx):
            args = ["show", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The companies as well as the commands."""
        return [*completing.company_names(incomplete), *super().shell_complete(ctx, incomplete)]


@click.group(cls=Showing, subcommand_metavar="NAME | COMMAND [ARGS]...")
def company() -> None:
    """Show one employer's history, or say who is who.

    \b
    showup company NAME [--json]
    showup company -- NAME         of a company that is called like a command
    showup company rename NAME NEW
    showup company merge NAME INTO
    showup company alias NAME OTHER-NAME-OR-DOMAIN
    showup company split NAME ID... --as NEW

    What you say is remembered: later events follow it. Nothing that was seen or said is changed.
    """  # noqa: D301 - click wants the control character, which keeps the lines apart


@company.command()
@click.argument("name", shell_complete=completing.companies)
@as_json
def show(name: str, wants_json: bool) -> None:
    """Show one employer's history."""
    with reviewing() as review:
        found = review.company(name)
    if wants_json:
        show_json(found)
        return
    one = found["employer"]
    heading(f"{one['name']}: {one['label']}")
    for fact in facts(one):
        paragraph(fact)
    gap()
    history(found["interviews"])


@company.command()
@click.argument("name", shell_complete=completing.companies)
@click.argument("new", metavar="NEW")
@as_json
def rename(name: str, new: str, wants_json: bool) -> None:
    """Call a company by another name."""
    with _changing() as (_, record):
        done = identity.rename(record, name, new)
    _say(done, f"{_name(done)} is the name from now on.", wants_json=wants_json)


@company.command()
@click.argument("name", shell_complete=completing.companies)
@click.argument("into", metavar="INTO", shell_complete=completing.companies)
@as_json
def merge(name: str, into: str, wants_json: bool) -> None:
    """Make a company part of another."""
    from showup import wiring

    with _changing() as (settings, record):
        done = identity.merge(record, wiring.judge(settings), name, into)
    _say(done, f"All of it is with {_name(done)} from now on.", wants_json=wants_json)


@company.command()
@click.argument("name", shell_complete=completing.companies)
@click.argument("other", metavar="OTHER-NAME-OR-DOMAIN")
@as_json
def alias(name: str, other: str, wants_json: bool) -> None:
    """Know a company by another name or domain, too."""
    from showup import wiring

    with _changing() as (_, record):
        done = identity.alias(record, name, other, wiring.domains())
    _say(done, f"{_name(done)} is known by “{plain(other, 80)}” as well.", wants_json=wants_json)


@company.command()
@click.argument("name", shell_complete=completing.companies)
@click.argument("numbers", metavar="ID...", nargs=-1, required=True, shell_complete=completing.interviews)
@click.option("--as", "new", required=True, metavar="NEW", help="The company that they are with.")
@as_json
def split(name: str, numbers: tuple[str, ...], new: str, wants_json: bool) -> None:
    """Give some interviews to a company of their own.

    ID is an interview's number or its event's id. Later events that bear the old name go on to be the old company's.
    """
    from showup import wiring

    with _changing() as (settings, record):
        parted = [find(record, number, None, now()) for number in numbers]
        done = identity.split(record, wiring.judge(settings), name, parted, new)
    _say(done, f"They are with {_name(done)} from now on.", wants_json=wants_json)


@contextmanager
def _changing() -> "Iterator[tuple[Settings, Record]]":
    """The record, to be changed as a whole or not at all."""
    from showup import wiring

    settings = load()
    with closing(wiring.store(settings)) as store, store.transaction() as record:
        yield settings, record


def _say(done: Company, sentence: str, *, wants_json: bool) -> None:
    """Only once it is stored."""
    if wants_json:
        show_json(views.employer(done))
    else:
        click.echo(sentence)


def _name(done: Company) -> str:
    return plain(done.name, 80)
