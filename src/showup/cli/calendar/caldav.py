"""`showup calendar add caldav` and `showup calendar password`: signing in to a CalDAV server."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from showup.cli import completing
from showup.cli.calendar import adding
from showup.config import Settings, load
from showup.core.problem import Usage
from showup.core.text import plain

if TYPE_CHECKING:
    from showup.calendars.caldav import Found, Login
    from showup.cli.calendar.trial import Trial

_ROOM = 60
_stdin = click.option("--password-stdin", "from_stdin", is_flag=True, help="Read the password from the standard input.")


@click.command()
@click.argument("address")
@click.option("--user", required=True, help="Who signs in.")
@click.option("--name", default="", help="What to call it here, instead of its name on the server.")
@click.option("--calendar", "wanted", multiple=True, metavar="NAME", help="Take this one of several; may be repeated.")
@click.option("--also", multiple=True, metavar="HOST", help="Another host that may have the password.")
@_stdin
def caldav(  # noqa: PLR0917 - click gives them by name
    address: str, user: str, name: str, wanted: tuple[str, ...], also: tuple[str, ...], from_stdin: bool
) -> None:
    """Add calendars of a CalDAV server, such as Nextcloud, iCloud, Fastmail or Radicale.

    ADDRESS is that of the server or of a calendar on it. The password is asked for, and kept in the desktop's keyring,
    or in a file that only you can read where there is none.

    \b
    Example:
      showup calendar add caldav cloud.example.org --user sam
    """  # noqa: D301 - click wants the control character, which keeps the lines apart
    add(load(), address, user, name=name, wanted=wanted, also=also, from_stdin=from_stdin)


def add(
    settings: Settings,
    address: str,
    user: str,
    *,
    name: str = "",
    wanted: Sequence[str] = (),
    also: Sequence[str] = (),
    from_stdin: bool = False,
) -> "list[Trial]":
    """Sign in to a server, and add calendars of it; return how each of them could be read.

    Raises:
        Problem: there is none, or one cannot be read; then nothing is kept.
    """
    from showup import wiring
    from showup.calendars.caldav import Login, secret_key

    password = _ask(from_stdin)
    found = _discovered(address, Login(user, password), also, asking=not from_stdin)
    picked = _picked(found, wanted, asking=not from_stdin)
    names = _names(settings, picked, name)
    tables = [
        {"name": called, "type": "caldav", "url": one.url, "user": user}
        for called, one in zip(names, picked, strict=True)
    ]
    with _keeping(settings, {secret_key(one.url, user) for one in picked}, password):
        trials = adding.add(settings, tables)
    click.echo(f"The password is kept in {wiring.secrets(settings).place}.")
    return trials


@click.command()
@click.argument("name", shell_complete=completing.calendars)
@_stdin
def password(name: str, from_stdin: bool) -> None:
    """Give a CalDAV calendar a new password. It is tried before it is kept."""
    from showup import wiring
    from showup.cli.calendar.trial import attempt
    from showup.config.edit import no_calendar

    settings = load()
    one = next((one for one in settings.calendars if one.name == name), None)
    if one is None:
        raise no_calendar(name, [one.name for one in settings.calendars])
    if one.type != "caldav":
        raise Usage(f"The calendar “{plain(name, _ROOM)}” has no password.", "Only those of the type caldav have one.")
    with _keeping(settings, {wiring.secret_of(one)}, _ask(from_stdin)):
        trial = attempt(one, settings)
        if trial.problem:
            raise trial.problem
    click.echo(f"The password is kept in {wiring.secrets(settings).place}. {plain(name, _ROOM)}: {trial.sentence}")


def _ask(from_stdin: bool) -> str:
    if not from_stdin:
        return str(click.prompt("Password", hide_input=True))
    told = sys.stdin.readline().rstrip("\r\n")
    if not told:
        raise Usage("There is no password on the standard input.", "Write it there, in one line.")
    return told


def _discovered(address: str, login: "Login", also: Sequence[str], *, asking: bool) -> "tuple[Found, ...]":
    """The calendars there. Another host gets the password only if the person agrees to it."""
    from showup.calendars.caldav import ElsewhereProblem, Origin, discover

    agreed = [Origin("https", host.lower(), 443) for host in also]
    while True:
        try:
            return discover(address, login, agreed)
        except ElsewhereProblem as problem:
            there = problem.origin
            question = f"Your calendars are at {plain(str(there), 100)}, says the server. Send the password there, too?"
            if not asking or not there.private or there in agreed or not click.confirm(question):
                raise
            agreed.append(there)


def _picked(found: "tuple[Found, ...]", wanted: Sequence[str], *, asking: bool) -> "list[Found]":
    names = ", ".join(f"“{plain(one.name, _ROOM)}”" for one in found)
    if wanted:
        missing = [name for name in wanted if name not in {one.name for one in found}]
        if missing:
            raise Usage(f"There is no calendar “{plain(missing[0], _ROOM)}” there.", f"It has {names}.")
        return [one for one in found if one.name in wanted]
    if len(found) == 1:
        return list(found)
    if not asking:
        raise Usage(f"There are several calendars: {names}.", "Choose by --calendar NAME.")
    for number, one in enumerate(found, 1):
        click.echo(f"{number:3}  {plain(one.name, _ROOM)}")
    return [
        found[place] for place in click.prompt("Which ones? Numbers, or all", "all", value_proc=_numbers(len(found)))
    ]


def _numbers(most: int) -> "Callable[[str], list[int]]":
    def parse(text: str) -> list[int]:
        if text.strip().lower() == "all":
            return list(range(most))
        words = text.replace(",", " ").split()
        if not words or not all(word.isdecimal() and 1 <= int(word) <= most for word in words):
            raise click.BadParameter(f"give numbers from 1 to {most}, or all")
        return sorted({int(word) - 1 for word in words})

    return parse


def _names(settings: Settings, picked: "Sequence[Found]", name: str) -> list[str]:
    """What to call them; of several, a given name comes before each one's own."""
    names: list[str] = []
    for one in picked:
        called = f"{name} {one.name}".strip() if len(picked) > 1 or not name else name
        called, count = plain(called, _ROOM), 1
        while called in names:
            count += 1
            called = f"{plain(one.name, _ROOM - 4)} {count}"
        names.append(adding.free(settings, called))
    return names


@contextmanager
def _keeping(settings: Settings, keys: set[str], secret: str) -> Iterator[None]:
    """Keep a password, but only if all goes well: else the one before it stands."""
    from showup import wiring

    secrets = wiring.secrets(settings)
    before = {key: secrets.get(key) for key in keys}
    try:
        for key in keys:
            secrets.put(key, secret)
        yield
    except BaseException:
        for key, old in before.items():
            secrets.remove(key) if old is None else secrets.put(key, old)
        raise
