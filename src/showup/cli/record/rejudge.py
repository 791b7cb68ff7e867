"""`showup rejudge`: what other settings would make of the record."""

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from showup.cli import words
from showup.cli.parts import local, now
from showup.cli.screen import Cell, Column, as_json, gap, show_json, table
from showup.config import load
from showup.core import phrases, views
from showup.core.record import Entry
from showup.core.views import View

if TYPE_CHECKING:
    from showup.flow.rejudge import Rejudgement


@click.command()
@click.option("--keep", is_flag=True, help="Let what is shown stand from now on.")
@as_json
def rejudge(keep: bool, wants_json: bool) -> None:
    """Show what the settings of today make of the record.

    Every interview is judged again. Nothing is changed without --keep.
    """
    from showup import wiring
    from showup.flow import rejudge as flow

    settings, moment = load(), now()
    judge = wiring.judge(settings)
    with closing(wiring.store(settings)) as store, store.transaction() if keep else store.reading() as record:
        found = flow.rejudge(record, judge, moment)
        if keep:
            flow.keep(record, judge, found, moment)
    view = _view(found, kept=keep)
    if wants_json:
        show_json(view)
    else:
        _show(view)


def _view(found: "Rejudgement", *, kept: bool) -> View:
    return {
        "kept": kept,
        "interviews": [
            {
                "before": views.interview(one.entry, {}),
                "after": views.interview(Entry(one.entry.appointment, one.after), {}),
            }
            for one in found.verdicts
        ],
        "employers": [
            {"before": views.employer(one.company), "after": views.employer(replace(one.company, score=one.after))}
            for one in found.scores
        ],
    }


def _show(view: View) -> None:
    if view["interviews"]:
        names = (Column("When"), Column("Company", wide=True), Column("Before"), Column("After"), Column("Counted"))
        table(names, (_verdict(one["before"], one["after"]) for one in view["interviews"]))
    if view["employers"]:
        gap()
        figures = (Column("Company", wide=True), Column("Score before"), Column("Score after"), Column("Label"))
        table(figures, (_score(one["before"], one["after"]) for one in view["employers"]))
    if not view["interviews"] and not view["employers"]:
        click.echo("Nothing would change.")
    else:
        gap()
        click.echo("This stands from now on." if view["kept"] else "Nothing was changed. `showup rejudge --keep` does.")


def _verdict(before: View, after: View) -> tuple[str | Cell, ...]:
    start = f"{local(before['start']):%d %b %Y %H:%M}"
    return (
        start,
        phrases.who(before),
        words.outcome(before),
        words.outcome(after),
        _arrow(_weight(before), _weight(after)),
    )


def _score(before: View, after: View) -> tuple[str | Cell, ...]:
    return (before["name"], phrases.score(before), phrases.score(after), words.label(after))


def _weight(view: View) -> str:
    return f"{view['fault']:.2g}" if view["counted"] else "no"


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"
