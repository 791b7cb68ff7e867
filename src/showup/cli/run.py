"""`showup run`: the daemon in the foreground."""

import logging
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click

from showup.cli import sample
from showup.config import CalendarSettings, Settings, load
from showup.core.problem import Usage
from showup.core.text import plain
from showup.service.journal import INFO, WARNING, prefix

_NEAR, _FAR = 1, 5
_NAME = 60
_LINE, _INDENT = 2000, 8


@click.command()
@click.option("--calendar", metavar="FILE|DIR|URL", help="Watch this calendar instead of those in the settings.")
@click.option("--sample", "is_sample", is_flag=True, help="Watch a sample calendar, with a record of its own.")
@click.option("--home", type=click.Path(path_type=Path), metavar="DIR", help="Where the sample lies (.demo).")
@click.pass_context
def run(ctx: click.Context, calendar: str | None, is_sample: bool, home: Path | None) -> None:
    """Watch your calendars, and tell when nobody comes.

    It stays in the foreground; Ctrl-C ends it.
    """
    from showup import daemon

    logging.basicConfig(format=f"{prefix(WARNING, sys.stderr)}%(message)s")
    if home and not is_sample:
        raise Usage("--home belongs to --sample.", "Add --sample, or take it out.")
    own = (_named(calendar),) if calendar is not None else ()
    place = (home or Path(".demo")).absolute()
    settings = sample.begin(place, _say, move=not own) if is_sample else load()
    if own:
        settings = replace(settings, calendars=own)

    def again() -> Settings:
        """What SIGHUP reads anew; the sample's settings stand in no file."""
        fresh = settings if is_sample else load()
        return replace(fresh, calendars=own) if own else fresh

    if not settings.calendars:
        _say(f"No calendar is set up in {settings.paths.config}. `showup run --calendar FILE` watches one.")
    ctx.exit(daemon.run(settings, say=_say, warn=partial(_say, level=WARNING), again=again))


def _named(place: str) -> CalendarSettings:
    """The calendar of a file, a folder or an address. Of an address only the host is ever shown."""
    if "://" not in place[:20]:
        path = Path(place).expanduser().absolute()
        if not path.exists():
            raise Usage(f"There is no file or folder {plain(place, 200)}.", "Check its name.")
        return CalendarSettings(plain(path.stem, _NAME) or "calendar", "ics", path=path, poll_minutes=_NEAR)
    try:
        host = urlsplit(place).hostname
    except ValueError:
        host = None
    if not host:
        raise Usage("The calendar's address names no host.", "Write it like https://calendar.example.org/my.ics.")
    return CalendarSettings(plain(host, _NAME), "ics", url=place, poll_minutes=_FAR)


def _say(text: str, level: int = INFO) -> None:
    """Print what the daemon says, line by line; only the blanks before a line are kept as they are."""
    for line in text.splitlines():
        indent = min(len(line) - len(line.lstrip(" ")), _INDENT)
        click.echo(prefix(level, sys.stdout) + " " * indent + plain(line, _LINE))
