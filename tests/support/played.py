"""A record made by playing a story: what the commands are shown on."""

from pathlib import Path
from zoneinfo import ZoneInfo

from showup.config import settings_from
from showup.core.recognition.recognise import recognise
from showup.knowledge import load
from showup.rehearsal.play import Cast, Play
from showup.rehearsal.story import parse
from showup.store.database import Database

_QUICK = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=OFF")


def play(text: str, database: Path, zone: str = "America/New_York") -> None:
    """Play a story onto the record `database`; it has the detectors that its config names."""
    story, known = parse(text), load()
    settings = settings_from(story.config)
    detectors = [name for name, used in story.config.get("detectors", {}).items() if used]
    store = Database(database, _QUICK)
    cast = Cast(
        store=store,
        policy=settings.policy,
        detectors=detectors,
        recognise=lambda event, owner, memory: recognise(event, owner, known, memory),
        between=lambda address: known.sender(address.rpartition("@")[2]) is not None,
        zone=ZoneInfo(zone),
    )
    Play(story, cast).run()
    store.close()


def event(name: str, title: str, start: str, end: str, **more: str) -> str:
    """An event of a story, in TOML; the other side is hr@acme.example."""
    people = (
        'organizer = { email = "hr@acme.example" }, attendees = '
        '[{ email = "sam@example.org", self = true, responseStatus = "accepted" }, { email = "hr@acme.example" }]'
    )
    extra = "".join(f', {key} = "{value}"' for key, value in more.items())
    return (
        f'{{ id = "{name}", status = "confirmed", summary = "{title}", start = {{ dateTime = "{start}" }}, '
        f'end = {{ dateTime = "{end}" }}, {people}{extra} }}'
    )
