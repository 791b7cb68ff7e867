"""The first question of the set-up: where the calendar is. Every answer ends in a calendar that was read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click

from showup.cli import adding, caldav, google
from showup.cli.asking import Asker, Question
from showup.cli.found import candidates, client_file
from showup.cli.trial import Trial, attempt
from showup.config import Paths, Settings
from showup.config.file import parse, text_of
from showup.core.problem import Problem, Usage
from showup.core.text import plain

_ROOM = 60
_SIGN_IN = ("google", "caldav")
Way = tuple[str, Callable[[], list[Trial]]]


@dataclass(frozen=True, slots=True)
class Where:
    """Asks for the calendar of the settings at `paths`; `client` and `endpoint` are for a sign-in with Google."""

    asker: Asker
    paths: Paths
    client: str | None = None
    endpoint: str = ""

    def ask(self, text: str, given: str | None) -> list[Trial]:
        """The calendars that were read; none where there is none for now."""
        ways = self._ways()
        default = "1" if not self.asker.silent or self._safe() else str(len(ways))
        if given is None:
            click.echo(text)
            self.asker.choices([way for way, _ in ways])
        question = Question("   A number, or the path of a file or folder", default, given)
        trials = self.asker.ask(question, partial(self._take, ways)) or []
        for trial in trials:
            if not trial.problem:
                self.asker.say(f"{plain(trial.name, _ROOM)}: {trial.glimpse}")
        return trials

    def _settings(self) -> Settings:
        return parse(text_of(self.paths.config), self.paths)

    def _found(self) -> list[Way]:
        home, taken = Path.home(), [one.path for one in self._settings().calendars if one.path]
        return [(one.told(home), partial(self._place, str(one.path))) for one in candidates(home, taken)]

    def _safe(self) -> bool:
        """Whether the first way needs nobody at the terminal."""
        return bool(self._settings().calendars or self._found())

    def _ways(self) -> list[Way]:
        """What can be chosen, the likeliest first."""
        names = ", ".join(f"“{plain(one.name, _ROOM)}”" for one in self._settings().calendars)
        leave: list[Way] = [(f"Leave it at {names}", self._read)] if names else []
        return [
            *leave,
            *self._found(),
            ("A private address (iCal), as Google, Outlook and others give out", self._address),
            ("Google: sign in with the browser", self._google),
            ("CalDAV: Nextcloud, iCloud, Fastmail and others", self._caldav),
            ("None for now", list),
        ]

    def _take(self, ways: list[Way], answer: str) -> list[Trial]:
        if answer.isdecimal():
            if not 1 <= int(answer) <= len(ways):
                raise Usage(f"There is no {plain(answer, 20)} in the list.", f"Give a number from 1 to {len(ways)}.")
            return ways[int(answer) - 1][1]()
        if answer in _SIGN_IN:
            return self._google() if answer == "google" else self._caldav()
        if not answer:
            raise Usage("That is no place.", "Give a number of the list, a path, or an address.")
        return self._place(answer)

    def _read(self) -> list[Trial]:
        """Those that are set up already. One that cannot be read now is told of, and stays."""
        settings = self._settings()
        trials = [attempt(one, settings) for one in settings.calendars]
        for trial in trials:
            self.asker.say(f"{plain(trial.name, _ROOM)}: {trial.sentence}")
        return trials

    def _place(self, location: str) -> list[Trial]:
        settings, place = self._settings(), adding.place(location)
        return adding.add(settings, [{"name": _free(settings, place), "type": "ics", **place}])

    def _address(self) -> list[Trial]:
        self.asker.say("Who has it can read your calendar, so it is not shown here. The README says where to find it.")
        location = str(self._hidden("   Address")).strip()
        if "://" not in location[:20]:
            raise Usage("That is no address.", "It begins with https:// or webcal://.")
        return self._place(location)

    def _google(self) -> list[Trial]:
        self._somebody("showup calendar add google --client-secrets FILE")
        settings, file = self._settings(), self.client
        known = any(one.type == "google" for one in settings.calendars)
        if file is None and not known:
            click.echo(google.steps())
            there = client_file(Path.home())
            file = click.prompt("   The file of your client", default=str(there) if there else None)
        if file is not None and not Path(file).expanduser().is_file():
            raise Usage(f"There is no file {plain(file, 200)}.", "Give the path of the file that Google gave you.")
        meet = click.confirm("   May it see who is in your Meet meetings, too? It stores no names", default=True)
        account = next((one.account for one in settings.calendars if one.type == "google"), "")
        return google.add(settings, file, account=account, meet=meet, api_endpoint=self.endpoint)

    def _caldav(self) -> list[Trial]:
        self._somebody("showup calendar add caldav ADDRESS --user USER --password-stdin")
        address = click.prompt("   The server's address, such as cloud.example.org")
        user = click.prompt("   Your name there")
        return caldav.add(self._settings(), str(address).strip(), str(user).strip())

    def _hidden(self, text: str) -> object:
        self._somebody("showup setup --calendar ADDRESS")
        return click.prompt(text, hide_input=True)

    def _somebody(self, instead: str) -> None:
        """Signing in needs a person.

        Raises:
            Problem: nobody is to be asked.
        """
        if self.asker.silent:
            raise Problem("Signing in asks questions, and none were wanted.", f"`{instead}` does it by options.")


def _free(settings: Settings, place: dict[str, str]) -> str:
    """A name for the calendar that none has yet, after its place."""
    try:
        path, host = place.get("path", ""), urlsplit(place.get("url", "")).hostname
    except ValueError:
        path, host = "", None
    usual = plain(Path(path).stem if path else host or "", _ROOM - 4).lstrip(".") or "calendar"
    taken = {one.name for one in settings.calendars}
    names = [usual, *(f"{usual} {number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
