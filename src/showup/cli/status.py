"""`showup status`: now and next, and what is open."""

import os

import click

from showup import ready
from showup.cli.forms import FORMS
from showup.cli.parts import now, reviewing, running
from showup.cli.screen import as_json
from showup.config import load


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", help="How to print it.")
@as_json
def status(form: str, wants_json: bool) -> None:
    """Show what is on now and next, and the open questions.

    As a text, as JSON, or for a status bar: waybar, i3blocks.
    """
    moment, is_running = now(), True
    agenda = ready.find(os.environ, moment)
    if agenda is None:
        settings = load()
        with reviewing(settings) as review:
            agenda = review.agenda({calendar.name: calendar.type for calendar in settings.calendars})
        moment, is_running = review.now, running(settings.paths)
    click.echo(FORMS["json" if wants_json else form](agenda, moment, running=is_running))
