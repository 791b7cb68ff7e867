"""`showup calendar`: the calendars that are watched."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from showup.cli import completing
from showup.cli.calendar import adding, caldav, google
from showup.cli.screen import Cell, Column, as_json, show_json, table
from showup.config import CalendarSettings, Settings, load
from showup.core.text import plain

if TYPE_CHECKING:
    from showup.cli.calendar.trial import Trial

_ROOM = 60


@click.group()
def calendar() -> None:
    """Add, list, try and remove calendars.

    \b
    showup calendar add ics NAME FILE|DIR|URL
    showup calendar add google --client-secrets FILE
    showup calendar add caldav ADDRESS --user USER
    showup calendar list [--json]
    showup calendar check [NAME] [--json]
    showup calendar remove NAME
    showup calendar password NAME
    """  # noqa: D301 - click wants the control character, which keeps the lines apart


@calendar.group()
def add() -> None:
    """Add a calendar. It is read once before it is written into the settings."""


@add.command()
@click.argument("name")
@click.argument("location", metavar="FILE|DIR|URL|-")
def ics(name: str, location: str) -> None:
    """Add a calendar in a file, in a folder of files, or at an address.

    With `-` the address is asked for and not shown: a private one is as good as a password.

    \b
    Examples:
      showup calendar add ics work ~/.calendars/work
      showup calendar add ics mine -
    """  # noqa: D301 - click wants the control character, which keeps the lines apart
    settings = load()
    adding.free(settings, name)
    if location == "-":
        location = click.prompt("Address", hide_input=True)
    adding.add(settings, [{"name": name, "type": "ics", **adding.place(location.strip())}])


@calendar.command("list")
@as_json
def list_(wants_json: bool) -> None:
    """List the calendars in the settings."""
    settings = load()
    if wants_json:
        show_json({"calendars": [_view(one) for one in settings.calendars]})
    elif settings.calendars:
        columns = [Column("Calendar", wide=True), Column("Type"), Column("Where", wide=True), Column("Every")]
        table(columns, [[one.name, one.type, _where(one), f"{one.poll_minutes} min"] for one in settings.calendars])
    else:
        click.echo("No calendar is set up. `showup calendar add` adds one.")


@calendar.command()
@click.argument("name", required=False, shell_complete=completing.calendars)
@as_json
@click.pass_context
def check(ctx: click.Context, name: str | None, wants_json: bool) -> None:
    """Read each calendar now, and say how it goes. The exit code is 1 if one cannot be read."""
    from showup.cli.calendar.trial import attempt

    settings = load()
    chosen = settings.calendars if name is None else (_named(settings, name),)
    trials = [attempt(one, settings) for one in chosen]
    if wants_json:
        show_json({"calendars": [trial.view() for trial in trials]})
    elif trials:
        _show(trials)
    else:
        click.echo("No calendar is set up. `showup calendar add` adds one.")
    ctx.exit(int(any(trial.problem for trial in trials)))


@calendar.command()
@click.argument("name", shell_complete=completing.calendars)
def remove(name: str) -> None:
    """Remove a calendar from the settings, and forget its password or sign-in.

    What is on record of its interviews stays.
    """
    from showup import wiring
    from showup.config.edit import remove_calendar

    before = load()
    removed = _named(before, name)
    after = remove_calendar(before.paths, removed.name)
    click.echo(f"Calendar {plain(removed.name, _ROOM)} is removed. What is on record of its interviews stays.")
    adding.tell(after)
    key = wiring.secret_of(removed)
    if key and key not in map(wiring.secret_of, after.calendars):
        wiring.secrets(after).remove(key)


add.add_command(google.google)
add.add_command(caldav.caldav)
calendar.add_command(caldav.password)


def _named(settings: Settings, name: str) -> CalendarSettings:
    from showup.config.edit import no_calendar

    for one in settings.calendars:
        if one.name == name:
            return one
    raise no_calendar(name, [one.name for one in settings.calendars])


def _where(one: CalendarSettings) -> str:
    """Where a calendar is. Of an address only the host: the rest may be a secret."""
    return str(one.path) if one.path else urlsplit(one.url).hostname or one.account


def _view(one: CalendarSettings) -> dict[str, object]:
    return {"name": one.name, "type": one.type, "where": _where(one), "poll_minutes": one.poll_minutes}


def _show(trials: "list[Trial]") -> None:
    columns = [Column("Calendar", wide=True), Column("Result", wide=True, folded=True)]
    table(columns, [[trial.name, Cell(trial.sentence, "red" if trial.problem else "")] for trial in trials])
    for trial in trials:
        for warning in trial.warnings:
            click.echo(f"{plain(trial.name, _ROOM)}: {plain(warning, 300)}", err=True)
