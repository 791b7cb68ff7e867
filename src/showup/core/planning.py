"""From a recognised event to the details of its appointment."""

import re
from collections.abc import Callable

from showup.core.address import host, mailbox
from showup.core.appointment import Details, Side
from showup.core.event import Event, Partstat, Person
from showup.core.recognition.result import Medium, Recognition
from showup.core.text import plain

_TITLE, _LINK = 300, 2048
_SCHEMES = ("https://", "http://")
_WAY = re.compile(r"https?://|tel:|\d(?:[ ().\-/]{0,3}\d){6}", re.IGNORECASE)
"""A link, or seven digits that may be a telephone number."""

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
        join=join_link(event, found.room),
        contact=contact(event, owner, between),
        declined=declined(event, owner),
        reachable=reachable(event, found),
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


def join_link(event: Event, room: str = "") -> str:
    """The conference's address as the calendar names it, else the `room` in the text, else any link; http(s) only."""
    candidates = (*event.conference, room, *event.location.split(), event.url)
    return next((text for text in candidates if host(text) and plain(text, _LINK) == text), "")


def declined(event: Event, owner: frozenset[str]) -> bool:
    """Whether everybody else who was asked to come said no; or the organiser did, and nobody else said yes."""
    others = [one for one in event.attendees if not is_you(one, owner) and not one.resource]
    wanted = [one for one in others if not one.optional] or others
    said = {one.partstat for one in wanted}
    organiser = event.organizer.email if event.organizer else ""
    off = any(one.partstat is Partstat.DECLINED and one.email == organiser for one in others if one.email)
    return said == {Partstat.DECLINED} or (off and Partstat.ACCEPTED not in said)


def reachable(event: Event, found: Recognition) -> bool:
    """Whether it says how to meet: a link, a number or a place. Of a private event that cannot be known."""
    if event.private or event.conference or event.location.strip() or event.url.startswith(_SCHEMES):
        return True
    if found.medium is Medium.PHONE or (found.medium is Medium.ONSITE and event.description.strip()):
        return True  # they call; the way there may be described
    return bool(found.room or _WAY.search(event.description))


def contact(event: Event, owner: frozenset[str], between: Between) -> str:
    """Where a message to them would go: the organiser, else another attendee; never a service."""
    people = (*((event.organizer,) if event.organizer else ()), *event.attendees)
    others = (person.email for person in people if person.email and not is_you(person, owner) and not person.resource)
    clean = (email for email in others if mailbox(email) and plain(email, _TITLE) == email)
    return next((email for email in clean if not between(email)), "")
