"""The first question of the set-up: where the calendar is. Every answer ends in a calendar that was read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click

from showup.cli.calendar import adding, caldav, google
from showup.cli.calendar.trial import Trial, attempt
from showup.cli.setup.asking import Asker, Question
from showup.cli.setup.found import Candidate, candidates, client_file
from showup.config import CalendarSettings, Paths, Settings
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
        if given is not None:
            return self._told(self.asker.ask(Question("", given=given), partial(self._take, [], [])))
        found = self._found()
        ways = self._ways(found)
        click.echo(text)
        self.asker.choices([way for way, _ in ways])
        unasked = found or self._settings().calendars
        default = "1" if not self.asker.silent or unasked else str(len(ways))
        question = Question("   A number, or the path of a file or folder", default)
        return self._told(self.asker.ask(question, partial(self._take, ways, found)))

    def _told(self, trials: list[Trial] | None) -> list[Trial]:
        for trial in trials or []:
            if not trial.problem:
                self.asker.say(f"{plain(trial.name, _ROOM)}: {trial.glimpse}")
        return trials or []

    def _settings(self) -> Settings:
        return parse(text_of(self.paths.config), self.paths)

    def _found(self) -> list[tuple[Candidate, Trial]]:
        """What is on this computer already and can be read, those with interviews first."""
        settings = self._settings()
        taken = [one.path for one in settings.calendars if one.path]
        tried = [
            (one, attempt(CalendarSettings("found", "ics", path=one.path), settings))
            for one in candidates(Path.home(), taken)
        ]
        return sorted(
            [(one, trial) for one, trial in tried if not trial.problem],
            key=lambda pair: (-pair[1].interviews, -pair[1].soon),
        )

    def _ways(self, found: list[tuple[Candidate, Trial]]) -> list[Way]:
        """What can be chosen, the likeliest first."""
        names = ", ".join(f"“{plain(one.name, _ROOM)}”" for one in self._settings().calendars)
        leave: list[Way] = [(f"Leave it at {names}", self._read)] if names else []
        return [
            *leave,
            *(
                (f"{one.told(Path.home())}: {trial.counted}", partial(self._places, [str(one.path)]))
                for one, trial in found
            ),
            ("A private address (iCal), as Google, Outlook and others give out", self._address),
            ("Google: sign in with the browser", self._google),
            ("CalDAV: Nextcloud, iCloud, Fastmail and others", self._caldav),
            ("None for now", list),
        ]

    def _take(self, ways: list[Way], found: list[tuple[Candidate, Trial]], answer: str) -> list[Trial]:
        words = answer.replace(",", " ").split()
        if words and all(word.isascii() and word.isdecimal() and len(word) < 4 for word in words):
            return self._chosen(ways, found, list(dict.fromkeys(map(int, words))))
        if answer in _SIGN_IN:
            return self._google() if answer == "google" else self._caldav()
        if not answer:
            raise Usage("That is no place.", "Give a number of the list, a path, or an address.")
        return self._places([answer])

    def _chosen(self, ways: list[Way], found: list[tuple[Candidate, Trial]], numbers: list[int]) -> list[Trial]:
        """One of the ways; of those that were found on this computer several at once."""
        wrong = [number for number in numbers if not 1 <= number <= len(ways)]
        if wrong:
            raise Usage(f"There is no {wrong[0]} in the list.", f"Give a number from 1 to {len(ways)}.")
        if len(numbers) == 1:
            return ways[numbers[0] - 1][1]()
        first = bool(self._settings().calendars) + 1
        if not all(first <= number < first + len(found) for number in numbers):
            raise Usage("Only files and folders can be taken several at once.", "Give one number.")
        return self._places([str(found[number - first][0].path) for number in numbers])

    def _read(self) -> list[Trial]:
        """Those that are set up already. One that cannot be read now is told of, and stays."""
        settings = self._settings()
        trials = [attempt(one, settings) for one in settings.calendars]
        for trial in trials:
            self.asker.say(f"{plain(trial.name, _ROOM)}: {trial.sentence}")
        return trials

    def _places(self, locations: list[str]) -> list[Trial]:
        """Files, folders or addresses, each under a name of its own."""
        settings = self._settings()
        tables, taken = [], {one.name for one in settings.calendars}
        for place in map(adding.place, locations):
            name = _free(taken, place)
            taken.add(name)
            tables.append({"name": name, "type": "ics", **place})
        return adding.add(settings, tables)

    def _address(self) -> list[Trial]:
        self.asker.say(
            "Google: the calendar's settings, “Secret address in iCal format”. Outlook: “Publish a calendar”, ICS."
        )
        self.asker.say("Whoever has the address can read your calendar, so what you paste is not shown.")
        location = str(self._hidden("   Address")).strip()
        if "://" not in location[:20]:
            raise Usage("That is no address.", "It begins with https:// or webcal://.")
        return self._places([location])

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


def _free(taken: set[str], place: dict[str, str]) -> str:
    """A name for the calendar that none has yet, after its place."""
    try:
        path, host = place.get("path", ""), urlsplit(place.get("url", "")).hostname
    except ValueError:
        path, host = "", None
    usual = plain(Path(path).stem if path else host or "", _ROOM - 4).lstrip(".") or "calendar"
    names = [usual, *(f"{usual} {number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
