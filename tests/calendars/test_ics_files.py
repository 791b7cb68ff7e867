"""Calendars in files and folders: what changes, what breaks, what is written meanwhile."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from showup.calendars import files, folder
from showup.calendars.ics import IcsCalendar
from showup.core.event import EventKey
from showup.formats.ics import PIECE, Steps, occurrences, steps
from showup.ports import Reading, SourceProblem, Window
from tests.support.ics import END, GOOD, START, calendar, timed
from tests.support.steps import read_whole

WINDOW = Window(START, END)
A = timed(":20261124T090000Z")


def read(place: IcsCalendar, *known: str) -> Reading:
    return place.read(WINDOW, frozenset(known))


def uids(reading: Reading) -> list[str]:
    return [event.key.uid for event in reading.events or ()]


class Counting:
    """Stands before the parser and counts."""

    def __init__(self, real: Callable[..., object]) -> None:
        self.real, self.count = real, 0

    def __call__(self, *arguments: object) -> object:
        self.count += 1
        return self.real(*arguments)


class TestFile:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "work.ics"
        file.write_bytes(calendar(GOOD))
        return file

    def test_an_unchanged_file_is_not_parsed(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        parser = Counting(steps)
        monkeypatch.setattr(files, "steps", parser)
        place = IcsCalendar("work", str(file))
        read(place)
        assert read(place).events is None
        assert parser.count == 1

    def test_an_equal_size_and_a_new_time_are_a_change(self, file: Path) -> None:
        place = IcsCalendar("work", str(file))
        read(place)
        os.utime(file, ns=(1, 1))
        assert uids(read(place)) == ["good@x"]

    def test_another_file_of_equal_size_and_time_is_a_change(self, file: Path) -> None:
        place = IcsCalendar("work", str(file))
        read(place)
        found = file.stat()
        other = file.with_name("other")
        other.write_bytes(file.read_bytes())
        os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
        other.replace(file)
        assert uids(read(place)) == ["good@x"]

    def test_a_file_written_while_it_is_read_is_no_reading(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = files.chunks

        def meanwhile(opened: object) -> Callable[[], Iterator[bytes]]:
            read_all = real(opened)  # type: ignore[arg-type] # handed through

            def pieces() -> Iterator[bytes]:
                yield from read_all()
                file.write_bytes(calendar(GOOD, A))

            return pieces

        place = IcsCalendar("work", str(file))
        monkeypatch.setattr(files, "chunks", meanwhile)
        with pytest.raises(SourceProblem, match="was written while it was read"):
            read(place)
        monkeypatch.undo()
        assert uids(read(place)) == ["a@x", "good@x"]

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(SourceProblem, match=r"“none\.ics” is not there"):
            read(IcsCalendar("work", str(tmp_path / "none.ics")))

    @pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
    def test_what_may_not_be_read(self, file: Path) -> None:
        file.chmod(0)
        with pytest.raises(SourceProblem, match="cannot be read: Permission denied"):
            read(IcsCalendar("work", str(file)))

    def test_a_pipe_does_not_keep_us_waiting(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.ics")
        with pytest.raises(SourceProblem, match="is no file"):
            read(IcsCalendar("work", str(tmp_path / "pipe.ics")))

    def test_a_file_without_end_is_not_read(self, file: Path) -> None:
        os.truncate(file, 300_000_001)
        with pytest.raises(SourceProblem, match="larger than 300 MB"):
            read(IcsCalendar("work", str(file)))

    @pytest.mark.parametrize("location", ["/dev/zero", "/dev/null", "a\0b", "", "/etc/passwd/x.ics", "x" * 5_000])
    def test_odd_places(self, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        place = IcsCalendar("work", location)
        with pytest.raises(SourceProblem) as raised:
            read(place)
        assert raised.value.remedy

    def test_home_and_file_addresses(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(file.parent))
        assert uids(read(IcsCalendar("work", "~/work.ics"))) == ["good@x"]
        spaced = file.with_name("my work.ics")
        file.rename(spaced)
        assert uids(read(IcsCalendar("work", spaced.as_uri()))) == ["good@x"]

    def test_a_file_may_become_a_folder(self, file: Path) -> None:
        place = IcsCalendar("work", str(file))
        read(place)
        file.unlink()
        file.mkdir()
        (file / "a.ics").write_bytes(calendar(A))
        assert uids(read(place)) == ["a@x"]


class TestFolder:
    @pytest.fixture
    def vdir(self, tmp_path: Path) -> Path:
        vdir = tmp_path / "vdir"
        vdir.mkdir()
        (vdir / "good.ics").write_bytes(calendar(GOOD))
        (vdir / "a.ics").write_bytes(calendar(A))
        return vdir

    def test_only_calendar_files_count(self, vdir: Path) -> None:
        for name in (".hidden.ics", "a.ics.tmp", "color", "displayname"):
            (vdir / name).write_bytes(b"not a calendar")
        (vdir / "sub.ics").mkdir()
        reading = read(IcsCalendar("work", str(vdir)))
        assert uids(reading) == ["a@x", "good@x"]
        assert reading.warnings == ()

    def test_only_changed_files_are_parsed(self, vdir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        parser = Counting(steps)
        monkeypatch.setattr(folder, "steps", parser)
        place = IcsCalendar("work", str(vdir))
        read(place)
        assert read(place).events is None
        assert parser.count == 2
        (vdir / "b.ics").write_bytes(calendar(timed(":20261126T090000Z", uid="b")))
        assert uids(read(place)) == ["a@x", "good@x", "b"]
        assert parser.count == 3

    def test_a_broken_file_is_a_warning_that_names_it(self, vdir: Path) -> None:
        (vdir / "broken.ics").write_bytes(calendar(A)[:-10])
        reading = read(IcsCalendar("work", str(vdir)))
        assert uids(reading) == ["a@x", "good@x"]
        (warning,) = reading.warnings
        assert "“broken.ics”" in warning
        assert str(vdir) not in warning

    def test_what_a_file_held_before_it_broke_still_stands(self, vdir: Path) -> None:
        place = IcsCalendar("work", str(vdir))
        read(place)
        (vdir / "a.ics").write_bytes(calendar(A)[:-10])
        reading = read(place, "a@x")
        assert uids(reading) == ["a@x", "good@x"]
        assert len(reading.warnings) == 1

    def test_a_known_event_that_may_be_in_a_broken_file_is_not_gone(self, vdir: Path) -> None:
        (vdir / "a.ics").write_bytes(calendar(A)[:-10])
        reading = read(IcsCalendar("work", str(vdir)), "a@x")
        assert reading.events is not None
        assert {event.key: event.start is None for event in reading.events} == {
            EventKey("a@x"): True,
            EventKey("good@x"): False,
        }

    def test_a_removed_file_takes_its_events_along(self, vdir: Path) -> None:
        place = IcsCalendar("work", str(vdir))
        read(place)
        (vdir / "a.ics").unlink()
        assert uids(read(place, "a@x")) == ["good@x"]

    def test_the_newest_version_of_two_files_counts(self, vdir: Path) -> None:
        (vdir / "z.ics").write_bytes(calendar(timed(":20261127T090000Z", more="SEQUENCE:2")))
        (vdir / "zz.ics").write_bytes(calendar(timed(":20261128T090000Z", more="SEQUENCE:1")))
        reading = read(IcsCalendar("work", str(vdir)))
        assert reading.events is not None
        assert [event.start.day for event in reading.events if event.start] == [25, 27]

    def test_a_folder_that_never_rests_is_no_reading(self, vdir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real, count = steps, 0

        def meanwhile(*arguments: object) -> Steps:
            nonlocal count
            count += 1
            (vdir / f"new{count}.ics").write_bytes(calendar(GOOD))
            return real(*arguments)  # type: ignore[arg-type] # handed through

        monkeypatch.setattr(folder, "steps", meanwhile)
        with pytest.raises(SourceProblem, match="changing all the time"):
            read(IcsCalendar("work", str(vdir)))

    def test_an_empty_folder_is_an_empty_calendar(self, vdir: Path) -> None:
        place = IcsCalendar("work", str(vdir))
        read(place)
        for file in vdir.iterdir():
            file.unlink()
        assert read(place).events == ()

    def test_a_folder_that_is_gone_is_a_problem(self, vdir: Path) -> None:
        place = IcsCalendar("work", str(vdir))
        read(place)
        vdir.rename(vdir.with_name("away"))
        with pytest.raises(SourceProblem, match="The calendar folder “vdir” is not there"):
            read(place)


class TestLarge:
    """A file that takes several goes."""

    @pytest.fixture
    def large(self, tmp_path: Path) -> Path:
        return self.write(tmp_path, "large.ics", "x")

    @staticmethod
    def write(folder: Path, name: str, note: str) -> Path:
        file = folder / name
        file.write_bytes(
            calendar(*(timed(":20261125T090000Z", uid=f"{n}", more="X:" + note * 500) for n in range(2_000)))
        )
        return file

    def test_each_go_does_little(self, large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        module = sys.modules[steps.__module__]
        read_in_a_go, in_all = Counting(module.vevent), 0
        monkeypatch.setattr(module, "vevent", read_in_a_go)
        place, goes = IcsCalendar("work", str(large)), 0
        while (reading := read(place)).unfinished:
            assert reading.events is None
            assert read_in_a_go.count <= 250
            in_all, read_in_a_go.count, goes = in_all + read_in_a_go.count, 0, goes + 1
        assert len(reading.events or ()) == in_all + read_in_a_go.count == 2_000
        assert goes >= large.stat().st_size * 2 // PIECE  # it is looked through twice
        assert read(place) == Reading(None)

    def test_it_is_what_it_is_in_one_go(self, large: Path) -> None:
        whole = occurrences(large.read_bytes(), WINDOW.start, WINDOW.end, frozenset(), None).events
        for place in (large, large.parent):
            assert read_whole(IcsCalendar("work", str(place)), WINDOW, frozenset()).events == whole

    def test_one_that_is_replaced_all_the_time_is_read_to_its_end(self, large: Path) -> None:
        place = IcsCalendar("work", str(large))
        for note in "abcdefghijklmnopqrstuvwxyz":
            if not (reading := read(place)).unfinished:
                break
            self.write(large.parent, "new", note).replace(large)
        assert len(reading.events or ()) == 2_000
        assert read(place).unfinished, "what stands there now is another one"

    def test_one_that_is_written_to_meanwhile_is_begun_anew(self, large: Path) -> None:
        place = IcsCalendar("work", str(large))
        assert read(place).unfinished
        large.write_bytes(calendar(GOOD))
        with pytest.raises(SourceProblem, match=r"written while it was read|cut off"):
            read_whole(place, WINDOW, frozenset())
        assert uids(read(place)) == ["good@x"]

    def test_one_that_is_given_up_is_closed(self, large: Path) -> None:
        place = IcsCalendar("work", str(large))
        assert read(place).unfinished
        del place
        gc.collect()
        opened = [str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
        assert str(large) not in opened
