"""From a recognised event to the details of its appointment."""

from collections.abc import Callable

from showup.core.appointment import Details, Side
from showup.core.event import Event, Person
from showup.core.recognition.result import Recognition
from showup.core.text import plain

_TITLE, _LINK = 300, 2048
_SCHEMES = ("https://", "http://")

Between = Callable[[str], bool]
"""Whether an address belongs to a service that plans for others: its changes may be either side's."""


def details(event: Event, found: Recognition, owner: frozenset[str], between: Between) -> Details:
    """What is kept of an event, bounded and clean."""
    return Details(
        title=plain(event.summary, _TITLE),
        employer=found.employer,
        medium=found.medium,
        stage=found.stage,
        organiser=organiser(event, owner, between),
        join=join_link(event),
        contact=contact(event, owner, between),
        decision=found.decision,
        reasons=found.reasons,
    )


def organiser(event: Event, owner: frozenset[str], between: Between) -> Side:
    """Whose a change of the event is: the organiser's (DESIGN.md, "How evidence is weighed", 2)."""
    if event.organizer is None or not event.organizer.email:
        return Side.UNKNOWN
    if is_you(event.organizer, owner):
        return Side.YOURS
    return Side.UNKNOWN if between(event.organizer.email) else Side.THEIRS


def is_you(person: Person, owner: frozenset[str]) -> bool:
    """By the calendar's own word or by one of your addresses."""
    return person.you or person.email in owner


def join_link(event: Event) -> str:
    """The conference's address as the calendar names it, else one in the location; http(s) only."""
    candidates = (*event.conference, *event.location.split(), event.url)
    found = (text for text in candidates if text.startswith(_SCHEMES) and len(text) <= _LINK)
    return next((plain(text, _LINK) for text in found), "")


def contact(event: Event, owner: frozenset[str], between: Between) -> str:
    """Where a message to them would go: the organiser, else another attendee; never a service."""
    people = (*((event.organizer,) if event.organizer else ()), *event.attendees)
    others = (person.email for person in people if person.email and not is_you(person, owner) and not person.resource)
    return next((plain(email, _TITLE) for email in others if not between(email)), "")
