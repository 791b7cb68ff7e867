"""The other questions of the set-up: who you are, how long you wait, what may be used, when it starts."""

import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import click

from showup.cli import service
from showup.cli.calendar.trial import Trial
from showup.cli.doctor import examine
from showup.cli.doctor.finding import Finding, State
from showup.cli.setup.asking import Asker, Question
from showup.config import Paths, Settings, settings_from
from showup.config.change import Option, Place, change
from showup.config.file import parse, text_of
from showup.core.lengths import times
from showup.core.problem import Problem, Usage
from showup.core.text import plain

_ROOM = 100
_LIMIT = 2.0
"""Seconds for a program that is asked for an address."""
_OFTEN = 2
_WHAT = {
    "sound": "your microphone is open in a call, and somebody speaks there: how loud it is, never the sound itself",
    "phone": "a phone that rings, by KDE Connect",
    "meet": "the list of participants of Google Meet: needs a sign-in with Google",
}
_YES, _NO = frozenset({"y", "yes"}), frozenset({"n", "no"})


@dataclass(frozen=True, slots=True)
class Habits:
    """Asks, and sets what was answered in the settings at `paths`; `first` tells that there were none before."""

    asker: Asker
    paths: Paths
    first: bool

    def owner(self, text: str, given: str | None, trials: Sequence[Trial]) -> None:
        """Your own addresses, which tell you apart from the others who are invited."""
        invited: Counter[str] = Counter()
        for trial in trials:
            invited.update(trial.invited)
        offered = ", ".join(_likely(self._settings(), invited))
        self.asker.ask(Question(text, offered, given), partial(self._owner, invited))

    def late_after(self, text: str, given: int | None) -> None:
        """Minutes; not more than after which the message is offered."""
        now = self._settings().policy.checkpoints.late_after_minutes
        self.asker.ask(Question(text, str(now), None if given is None else str(given)), self._late_after)

    def detectors(self, text: str, given: str | None) -> None:
        """What notices who is in the call, as far as it is there."""
        if given is None and not self.asker.silent:
            click.echo(text)
            for name, what in _WHAT.items():
                self.asker.say(f"{name}: {what}")
            text = "   Some of these, with commas between them, or none"
        offered = ", ".join(name for name in _WHAT if self._offered(name)) or "none"
        self.asker.ask(Question(text, offered, given), self._detectors)

    def service(self, text: str, given: bool | None) -> bool:
        """Whether it is to start with the session. Nobody is asked where that cannot be."""
        told = None if given is None else "yes" if given else "no"
        try:
            service.state()
        except Problem as problem:
            if given:
                raise
            click.echo(text)
            self.asker.say(str(problem))
            return False
        return bool(self.asker.ask(Question(f"{text} yes or no", "yes", told), _yes))

    def _settings(self) -> Settings:
        return parse(text_of(self.paths.config), self.paths)

    def _change(self, wanted: Mapping[Place, Option]) -> Settings:
        return change(self.paths, wanted)

    def _owner(self, invited: Mapping[str, int], answer: str) -> None:
        addresses = list(dict.fromkeys(word.strip("<>").lower() for word in answer.replace(",", " ").split()))
        for address in addresses:
            if "@" not in address[1:-1] or address != plain(address, 254):
                raise Usage(f"“{plain(address, _ROOM)}” is no address.", "Write it like sam@example.org.")
        if tuple(addresses) != self._settings().owner:
            self._change({("owner",): addresses})
        count = sum(invited.get(address, 0) for address in addresses)
        if invited and addresses:
            named = f"in {times(count, 'event')}" if count else "in no event, so look at the spelling"
            self.asker.say(f"Your calendar names {'it' if len(addresses) == 1 else 'them'} {named}.")

    def _late_after(self, answer: str) -> None:
        points = self._settings().policy.checkpoints
        minutes = int(answer) if answer.isascii() and answer.isdecimal() and len(answer) < 5 else 0
        if not 1 <= minutes <= points.nudge_after_minutes:
            raise Usage(
                f"“{plain(answer, _ROOM)}” is no such number of minutes.",
                f"Give a whole one from 1 to {points.nudge_after_minutes}.",
            )
        if minutes != points.late_after_minutes:
            self._change({("checkpoints", "late_after_minutes"): minutes})

    def _offered(self, name: str) -> bool:
        """What is set; the first time what is there."""
        if not self.first:
            return bool(getattr(self._settings().detectors, name))
        return name == "sound" or self._part(name).state is State.OK

    def _detectors(self, answer: str) -> None:
        words = answer.lower().replace(",", " ").split()
        wanted = set() if words == ["none"] else set(words)
        unknown = sorted(wanted - _WHAT.keys())
        if unknown or not words:
            told = f"“{plain(unknown[0], _ROOM)}” is none of them." if unknown else "Nothing was named."
            raise Usage(told, f"There are {', '.join(_WHAT)}; or write none.")
        for name in [name for name in _WHAT if name in wanted]:
            found = self._part(name)
            if found.state is State.BROKEN:
                raise Problem(found.text, found.remedy)
            self.asker.say(f"{name}: {found.text}{f' {found.remedy}' if found.state is State.ABSENT else ''}")
        now = self._settings().detectors
        changed: dict[Place, Option] = {
            ("detectors", name): name in wanted for name in _WHAT if getattr(now, name) != (name in wanted)
        }
        if changed:
            self._change(changed)

    def _part(self, name: str) -> Finding:
        """How a detector's part is, tried as if it were wanted."""
        settings = self._settings()
        wanted = replace(settings, detectors=settings_from({"detectors": {name: True}}).detectors)
        if name != "meet":
            return examine.part(name, wanted)
        accounts = [one.account for one in settings.calendars if one.type == "google"]
        if not accounts:
            remedy = "`showup calendar add google --meet` signs in."
            return Finding(name, State.BROKEN, "The list of Meet needs a sign-in with Google.", remedy)
        return examine.sign_in(accounts[0], wanted)


def _likely(settings: Settings, invited: Mapping[str, int]) -> list[str]:
    """The person's own addresses: as set, as signed in, as git has it, or as nearly everything is addressed to."""
    if settings.owner:
        return list(settings.owner)
    git = _git()
    signed_in = [name.lower() for one in settings.calendars if "@" in (name := one.account or one.user)]
    known = [*signed_in, *([git] if git in invited else [])]
    common = [address for address, count in Counter(invited).most_common(2) if count >= _OFTEN]
    if not known and common and (len(common) == 1 or invited[common[0]] > invited[common[1]]):
        known = common[:1]
    found = dict.fromkeys(known or ([git] if git else []))
    return [address for address in found if address == plain(address, 254) and "," not in address]


def _git() -> str:
    """The address that commits are made under; empty where there is none."""
    command = ["git", "config", "--global", "--get", "user.email"]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and words of our own
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_LIMIT, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    address = done.stdout.strip().lower()
    return address if "@" in address[1:-1] and " " not in address and "noreply" not in address else ""


def _yes(answer: str) -> bool:
    if answer.lower() not in _YES | _NO:
        raise Usage(f"“{plain(answer, _ROOM)}” is neither.", "Write yes or no.")
    return answer.lower() in _YES
