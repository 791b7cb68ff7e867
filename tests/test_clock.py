import time
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from showup.clock import SystemClock, machine_zone

if TYPE_CHECKING:
    from showup.ports import Clock


def test_the_clock_is_aware_utc_and_goes_on() -> None:
    clock: Clock = SystemClock()
    first, mono, boot = clock.now(), clock.monotonic(), clock.boottime()
    assert first.tzinfo is UTC
    time.sleep(0.02)
    assert timedelta(seconds=0.01) < clock.now() - first < timedelta(seconds=5)
    assert 0.01 < clock.monotonic() - mono < 5
    assert 0.01 < clock.boottime() - boot < 5


def test_sleep_counts_for_one_clock_only() -> None:
    clock = SystemClock()
    assert clock.boottime() >= clock.monotonic() - 0.01


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":Europe/Berlin", "Europe/Berlin"),
        ("/usr/share/zoneinfo/America/New_York", "America/New_York"),
        ("", "UTC"),
        ("CET-1CEST", None),
        ("Europe", None),
        ("../etc/passwd", None),
    ],
)
def test_tz_comes_first(told: str, zone: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", told)
    assert machine_zone() == zone


class TestWithoutTz:
    @pytest.fixture(autouse=True)
    def no_tz(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("TZ", raising=False)

    def test_the_link(self, tmp_path: Path) -> None:
        file = tmp_path / "zoneinfo" / "Asia" / "Tokyo"
        file.parent.mkdir(parents=True)
        file.touch()
        (tmp_path / "localtime").symlink_to(file)
        assert machine_zone(tmp_path) == "Asia/Tokyo"

    def test_a_copy_with_its_name_beside_it(self, tmp_path: Path) -> None:
        (tmp_path / "localtime").touch()
        (tmp_path / "timezone").write_text("Europe/Paris\n")
        assert machine_zone(tmp_path) == "Europe/Paris"

    def test_a_copy_without_a_name(self, tmp_path: Path) -> None:
        (tmp_path / "localtime").touch()
        assert machine_zone(tmp_path) is None

    def test_nothing_is_utc_as_for_the_c_library(self, tmp_path: Path) -> None:
        assert machine_zone(tmp_path) == "UTC"
