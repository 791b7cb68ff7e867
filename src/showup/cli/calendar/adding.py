"""What all ways of adding calendars end with: try them, write them down, and have a running showup know of them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from showup.cli.reload import reload
from showup.core.problem import Problem, Usage
from showup.core.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from showup.cli.calendar.trial import Trial
    from showup.config import Settings
    from showup.config.edit import Values


def free(settings: "Settings", name: str) -> str:
    """A calendar's name, if no other has it.

    Raises:
        Problem: one has.
    """
    if any(name == calendar.name for calendar in settings.calendars):
        shown = plain(name, 60)
        raise Problem(f"There is a calendar “{shown}” already.", "Give another name, or remove that one first.")
    return name


def place(location: str) -> dict[str, str]:
    """The place of a calendar as the settings have it: a whole path, or an address.

    Raises:
        Usage: it is the address of a file, or there is nothing of that name.
    """
    if location[:7].lower() == "file://":
        raise Usage("That is the address of a file.", "Give its path.")
    if "://" in location[:20]:
        return {"url": location}
    path = Path(location).expanduser().absolute()
    if not path.exists():
        raise Usage(f"There is no file or folder {plain(location, 200)}.", "Check its name.")
    return {"path": str(path)}


def add(settings: "Settings", tables: "Sequence[Values]") -> "list[Trial]":
    """Write calendars into the settings if each can be read; say what was found, and return it.

    `tables` hold what stands in the file: {"name": …, "type": …, …}.

    Raises:
        Problem: one is not right or cannot be read; then nothing is written.
    """
    from showup.cli.calendar.trial import attempt
    from showup.config.edit import add_calendars
    from showup.config.options import settings_from

    wanted = settings_from({"calendars": [dict(table) for table in tables]}, settings.paths).calendars
    trials = [attempt(calendar, settings) for calendar in wanted]
    for trial in trials:
        if trial.problem:
            raise trial.problem
    add_calendars(settings.paths, tables)
    for trial in trials:
        click.echo(f"Calendar {plain(trial.name, 60)} is added: {trial.sentence}")
        for warning in trial.warnings:
            click.echo(plain(warning, 300), err=True)
    tell(settings)
    return trials


def tell(settings: "Settings") -> None:
    """Have a running showup read the settings again, and say so."""
    said = reload(settings.paths)
    if said:
        click.echo(said)
