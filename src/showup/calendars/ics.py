"""A calendar in iCalendar files: one file, a folder of them (vdir), or an address."""

import re
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from showup.calendars.address import Address
from showup.calendars.files import File, Visit
from showup.calendars.folder import Folder
from showup.calendars.paced import Paced, Steps
from showup.core.problem import Problem
from showup.ports import Reading, SourceProblem, Window

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20})://")
_WEB = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}


class _Place(Protocol):
    def read(self, window: Window, known: frozenset[str]) -> Visit:
        """Read it; None where it is what it was when it was read last, with the same window and `known`."""
        ...


class IcsCalendar:
    """A calendar source (the port CalendarSource)."""

    def __init__(self, name: str, location: str, *, zone: str | None = None) -> None:
        """Remember where it is; nothing is read yet, and nothing said of a location that cannot be used.

        `location` is the path of a file or folder, or an address (http, https, webcal, file). `zone` is the IANA name
        of the machine's time zone, for times that name none.
        """
        self._name = name
        self._location = location.strip()
        self._zone = zone
        self._place: _Place | None = None
        self._paced = Paced()

    @property
    def name(self) -> str:
        """The name the person gave it."""
        return self._name

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:  # noqa: ARG002
        """Read all of it (see the port).

        Raises:
            SourceProblem: it could not be read, or only in part. It names the host of an address, never the address.
        """
        return self._paced.go_on(lambda: self._steps(window, known))

    def _steps(self, window: Window, known: frozenset[str]) -> Steps:
        self._place = self._find()
        try:
            parsed = yield from self._place.read(window, known)
        except SourceProblem:
            raise
        except Problem as problem:
            raise SourceProblem(problem.sentence, problem.remedy) from None
        return Reading(None) if parsed is None else Reading(parsed.events, parsed.warnings)

    def _find(self) -> _Place:
        """Return the place as it is now: what was a file may have become a folder."""
        scheme = _SCHEME.match(self._location)
        if not self._location:
            raise SourceProblem(
                f"The calendar “{self._name}” has no place.", "Name its file or address in the settings."
            )
        if scheme is None:
            return self._local(self._location)
        if scheme[1].lower() == "file":
            return self._local(unquote(urlsplit(self._location).path))
        if web := _WEB.get(scheme[1].lower()):
            return self._place or Address(f"{web}://{self._location[scheme.end() :]}", self._zone)
        raise SourceProblem(
            f"The calendar “{self._name}” has an address of a kind that cannot be read.",
            "Give it an address that begins with https:// or webcal://, or the path of a file or folder.",
        )

    def _local(self, location: str) -> _Place:
        try:
            path = Path(location).expanduser()
        except RuntimeError:  # "~somebody", who is not here
            path = Path(location)
        was = self._place
        try:
            kind = Folder if path.is_dir() or (isinstance(was, Folder) and not path.exists()) else File
        except OSError:  # a name too long, or a folder above it that nobody may look into: reading will say it
            kind = File
        return was if was is not None and type(was) is kind else kind(path, self._zone)
