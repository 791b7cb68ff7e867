"""The words that stand in for buttons where a screen has none."""

from collections.abc import Iterable

from showup.core.link import checked
from showup.core.notice import Choice, Message
from showup.core.problem import Problem
from showup.core.text import plain

LABEL = 60
"""The longest label, in characters."""


def answers(message: Message) -> tuple[tuple[str, str], ...]:
    """Each choice that is an answer: its label, and the command that gives it."""
    command = f"showup answer {plain(message.about, LABEL) or 'ID'}"
    return tuple((plain(each.label, LABEL), f"{command} {_word(each)}") for each in message.choices if each.word)


def links(choices: Iterable[Choice]) -> tuple[tuple[str, str], ...]:
    """Each choice that is a link which may be opened: its label and the link."""
    return tuple((plain(each.label, LABEL), link) for each in choices if (link := _link(each.url)))


def in_one_line(message: Message) -> str:
    """All that the person may do, for a body without buttons; empty where there is nothing to do."""
    words = " | ".join(_word(each) for each in message.choices if each.word)
    answering = [f"To answer: showup answer {plain(message.about, LABEL) or 'ID'} {words}"] if words else []
    return " · ".join([*answering, *(f"{label}: {link}" for label, link in links(message.choices))])


def _word(choice: Choice) -> str:
    return choice.word if choice.minutes is None else f"{choice.word} --minutes {choice.minutes}"


def _link(url: str) -> str:
    """What may be opened; of a letter the address alone, as its text is no reading in a line."""
    try:
        link = checked(url)
    except Problem:
        return ""  # what may not be opened is not shown either
    return link.partition("?")[0] if link.startswith("mailto:") else link
