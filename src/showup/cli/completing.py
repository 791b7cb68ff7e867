"""What can be completed: interviews, companies, calendars; nothing, and no error, where nothing is known."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from showup.cli.parts import zone
from showup.config.paths import paths_from
from showup.core.problem import Problem
from showup.core.text import plain

_ROOM = 100

Items = list[CompletionItem]


def interviews(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> Items:
    """The numbers of interviews, with who and when beside them."""
    from showup.store import names

    database = _database()
    found = names.interviews(database) if database else []
    return [
        CompletionItem(str(one.number), help=_told(one.employer or one.title, one.start))
        for one in found
        if str(one.number).startswith(incomplete)
    ]


def companies(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> Items:
    """The names of companies, in whatever case one was begun."""
    return company_names(incomplete)


def company_names(incomplete: str) -> Items:
    """The same where no argument is at hand."""
    from showup.store import names

    database = _database()
    return _matching(names.companies(database) if database else [], incomplete)


def calendars(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> Items:
    """The names of the calendars in the settings."""
    from showup.config import load

    try:
        return _matching([one.name for one in load().calendars], incomplete)
    except Problem:
        return []


def _matching(found: list[str], incomplete: str) -> Items:
    """A name that cannot be shown as it is would not be found either, so it is left out."""
    begun = incomplete.casefold()
    return [CompletionItem(name) for name in found if name == plain(name, _ROOM) and name.casefold().startswith(begun)]


def _told(who: str, start: str) -> str:
    moment = datetime.fromisoformat(start).replace(tzinfo=UTC).astimezone(zone())
    return f"{plain(who, _ROOM)}, {moment:%a %d %b %H:%M}"


def _database() -> Path | None:
    try:
        return paths_from(os.environ).database
    except Problem:
        return None
