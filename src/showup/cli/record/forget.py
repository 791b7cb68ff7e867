"""`showup forget`: an employer leaves the record for good."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from showup.alone import alone
from showup.cli import completing
from showup.cli.parts import now, running, zone
from showup.cli.screen import as_json, show_json
from showup.config import Settings, load
from showup.core.lengths import times
from showup.core.problem import Problem
from showup.core.text import plain

if TYPE_CHECKING:
    from showup.flow.forget import Marked
    from showup.store.database import Database

_UNREACHED = (
    "Out of reach are files that you exported or copied elsewhere, letters that you sent, the calendar itself, the "
    "desktop's own list of notices, and what the service wrote to the journal."
)


@click.command()
@click.argument("employer", metavar="EMPLOYER", shell_complete=completing.companies)
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
def forget(employer: str, yes: bool, wants_json: bool) -> None:
    """Forget an employer, for good.

    Everything about it leaves the record: interviews, what was seen and said of them, verdicts, score, names, notes.
    The copies beside the record held it as well, so all of them are removed, and a fresh one is made. Its events are
    not read again; a new invitation is a new beginning. A running showup goes on meanwhile.
    """
    from showup import wiring
    from showup.flow.forget import find, forwarded
    from showup.flow.forget import forget as leave

    settings = load()
    copies = wiring.copies(settings)
    with closing(wiring.store(settings)) as store:
        if copies.unfinished:
            _clear(settings, store)
            click.echo("What was forgotten before had not left every file yet; now it has.", err=True)
        with store.reading() as record:
            marked = find(record, employer)
        if not yes:
            _ask(marked)
        with store.transaction() as record:
            marked = find(record, employer)
            sent = forwarded(record, marked)
            leave(record, wiring.judge(settings), marked)
            copies.forgetting()  # last: the copies go only once this is gone from the record
        removed = _clear(settings, store)
        with store.reading() as record:
            elsewhere = record.mentions(marked.words)
    coming = marked.coming(now())
    if wants_json:
        counts = {"interviews": len(marked.appointments), "coming": coming, "copies": removed, "elsewhere": elsewhere}
        show_json({"employer": marked.company.name, **counts, "forwarded": sent})
        return
    _tell(marked, removed, elsewhere, sent)


def _ask(marked: "Marked") -> None:
    """Only a clear yes; with nobody there to ask, no."""
    name, coming = plain(marked.company.name, 80), marked.coming(now())
    ahead = f", {coming} of them still to come and not watched any more" if coming else ""
    about = f"{name} has {times(len(marked.appointments), 'interview')} on record{ahead}."
    click.echo(f"{about} Forgotten is forgotten: there is no way back, as the copies go too.")
    try:
        agreed = sys.stdin is not None and click.confirm(f"Forget {name}?")
    except click.Abort:
        agreed = False
    if not agreed:
        raise Problem("Nothing was forgotten.", "Answer y, or add --yes.")


def _clear(settings: Settings, store: "Database") -> int:
    """Have what was forgotten leave every file; how many copies were removed.

    Raises:
        Problem: it is still in some.
    """
    from showup import wiring

    try:
        removed = wiring.finish_forgetting(settings, store, now().astimezone(zone()).date())
    except Problem as problem:
        raise Problem(
            f"It has left the record, but not its log and the copies yet. {problem.sentence}",
            "The same command again finishes it.",
        ) from problem
    _left_over(settings)
    return removed


def _left_over(settings: Settings) -> None:
    """What a showup or a restore that was killed left; whoever runs now keeps its own up to date."""
    from showup import wiring

    paths = settings.paths
    if not running(paths):
        with alone(paths.lock, ""):
            wiring.copies(settings).tidy()
            for file in (paths.ready, *paths.ready.parent.glob(f".{paths.ready.name}.*")):
                file.unlink(missing_ok=True)


def _tell(marked: "Marked", removed: int, elsewhere: int, sent: int) -> None:
    name = plain(marked.company.name, 80)
    click.echo(f"{name} is forgotten, with {times(len(marked.appointments), 'interview')}.")
    if removed:
        click.echo(
            f"{times(removed, 'copy', 'copies')} of the record held it too and went with it; a fresh one was made."
        )
    if elsewhere:
        click.echo(
            f"The name also stands in {times(elsewhere, 'row')} about others, which stay: notes, titles, agencies."
        )
    click.echo(_UNREACHED)
    if sent:
        click.echo(
            f"{times(sent, 'notice')} went to your phone as well: there, and at the service that brought it, only you "
            "can delete what it said."
        )
