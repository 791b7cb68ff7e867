"""`showup companies`: how reliable employers are."""

import click

from showup.cli import words
from showup.cli.parts import reviewing
from showup.cli.screen import Cell, Column, as_json, show_json, table
from showup.core import phrases
from showup.core.lengths import length
from showup.core.views import View


@click.command()
@as_json
def companies(wants_json: bool) -> None:
    """List all employers, the least reliable first."""
    with reviewing() as review:
        found = review.companies()
    if wants_json:
        show_json({"employers": found})
    elif found:
        scores(found)
    else:
        click.echo("No companies on record yet.")


def scores(found: list[View]) -> None:
    """Print employers as a table: the score of 100 with its interval, and the plain facts."""
    figures = ("n", "On time", "Late", "No-show", "Moved")
    columns = (Column("Company", wide=True), Column("Score"), Column("Label"), *(Column(one, True) for one in figures))
    table(columns, (_row(one) for one in found))


def _row(one: View) -> tuple[str | Cell, ...]:
    keys = ("n", "on_time", "late", "no_shows", "moved")
    return (one["name"], phrases.score(one), words.label(one), *(str(one[key]) for key in keys))


def facts(one: View) -> list[str]:
    """An employer in sentences: the score, and the facts that need no model."""
    if not one["n"]:
        return ["Nothing counts yet, so nothing is known of how reliable they are."]
    late = f" (half of them by {length(one['late_median'])} or more)" if one["late_median"] is not None else ""
    notice = f" (half of them with {length(one['notice_median'])} of notice or less)" if _has_notice(one) else ""
    row = f" The last {one['misses_in_a_row']} in a row were missed." if one["misses_in_a_row"] > 1 else ""
    score = (
        f"Reliability {one['reliability']:.0f} of 100, with 90 % certainty between {one['low']:.0f} and "
        f"{one['high']:.0f}. The chance that they are of the careless kind is {100 * one['pattern']:.0f} %."
    )
    plainly = (
        f"Counted: {one['n']}. On time: {one['on_time']}. Late: {one['late']}{late}. No-shows: {one['no_shows']}. "
        f"Moved or cancelled: {one['moved']}{notice}.{row} You waited {length(one['minutes_waited'])} in all."
    )
    return [score, plainly]


def _has_notice(one: View) -> bool:
    return one["notice_median"] is not None and one["notice_median"] >= 0
