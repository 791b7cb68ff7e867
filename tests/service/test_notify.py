"""What systemd is told, on a socket of our own."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from showup.service import notify

WORDS: list[tuple[Callable[[], None], bytes]] = [
    (notify.ready, b"READY=1"),
    (notify.watchdog, b"WATCHDOG=1"),
    (notify.reloading, b"RELOADING=1"),
    (notify.stopping, b"STOPPING=1"),
    (
        lambda: notify.status("3 interviews\nREADY=1 \x1b[31m– next 10:00"),
        "STATUS=3 interviews READY=1 – next 10:00".encode(),
    ),
]


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    path = str(tmp_path / "notify")
    address, named = (path, path) if request.param == "path" else (f"\0{path}", f"@{path}")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(address)
        listening.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", named)
        yield listening


@pytest.mark.parametrize(("say", "heard"), WORDS)
def test_each_word_arrives(manager: socket.socket, say: Callable[[], None], heard: bytes) -> None:
    say()
    assert manager.recv(1000) == heard


@pytest.mark.parametrize("address", [None, "", "/nowhere/notify", "@nobody-listens", "vsock:2:1234", "/" + "x" * 500])
def test_with_nobody_listening_nothing_fails(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    if address is not None:
        monkeypatch.setenv("NOTIFY_SOCKET", address)
    for say, _ in WORDS:
        say()


def test_a_manager_that_reads_nothing_holds_nobody_up(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    assert manager.fileno() > 0
    monkeypatch.setattr(notify, "_LIMIT", 0.0)
    before = time.perf_counter()
    for _ in range(2000):
        notify.watchdog()
    assert time.perf_counter() - before < 5


@pytest.mark.parametrize(
    ("microseconds", "process", "period"),
    [
        ("90000000", "", 90.0),
        ("90000000", "ours", 90.0),
        ("90000000", "1", None),
        ("", "", None),
        ("0", "", None),
        ("soon", "", None),
        ("٣", "", None),
    ],
)
def test_the_period_of_the_watchdog(
    microseconds: str, process: str, period: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", microseconds)
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()) if process == "ours" else process)
    assert notify.watchdog_period() == period
