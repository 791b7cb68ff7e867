"""`showup calendar add google`: signing in with Google, and choosing calendars."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from showup.cli.calendar import adding
from showup.config import CalendarSettings, Settings, load
from showup.core.problem import Problem, Usage
from showup.core.text import plain

if TYPE_CHECKING:
    from showup.calendars.google.listing import Listed
    from showup.cli.calendar.trial import Trial
    from showup.google.token import Client, Token
    from showup.ports import SecretStore

_ROOM = 60
_FILE = 100_000
_PRIMARY = "primary"
_ENABLE = "Enable the Google Meet REST API, too: https://console.cloud.google.com/apis/library/meet.googleapis.com"
_MEET = {True: _ENABLE, False: f"{_ENABLE}\nThen set meet = true under [detectors] in the settings."}


@click.command()
@click.option("--client-secrets", metavar="FILE", help="The file of your own client, from Google's console.")
@click.option("--account", default="", metavar="NAME", help="Your address there, or a name for the sign-in.")
@click.option("--name", default="", help="What to call the calendar here.")
@click.option("--calendars", "wanted", multiple=True, metavar="ID", help="Take this one; may be repeated.")
@click.option("--meet", is_flag=True, help="Let it see who is in your Meet meetings, as well.")
@click.option("--time-limit", default=300, type=click.IntRange(5, 3_600), metavar="SECONDS", help="For the browser.")
@click.option("--api-endpoint", default="", metavar="URL", help="Another server than Google's: for gateways and tests.")
def google(  # noqa: PLR0917 - click gives them by name
    client_secrets: str | None,
    account: str,
    name: str,
    wanted: tuple[str, ...],
    meet: bool,
    time_limit: int,
    api_endpoint: str,
) -> None:
    """Add calendars of a Google account, or sign in again.

    You sign in with your own client: without --client-secrets it says how to make one. The second time it is known.

    \b
    Example:
      showup calendar add google --client-secrets ~/Downloads/client_secret.json --meet
    """  # noqa: D301 - click wants the control character, which keeps the lines apart
    add(
        load(),
        client_secrets,
        account=account,
        name=name,
        wanted=wanted,
        meet=meet,
        time_limit=time_limit,
        api_endpoint=api_endpoint,
    )


def add(
    settings: Settings,
    client_secrets: str | None,
    *,
    account: str = "",
    name: str = "",
    wanted: Sequence[str] = (),
    meet: bool = False,
    time_limit: int = 300,
    api_endpoint: str = "",
) -> "list[Trial]":
    """Sign in, and add calendars of that account; return how each of them could be read.

    Raises:
        Problem: the sign-in was not given, or a calendar cannot be read.
    """
    if name:
        adding.free(settings, name)
    secrets = _secrets(settings)
    before = _before(secrets, account)
    client = _client(client_secrets, before)
    token = _sign_in(client, account, _scopes(listing=not wanted, meet=meet, before=before), time_limit)
    there = [one for one in settings.calendars if one.type == "google" and one.account == account]
    endpoint = api_endpoint or next((one.api_endpoint for one in there), "")
    listed = () if wanted else _listed(token, secrets, endpoint)
    token = _same(token, listed, account, before)
    account = account or token.who or "default"
    secrets.put(_key(account), token.text())
    click.echo(f"The sign-in is kept in {secrets.place}.")
    if meet:
        click.echo(_MEET[settings.detectors.meet])
    if there and not (name or wanted):
        return _try_again(settings, there)
    table: dict[str, str | Sequence[str]] = {
        "name": name or _name(settings, account),
        "type": "google",
        "account": account,
        "calendars": list(wanted) or _chosen(listed),
    }
    return adding.add(settings, [table | ({"api_endpoint": endpoint} if endpoint else {})])


def steps() -> str:
    """How to make a client, in numbered sentences."""
    return files("showup.cli.calendar").joinpath("google-client.txt").read_text("utf-8")


def _key(account: str) -> str:
    from showup.google.account import key

    return key(account)


def _before(secrets: "SecretStore", account: str) -> "Token | None":
    """The last sign-in, if there is one that can be read."""
    from showup.google.token import Token

    kept = secrets.get(_key(account))
    try:
        return Token.read(kept) if kept else None
    except ValueError:
        return None


def _client(file: str | None, before: "Token | None") -> "Client":
    """The person's client: that of the file, else that of the last sign-in."""
    from showup.calendars.google.consent import client_of

    if file:
        with Path(file).expanduser().open(encoding="utf-8", errors="replace") as opened:
            return client_of(opened.read(_FILE))
    if before:
        return before.client
    click.echo(steps())
    raise Usage("To sign in, showup needs the file of your client.", "Give it with --client-secrets FILE.")


