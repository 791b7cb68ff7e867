"""Calendar text is hostile: nothing is raised, and nothing takes long."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showup.core.event import Event, EventKey, Person
from showup.core.recognition.cleaning import plain
from showup.core.recognition.recognise import recognise
from showup.core.recognition.result import Recognition
from showup.formats import google
from showup.knowledge import load

OWNER = frozenset({"sam@example.org"})
EMPTY = Event(EventKey("x"), None, None)
SIZE = 100_000
SLOWER = 1 if sys.gettrace() is None else 10  # measuring coverage takes its time
BAITS = {
    "a letter": "a",
    "a bracket": "<",
    "an open tag": "<br ",
    "an ampersand": "&amp",
    "a link": "https://acme.zoom.us/j/1 ",
    "a host": "a.b.c.d/",
    "a wrapped link": "https://google.com/url?q=https://google.com/url?q=",
    "bars": "____________________",
    "a field": "Company: ",
    "colons": "a:\n",
    "a phrase": "interview with ",
    "a phrase of many beginnings": "entrevista con el de la ",
    "names": "Acme Borealis ",
    "syllables": "面接の",
    "katakana": "エージェント",
    "ideographs without an end": "面",
    "syllables without an end": "สัมภาษณ์",
    "dashes": " – ",
    "digits": "1 ",
    "a mark": "\u0301",
    "a mailbox": "a@a.",
    "legal forms": "(株) GmbH & Co. KG ",
    "apostrophes": "d'l'o's ",
    "what begins names": "Hotel de la ",
    "towns": "New York ",
    "addresses": "a.com.io.",
    "go-betweens": "via Acme ",
    "brackets": "([（",
    "openings": "https://a.greenhouse.io/embed/jobs/ ",
}


@pytest.mark.parametrize("field", ["summary", "description", "location", "url", "person", "address", "conference"])
@pytest.mark.parametrize("bait", BAITS.values(), ids=BAITS)
def test_a_hundred_kilobytes_are_read_in_no_time(bait: str, field: str) -> None:
    knowledge = load()
    recognise(EMPTY._replace(summary="warm"), OWNER, knowledge)
    long = (bait * (SIZE // len(bait) + 1))[:SIZE]
    event = _with(field, long)
    times = []
    for _ in range(3):
        began = time.process_time()
        recognise(event, OWNER, knowledge)
        times.append(time.process_time() - began)
    assert min(times) <= 0.1 * SLOWER


def _with(field: str, text: str) -> Event:
    hr = Person("hr@acme.example", "Acme")
    match field:
        case "summary":
            return EMPTY._replace(summary=text, organizer=hr)
        case "description":
            return EMPTY._replace(description=text, organizer=hr)
        case "location":
            return EMPTY._replace(location=text, organizer=hr)
        case "url":
            return EMPTY._replace(url=text, organizer=hr)
        case "person":
            return EMPTY._replace(organizer=Person("hr@acme.example", text))
        case "address":
            return EMPTY._replace(organizer=Person(text))
        case _:
            return EMPTY._replace(conference=(text,) * 50)


def test_ten_thousand_events_are_read_in_seconds() -> None:
    """The bound is loose, for loaded machines; unloaded it takes about two seconds."""
    knowledge = load()
    event = google.event(
        {
            "id": "x",
            "start": {"dateTime": "2026-03-03T10:00:00Z"},
            "summary": "Interview with Acme – Account Executive",
            "description": "Hi Sam,\nwe look forward to meeting you.\nhttps://jobs.lever.co/acme/1",
            "organizer": {"email": "hr@acme.example", "displayName": "Acme Recruiting"},
            "attendees": [{"email": "sam@example.org", "self": True}, {"email": "hr@acme.example"}],
        }
    )
    began = time.process_time()
    for _ in range(1_000):
        recognise(event, OWNER, knowledge)
    assert time.process_time() - began <= 0.6 * SLOWER


_texts = st.text(max_size=300) | st.sampled_from([bait * 20 for bait in BAITS.values()])
_people = st.builds(Person, _texts, _texts, you=st.booleans(), resource=st.booleans())


@given(
    st.builds(
        EMPTY._replace,
        summary=_texts,
        description=_texts,
        location=_texts,
        url=_texts,
        organizer=st.none() | _people,
        attendees=st.lists(_people, max_size=4).map(tuple),
        conference=st.tuples(_texts, _texts),
    )
)
def test_no_text_raises(event: Event) -> None:
    answer = recognise(event, OWNER, load())
    assert isinstance(answer, Recognition)
    assert 0 <= answer.confidence <= 1


@given(_texts)
def test_cleaning_never_adds(description: str) -> None:
    assert len(plain(description, load())) <= 8 * len(description) + 8
