"""How the owner is told to attend. Words beat an automatic link; a place beats a link that every event gets."""

import re

from showup.core.recognition import links
from showup.core.recognition.lexicon import Hit
from showup.core.recognition.reading import Reading
from showup.core.recognition.result import Medium

_NUMBER = re.compile(r"\s*(?:tel[.:]*\s*)?\+?\(?\d[\d\s().+/-]{5,24}\s*(?:\(?[^\W\d]{1,12}\)?)?\s*\Z", re.IGNORECASE)
"""A place that is nothing but a telephone number."""
_STREET = re.compile(r"\d")
_NAMES = {"medium." + one.value: one for one in Medium}
_HINTS = {"medium.site": Medium.ONSITE, "medium.call": Medium.PHONE}
_VIDEO = (Medium.MEET, Medium.ZOOM, Medium.TEAMS, Medium.WEBEX)


def medium(reading: Reading) -> Medium | None:
    """The medium; None where nothing tells."""
    knowledge = reading.knowledge
    titles = reading.title_hits + reading.topic_hits
    title, body = _named(titles), _named(reading.body_hits)
    place = _place(reading)
    written = links.medium(reading.links, knowledge)
    automatic = links.medium(reading.room_links, knowledge)
    said = title or place or body
    if said in {Medium.PHONE, Medium.ONSITE}:
        return said
    return written or automatic or said or _hinted(titles) or _elsewhere(reading)


def _hinted(titles: tuple[Hit, ...]) -> Medium | None:
    """What a word suggests where nothing else tells: "onsite" names a round as well, and "appel" a talk."""
    return next((_HINTS[hit.kind] for hit in titles if hit.kind in _HINTS), None)


def _place(reading: Reading) -> Medium | None:
    """What the place says: a number, a service's name, a street."""
    named = _named(reading.place_hits)
    if named is not None:
        return named
    raw = reading.place.raw.strip()
    if not raw:
        return None
    if raw.lower().startswith("tel:") or _NUMBER.match(raw):
        return Medium.PHONE
    if reading.links and links.medium(links.links(raw), reading.knowledge):
        return None
    return Medium.ONSITE


def _named(hits: tuple[Hit, ...]) -> Medium | None:
    """What the phrases name; a call or a place before a service, which may be the fallback only."""
    named = [_NAMES[hit.kind] for hit in hits if hit.kind in _NAMES]
    if not named:
        return None
    return next((one for one in (Medium.ONSITE, Medium.PHONE, *_VIDEO, Medium.OTHER) if one in named), None)


def _elsewhere(reading: Reading) -> Medium | None:
    """A link of a kind that is not known, put where the meeting's place belongs."""
    return Medium.OTHER if "://" in reading.event.location or reading.event.conference else None
