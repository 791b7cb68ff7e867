"""`showup answer`: what the person says, now or later."""

from contextlib import closing
from datetime import UTC, datetime

import click

from showup.cli import completing, words
from showup.cli.parts import now, when, zone
from showup.config import load
from showup.core import phrases, views
from showup.core.evidence import Word
from showup.core.problem import Usage
from showup.core.record import Entry
from showup.core.text import plain
from showup.core.verdict import Outcome
from showup.core.views import View
from showup.flow.answer import Said, find
from showup.flow.answer import answer as keep


@click.command()
@click.argument("name", metavar="ID", shell_complete=completing.interviews)
@click.argument("word", metavar="WORD", type=click.Choice([word.value for word in Word]))
@click.option("--minutes", type=int, metavar="N", help="How late they were, or how much notice they gave.")
@click.option("--start", metavar="WHEN", help="The start that was planned, of an event that was moved.")
@click.option("--note", default="", metavar="TEXT", help="A note of your own, kept with the answer.")
def answer(name: str, word: str, minutes: int | None, start: str | None, note: str) -> None:
    """Say how it is or how it went, or correct it.

    ID is an interview's number or its event's id; then the one under way is meant, else the newest. Words about
    this moment are here, waiting and told_late; all others settle the case, the last one said winning. yes confirms
    what was presumed, and undo takes back what was said last.

    \b
    Examples:
      showup answer 4 here
      showup answer 4 late --minutes 12
    """  # noqa: D301 - click wants the control character, which keeps the lines apart
    from showup import wiring

    settings = load()
    planned = _moment(start) if start else None
    with closing(wiring.store(settings)) as store, store.transaction() as record:
        appointment = find(record, name, planned, now())
        verdict = keep(record, wiring.judge(settings), appointment, Said(Word(word), minutes, note), now())
    # Only here is it stored, and may be acknowledged.
    click.echo(_stored(views.interview(Entry(appointment, verdict), {})))


def _stored(view: View) -> str:
    name = plain(phrases.who(view), 60)
    if view["outcome"] == Outcome.NOT_INTERVIEW:
        return f"Stored: {name}, {when(view['start'])}, is no interview and leaves the record."
    return f"Stored: {name}, {when(view['start'])}: {words.outcome(view).text}."


def _moment(text: str) -> datetime:
    """A time as people write it: ISO 8601, in their own zone where none is given."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Usage(f"“{plain(text, 40)}” is no time.", "Write it like 2026-03-03T10:00.") from None
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone()).astimezone()
    return local.astimezone(UTC)
