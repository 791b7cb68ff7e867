"""What can be set, as values. Every field with its default; `config.example.toml` tells what each is for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from showup import places
from showup.core.notice import Kind
from showup.core.policy import Policy


@dataclass(frozen=True, slots=True)
class Plug:
    """A detector that another package brings, with its own settings."""

    name: str
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), repr=False)


@dataclass(frozen=True, slots=True)
class Detectors:
    """Which ways of noticing who is in the call are used.

    `note_takers` are names under which programs that write along join a meeting, beside those that are known.
    """

    sound: bool = True
    meet: bool = False
    phone: bool = False
    note_takers: tuple[str, ...] = ()
    plugs: tuple[Plug, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """One calendar. `url` is a secret where it holds a private address: it is in no repr, log or message.

    `type` is "ics" (with `path` or `url`), "google" or "caldav"; `poll_minutes` is the time between two reads.
    """

    name: str
    type: str
    path: Path | None = None
    url: str = field(default="", repr=False)
    account: str = ""
    calendars: tuple[str, ...] = ()
    api_endpoint: str = field(default="", repr=False)
    meet_endpoint: str = field(default="", repr=False)
    user: str = ""
    poll_minutes: int = 5


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things lie: the file of settings, the record, and the folder of the running state."""

    config: Path
    database: Path
    runtime: Path

    @property
    def lock(self) -> Path:
        """The file that a running daemon holds locked, however it ends."""
        return self.runtime / places.LOCK

    @property
    def ready(self) -> Path:
        """What a running daemon keeps at hand for `showup status`."""
        return self.runtime / places.READY


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long an interview stays on record after its end: months, 0 for ever."""

    keep_months: int = 0


@dataclass(frozen=True, slots=True)
class Web:
    """The page: its port on loopback, 0 for any free one, and after how many idle minutes it is closed."""

    port: int = 0
    idle_minutes: int = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """In which language the polite message is offered: a code such as "en"."""

    language: str = "en"


@dataclass(frozen=True, slots=True)
class Push:
    """The person's own second channel, to reach a phone by Apprise.

    `urls` are secrets: they are in no repr, log or message. A notice of these `kinds` is sent when the desktop has had
    it for `after_minutes` without an answer.
    """

    urls: tuple[str, ...] = field(default=(), repr=False)
    after_minutes: int = 2
    kinds: tuple[Kind, ...] = (Kind.LATE, Kind.NUDGE, Kind.NO_SHOW, Kind.MOVED, Kind.CANCELLED)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything. `owner` holds the person's own addresses in lower case."""

    paths: Paths
    owner: tuple[str, ...] = ()
    policy: Policy = field(default_factory=Policy)
    detectors: Detectors = field(default_factory=Detectors)
    calendars: tuple[CalendarSettings, ...] = ()
    record: Keeping = Keeping()
    web: Web = Web()
    letter: Letter = Letter()
    push: Push = Push()
