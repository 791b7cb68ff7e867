"""The words that stand in for buttons where a screen has none."""

from showup.core.link import checked
from showup.core.notice import Choice, Message
from showup.core.problem import Problem
from showup.core.text import plain

LABEL = 60
"""The longest label, in characters."""


def answers(message: Message) -> tuple[tuple[str, str], ...]:
    """Each choice that is an answer: its label, and the command that gives it."""
    command = f"showup answer {_about(message)}"
    return tuple((plain(each.label, LABEL), f"{command} {_word(each)}") for each in message.choices if each.word)


def links(message: Message) -> tuple[tuple[str, str], ...]:
    """Each choice that is a link which may be opened: its label and the link, or the command that shows the letter."""
    found = ((each.label, _link(each.url)) for each in message.choices)
    letter = f"showup letter {_about(message)}"
    return tuple((plain(label, LABEL), letter if link.startswith("mailto:") else link) for label, link in found if link)


def in_one_line(message: Message) -> str:
    """All that the person may do, for a body without buttons; empty where there is nothing to do."""
    words = " | ".join(_word(each) for each in message.choices if each.word)
    answering = [f"To answer: showup answer {_about(message)} {words}"] if words else []
    return " · ".join([*answering, *(f"{label}: {link}" for label, link in links(message))])


def _about(message: Message) -> str:
    return plain(message.about, LABEL) or "ID"


def _word(choice: Choice) -> str:
    return choice.word if choice.minutes is None else f"{choice.word} --minutes {choice.minutes}"


def _link(url: str) -> str:
    try:
        return checked(url)
    except Problem:
        return ""  # what may not be opened is not shown either
