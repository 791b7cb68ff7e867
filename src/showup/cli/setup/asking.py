"""Asking a person: each answer is tried at once, and asked for again where it does not hold."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

from showup.core.problem import Problem
from showup.core.text import plain

_TRIES = 3
_ROOM = 1000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the answer that Enter stands for; `given` is the answer that an option gave, if one did."""

    text: str
    default: str = ""
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks at the terminal; one that is `silent` takes the default of every question to which no answer was given."""

    silent: bool = False

    def ask(self, question: Question, attempt: Callable[[str], T]) -> T | None:
        """What `attempt` makes of the answer; None where no answer held, and all is to be left as it was.

        Raises:
            Problem: the answer that was given by an option does not hold.
            click.Abort: the person wants to stop.
        """
        if question.given is not None:
            return attempt(question.given)
        for _ in range(1 if self.silent else _TRIES):
            answer = question.default if self.silent else self._prompt(question)
            try:
                return attempt(answer)
            except Problem as problem:
                click.echo(f"   {plain(str(problem), _ROOM, lines=True)}")
        click.echo("   That is left as it was.")
        return None

    def say(self, text: str) -> None:
        """A line below the question."""
        click.echo(f"   {plain(text, _ROOM)}")

    def choices(self, texts: Sequence[str]) -> None:
        """What can be chosen by a number, from 1."""
        if not self.silent:
            for number, text in enumerate(texts, 1):
                click.echo(f"   {number:>2}  {plain(text, _ROOM)}")

    @staticmethod
    def _prompt(question: Question) -> str:
        shown = f" [{plain(question.default, 200)}]" if question.default else ""
        suffix = " " if question.text.endswith("?") else ": "
        told = click.prompt(f"{question.text}{shown}", question.default, show_default=False, prompt_suffix=suffix)
        return str(told).strip()


def somebody_there() -> bool:
    """Whether there is a terminal at which somebody can answer."""
    try:
        return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    except ValueError:  # closed meanwhile
        return False
