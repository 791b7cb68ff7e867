"""The contract of calendar sources, for .ics files, folders and addresses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from showup.calendars.ics import IcsCalendar
from tests.calendars.contract import Calendar, CalendarSourceContract
from tests.support.ics import calendar as ics
from tests.support.owner import Owner
from tests.support.web import Web, serving


class InFile(Owner):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.source = IcsCalendar("work", str(path), zone="Europe/Berlin")
        self.save()

    def save(self) -> None:
        beside = self.path.with_suffix(".new")
        beside.write_bytes(self.whole())
        beside.replace(self.path)

    def down(self) -> None:
        self.path.unlink()

    def up(self) -> None:
        self.save()

    def truncate(self) -> None:
        self.path.write_bytes(self.whole()[:-200])


class InFolder(Owner):
    """One file for each UID, as vdirsyncer has it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.path.mkdir()
        self.source = IcsCalendar("work", str(path), zone="Europe/Berlin")

    def save(self) -> None:
        for uid, event in self.events.items():
            file = self.path / f"{uid}.ics"
            if not file.exists() or file.read_bytes() != ics(event):
                beside = self.path / f".{uid}.tmp"
                beside.write_bytes(ics(event))
                beside.replace(file)
        for file in self.path.glob("*.ics"):
            if file.stem not in self.events:
                file.unlink()

    def down(self) -> None:
        self.path.rename(self.path.with_suffix(".away"))

    def up(self) -> None:
        self.path.with_suffix(".away").rename(self.path)

    def truncate(self) -> None:
        raise NotImplementedError


class AtAddress(Owner):
    def __init__(self, web: Web, *, etag: bool) -> None:
        super().__init__()
        self.web = web
        self.etag = etag
        self.source = IcsCalendar("work", f"{web.address}/private-secret/basic.ics", zone="Europe/Berlin")
        self.save()

    def save(self) -> None:
        self.web.body = self.whole()
        self.web.etag = f'"{hash(self.web.body)}"' if self.etag else ""

    def down(self) -> None:
        self.web.fault = "status 503"

    def up(self) -> None:
        self.web.fault = ""

    def truncate(self) -> None:
        self.web.fault = "half"
        self.web.etag = ""


class TestFile(CalendarSourceContract):
    @pytest.fixture
    def calendar(self, tmp_path: Path) -> Calendar:
        return InFile(tmp_path / "work.ics")


class TestFolder(CalendarSourceContract):
    @pytest.fixture
    def calendar(self, tmp_path: Path) -> Calendar:
        return InFolder(tmp_path / "work")


class TestAddress(CalendarSourceContract):
    @pytest.fixture(params=["with ETag", "without"])
    def calendar(self, request: pytest.FixtureRequest) -> Iterator[Calendar]:
        with serving() as web:
            yield AtAddress(web, etag=request.param == "with ETag")
