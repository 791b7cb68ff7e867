"""What is fuzzed: each reader of foreign text, with what must hold whatever it is given.

No exception but Problem, the same answer twice, and nothing said that is long or commands a terminal. Time and memory
are watched from outside.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import category

from showup import wiring
from showup.calendars.caldav import multistatus
from showup.cli import events
from showup.config.file import parse
from showup.config.paths import paths_in
from showup.core.event import Event, EventKey, Person
from showup.core.planning import details
from showup.core.problem import Problem
from showup.core.recognition.result import Memory
from showup.core.text import plain
from showup.formats.ics import occurrences, vevents
from showup.network.body import TooLarge
from showup.rehearsal import narration, report, story
from tests.fuzz import pieces
from tests.fuzz.pieces import lines
from tests.support.front import multistatus as multistatus_of
from tests.support.ics import END, GOOD, START, calendar, timed
from tests.support.made_up import LISTED, PATH, data

OWNER = frozenset({"sam@example.org"})
KNOWN = frozenset({"a@x"})
ZONE = "Europe/Berlin"
LONGEST_TEXT = 20_000
SENTENCE = 10_000
STEPS, STRETCH = 60, timedelta(days=60)
UNSEEN = {"Cc", "Cf", "Cs"}


@dataclass(frozen=True)
class Target:
    """`check` reads some bytes, and raises where something does not hold.

    `pieces` are what hostile texts are made of, `good` is one that is as it should be.
    """

    check: Callable[[bytes], None]
    pieces: tuple[str, ...]
    good: bytes


def harmless(text: str, limit: int = SENTENCE) -> None:
    """Fit to be printed as it is."""
    assert len(text) <= limit, len(text)
    assert not {char for char in text if category(char) in UNSEEN} - {"\n"}, text


def twice(read: Callable[[], object]) -> object:
    """What it gives, or its Problem, the same both times."""
    first, again = _tried(read), _tried(read)
    assert repr(first) == repr(again)
    if isinstance(first, Problem):
        harmless(plain(str(first), SENTENCE, lines=True))
    return first


def _tried(read: Callable[[], object]) -> object:
    try:
        return read()
    except Problem as problem:
        return problem


def texts(value: object) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)


def looked_at(event: Event) -> None:
    """An event that was read: bounded, and recognition's answer is fit to be kept and shown."""
    assert all(len(text) <= LONGEST_TEXT for text in texts(event))
    assert len(event.attendees) <= 200
    found = wiring.recognise(event, OWNER, Memory())
    assert found == wiring.recognise(event, OWNER, Memory())
    kept = details(event, found, OWNER, wiring.between)
    for text in texts(kept):
        harmless(text, 2_048)


def ics(given: bytes) -> None:
    found = twice(lambda: occurrences(given, START, END, KNOWN, ZONE))
    for event in getattr(found, "events", ())[:20]:
        looked_at(event)
    for warning in getattr(found, "warnings", ()):
        harmless(plain(warning, 300))
    twice(lambda: list(vevents(given, ZONE)))


def recognise(given: bytes) -> None:
    """The fields of an event, a line each; the description is what is left."""
    parts = given.decode("utf-8", "replace").split("\x00" if b"\x00" in given else "\n", 7)
    title, place, url, room, mail, name, guest, *rest = (*parts, *[""] * (8 - len(parts)))
    people = (Person(guest[:320].lower(), name[:200]), Person("sam@example.org", you=True))
    event = Event(
        EventKey("x"),
        START,
        None,
        summary=title[:1000],
        description="\n".join(rest)[:LONGEST_TEXT],
        location=place[:1000],
        organizer=Person(mail[:320].lower(), name[:200]),
        attendees=people,
        conference=(room[:2000],),
        url=url[:2000],
    )
    looked_at(event)


def jsonl(given: bytes) -> None:
    with TemporaryDirectory(prefix="showup-") as folder:
        file = Path(folder, "events.jsonl")
        file.write_bytes(given)
        found = twice(lambda: list(events.read(file, tuple(OWNER))))
    for one in found if isinstance(found, list) else ():
        if isinstance(one, events.Found):
            looked_at(one.event)
            json.dumps(one.id)
        else:
            harmless(plain(str(one), SENTENCE))


def config(given: bytes) -> None:
    text = given.decode("utf-8", "replace").replace("\r\n", "\n")
    place = paths_in(Path("/nonexistent"))
    twice(lambda: parse(text, place))


def tale(given: bytes) -> None:
    """A story is read, played if it is short, and told."""
    text = given.decode("utf-8", "replace")
    read = twice(lambda: story.parse(text))
    if isinstance(read, story.Story) and len(read.steps) <= STEPS and read.end - read.start <= STRETCH:
        twice(lambda: _told(read))


def _told(read: story.Story) -> list[str]:
    outcome = wiring.rehearse(read)
    json.dumps(outcome)
    lines = [line.text for line in narration.narrated(read, outcome)]
    for line in lines:
        harmless(plain(line, 1_000))
    return [*lines, *(check.found for check in report.checks(read.expects, outcome))]


def answer(given: bytes) -> None:
    """What a CalDAV server says."""

    def read() -> object:
        try:
            found = multistatus.read(BytesIO(given), "https://dav.example.org/sam/")
        except (multistatus.NoMultistatus, TooLarge):  # both are sentences, said where it is known of whom
            return None
        return [(item.href, item.path, item.status, item.data(), item.hrefs("{DAV:}x")) for item in found.items]

    twice(read)
    multistatus.conditions(given)


def text(given: bytes) -> None:
    said = given.decode("utf-8", "surrogateescape")
    for limit in (1, 60, 1_000):
        shown = plain(said, limit)
        harmless(shown, limit)
        assert "\n" not in shown
        assert plain(shown, limit) == shown
        harmless(plain(said, limit, lines=True), limit)


def targets() -> dict[str, Target]:
    """All of them by name. Cases that were found lie in `tests/hostile/NAME`."""
    example = (Path(__file__).parents[2] / "config.example.toml").read_bytes()
    words = lines(pieces.WORDS)
    answered = multistatus_of(LISTED + data(f"{PATH}a.ics", calendar(GOOD))).body
    return {
        "ics": Target(ics, lines(pieces.ICS), calendar(GOOD, timed(":20260101T090000Z", more="RRULE:FREQ=WEEKLY"))),
        "recognise": Target(recognise, words, "\n".join(words).encode()),
        "jsonl": Target(jsonl, lines(pieces.GOOGLE), "\n".join(lines(pieces.GOOGLE)[:4]).encode()),
        "config": Target(config, lines(pieces.CONFIG), example),
        "story": Target(tale, lines(pieces.STORY), "\n".join(lines(pieces.TALE)).encode()),
        "caldav": Target(answer, lines(pieces.CALDAV), answered),
        "text": Target(text, words, "\n".join(words).encode()),
    }