def _scopes(*, listing: bool, meet: bool, before: "Token | None") -> Sequence[str]:
    """What is asked for. Who once wanted their meetings to be seen signs in again for them, too."""
    from showup.google import scopes

    meet = meet or (before is not None and scopes.MEETINGS in before.scopes)
    return [
        scopes.EVENTS,
        *([scopes.LIST] if listing else []),
        *([scopes.MEETINGS, scopes.NUMBER] if meet else []),
    ]


def _sign_in(client: "Client", account: str, scopes: Sequence[str], seconds: int) -> "Token":
    from showup.calendars.google import consent
    from showup.clock import SystemClock

    return consent.sign_in(client, scopes, _tell, SystemClock(), hint=account, seconds=seconds)


def _tell(address: str) -> None:
    click.echo("Sign in with your browser. If it does not open by itself, open this address:")
    click.echo(f"\n  {address}\n")


def _secrets(settings: Settings) -> "SecretStore":
    from showup import wiring

    return wiring.secrets(settings)


def _listed(token: "Token", kept: "SecretStore", endpoint: str) -> "tuple[Listed, ...]":
    from showup.calendars.google.listing import calendars
    from showup.clock import SystemClock

    return calendars(token, kept, SystemClock(), endpoint)


def _same(token: "Token", listed: "Sequence[Listed]", account: str, before: "Token | None") -> "Token":
    """The token with whose it is. With that of somebody else, all that is known of the calendar would be gone."""
    who = next((one.id for one in listed if one.primary and "@" in one.id), "")
    expected = account if "@" in account else before.who if before else ""
    if who and expected and who.lower() != expected.lower():
        raise Problem(
            f"You signed in as {plain(who, _ROOM)}, not as {plain(expected, _ROOM)}.",
            "Choose the other account in the browser, or give another --account.",
        )
    return replace(token, who=who or expected)


def _try_again(settings: Settings, calendars: Sequence[CalendarSettings]) -> "list[Trial]":
    """The calendars are in the settings already: only the sign-in is new."""
    from showup.cli.calendar.trial import attempt

    trials = []
    for one in calendars:
        trial = attempt(one, settings)
        if trial.problem:
            raise trial.problem
        click.echo(f"{plain(one.name, _ROOM)}: {trial.sentence}")
        trials.append(trial)
    adding.tell(settings)
    return trials


def _name(settings: Settings, account: str) -> str:
    """A name that is free."""
    taken = {one.name for one in settings.calendars}
    return next((one for one in ("google", plain(account, _ROOM)) if one and one not in taken), "google")


def _chosen(listed: "Sequence[Listed]") -> list[str]:
    """The main calendar, unless there are others and somebody at the terminal wants these."""
    if len(listed) < 2 or not _asking():
        return [_PRIMARY]
    for number, one in enumerate(listed, 1):
        click.echo(f"{number:3}  {one.title}{' (the main one)' if one.primary else ''}")
    picked = click.prompt("Which ones? Numbers", "1", value_proc=lambda text: _numbers(text, len(listed)))
    return [_PRIMARY if listed[place].primary else listed[place].id for place in picked]


def _asking() -> bool:
    return sys.stdin.isatty()


def _numbers(text: str, most: int) -> list[int]:
    words = text.replace(",", " ").split()
    if not words or not all(word.isdecimal() and 1 <= int(word) <= most for word in words):
        raise click.BadParameter(f"give numbers from 1 to {most}")
    return sorted({int(word) - 1 for word in words})
