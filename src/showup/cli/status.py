"""`showup status`: now and next, and what is open."""

import click

from showup.cli.parts import ago, local, reviewing, running, when
from showup.cli.screen import as_json, show_json
from showup.config import load
from showup.core import phrases
from showup.core.text import plain
from showup.core.views import View

_ROOM = 60


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@as_json
def status(form: str, wants_json: bool) -> None:
    """Show what is on now and next, and the open questions."""
    settings = load()
    with reviewing(settings) as review:
        found = review.status({calendar.name: calendar.type for calendar in settings.calendars})
    found = {"now": found.pop("now"), "running": running(settings.paths), **found}
    if wants_json or form == "json":
        show_json(found)
        return
    for line in (*_now_and_next(found), *_questions(found), *_calendars(found)):
        click.echo(line)
    click.echo("showup is running." if found["running"] else "showup is not running; `showup run` starts it.")


def _now_and_next(found: View) -> list[str]:
    current, following = found["current"], found["next"]
    lines = []
    if current:
        lines.append(f"Now: {plain(phrases.who(current), _ROOM)}, since {local(current['start']):%H:%M %Z}")
    if following:
        lines.append(f"Next: {plain(phrases.who(following), _ROOM)}, {when(following['start'])}")
    return lines or ["No interview is planned."]


def _questions(found: View) -> list[str]:
    lines = []
    for question in found["questions"]:
        lines.append(f"Open: {plain(question['text'], 2 * _ROOM)}")
        lines.append(f"      showup answer {question['id']} {' | '.join(question['words'])}")
    return lines


def _calendars(found: View) -> list[str]:
    lines = []
    for calendar in found["calendars"]:
        read = f"read {ago(calendar['last_read'])}" if calendar["last_read"] else "not read yet"
        state = plain(calendar["problem"], 4 * _ROOM) if calendar["problem"] else read
        lines.append(f"Calendar {plain(calendar['name'], _ROOM)} ({calendar['type']}): {state}")
    return lines
