"""An event as a reader takes it in: the cleaned texts, the phrases found in them, the people and the links."""

import re
from typing import NamedTuple

from showup.core.event import Event
from showup.core.recognition import cleaning
from showup.core.recognition.knowledge import Knowledge
from showup.core.recognition.lexicon import Hit, Text, text
from showup.core.recognition.links import Link, links
from showup.core.recognition.marks import labels, unnamed
from showup.core.recognition.parties import Parties, parties

TITLE, PLACE, BODY = 300, 400, 4_000
"""Characters of title, place and description that are read."""
_FIELD = re.compile(r"(?m)^[^\S\n]*[-*•]?[^\S\n]*([^:：\n]{2,40})[:：][^\S\n]*(?:\n[^\S\n]*)?([^\n]{1,200})")
_ADDRESS = re.compile(r"@[^@]|\.[a-z]{2,24}[:/?\\%]", re.IGNORECASE)
"""What no word of a place has in it, but an address without its scheme has."""


class Reading(NamedTuple):
    """One event, read once; everything else is derived from it."""

    event: Event
    parties: Parties
    knowledge: Knowledge
    title: Text
    place: Text
    body: Text
    links: tuple[Link, ...]
    """Links that somebody wrote into the event: place and description, then the event's own address."""
    room_links: tuple[Link, ...]
    """Links that the calendar itself made."""
    topic: Text
    """What the description says that the meeting is called: the answer to a booking service's "Event Name:"."""
    title_hits: tuple[Hit, ...]
    topic_hits: tuple[Hit, ...]
    place_hits: tuple[Hit, ...]
    body_hits: tuple[Hit, ...]
    marks: frozenset[str]
    """Words of addresses that may be the employer's; what a phrase says within such a name does not count."""

    fields: tuple[tuple[str, str], ...]
    """What the description answers to the fields it names: ("employer", "HM Treasury"), ("topic", "Intro call")."""

    def answers(self, label: str) -> tuple[str, ...]:
        """What the description answers to one kind of field."""
        return tuple(value for name, value in self.fields if name == label)

    def phrase(self, hit: Hit, within: Text) -> str:
        """A phrase as it was written."""
        return within.between(hit.first, hit.end)


def read(event: Event, owner: frozenset[str], knowledge: Knowledge) -> Reading:
    """Take an event in."""
    body = text(cleaning.plain(event.description[:BODY], knowledge))
    fields = _fields(body.raw, knowledge)
    topic = next((value for name, value in fields if name == "topic"), "")
    title, place, named = text(event.summary[:TITLE]), text(_place(event)), text(topic)
    find, people = knowledge.lexicon.find, parties(event, owner, knowledge)
    written = links(event.location[:PLACE], event.description[:BODY], event.url)
    rooms = links(*event.conference[:5])
    marks = labels(people, (*written, *rooms), knowledge)
    return Reading(
        event=event,
        parties=people,
        knowledge=knowledge,
        links=written,
        room_links=rooms,
        title=title,
        place=place,
        body=body,
        topic=named,
        title_hits=unnamed(find(title), title, marks),
        topic_hits=unnamed(find(named), named, marks),
        place_hits=find(place),
        body_hits=unnamed(find(body), body, marks),
        marks=marks,
        fields=fields,
    )


def _fields(body: str, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    found = _FIELD.findall(body)[:40] if ":" in body or "：" in body else []
    known = ((knowledge.labels.get(" ".join(text(name).words)), value.strip()) for name, value in found)
    return tuple((label, value) for label, value in known if label)


def _place(event: Event) -> str:
    """What people wrote. Names within an address say nothing: zoom.us@evil.example/j/1 is no Zoom."""
    place = event.location[:PLACE]
    if "://" in event.location:
        return ""
    if "@" in place or "/" in place:
        return " ".join(word for word in place.split() if not _ADDRESS.search(word, 1))
    return place
