"""A detector on a real sound server, and what it says, in seconds since the desk was set up."""

import asyncio
import subprocess
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from showup.clock import SystemClock
from showup.core.appointment import Appointment
from showup.core.event import EventKey
from showup.core.evidence import Sign
from showup.detectors.sound import SoundDetector
from tests.support.parts import need
from tests.support.sound_servers import SoundServer

CALL = (
    "--client-name=Chromium",
    "--property=application.name=Chromium",
    "--property=application.process.binary=chromium",
)
TALK = (
    "Hello, can you hear me well? I am glad that you could make it today. Let us begin with a few questions about "
    "your work, and then I will tell you about ours. What did you build last, and what was hard about it?"
)


@dataclass
class Desk:
    server: SoundServer
    said: list[str] = field(default_factory=list)
    signs: list[tuple[Sign, float]] = field(default_factory=list)
    covered: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = SystemClock()
        self.begun = self.clock.now()
        self.detector = SoundDetector(self.clock, self.said.append)

    def watch(self) -> None:
        key = EventKey("interview", "")
        self.detector.watch((Appointment(1, key, self.begun, None, self.begun),))

    @property
    def now(self) -> float:
        return self._seconds(self.clock.now())

    def microphone(self, *extra: str) -> "subprocess.Popen[bytes]":
        return self.server.start("parec", *CALL, "--latency-msec=50", *extra)

    def play(self, file: Path, *extra: str) -> "subprocess.Popen[bytes]":
        return self.server.start("paplay", *CALL, "--latency-msec=50", *extra, str(file))

    def look(self) -> None:
        """Take what the detector has; a stretch that goes on takes the place of its beginning."""
        found = self.detector.drain()
        self.signs += [(Sign(one.evidence.sign), self._seconds(one.evidence.at)) for one in found.sightings]
        for one in found.watched:
            start, end = self._seconds(one.covered.span.start), self._seconds(one.covered.span.end)
            if self.covered and self.covered[-1][0] == start:
                self.covered.pop()
            self.covered.append((start, end))

    def until(self, sign: Sign, times: int = 1, limit: float = 15) -> float:
        """Wait until it is told so often, and say when it was."""
        end = self.now + limit
        while self.now < end:
            self.look()
            found = [at for one, at in self.signs if one is sign]
            if len(found) >= times:
                return found[times - 1]
            time.sleep(0.1)
        raise AssertionError(f"{sign} was not told {times} times: {self.signs}, {self.covered}, {self.said}")

    def until_unknown(self, limit: float = 5) -> float:
        """Wait until nothing has been covered for a second, and say since when."""
        end = self.now + limit
        while self.now < end:
            self.look()
            if self.covered and self.covered[-1][1] < self.now - 1:
                return self.covered[-1][1]
            time.sleep(0.1)
        raise AssertionError(f"It was covered all the time: {self.signs}, {self.covered}, {self.said}")

    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            time.sleep(0.1)
            self.look()

    def gap(self) -> tuple[float, float] | None:
        """The last gap in what was covered."""
        return (self.covered[-2][1], self.covered[-1][0]) if len(self.covered) > 1 else None

    def _seconds(self, at: datetime) -> float:
        return (at - self.begun).total_seconds()


def talk(folder: Path, text: str = TALK) -> Path:
    """Somebody who speaks: for about twelve seconds, if nothing else is said."""
    need("espeak-ng")
    file = folder / "talk.wav"
    subprocess.run(["espeak-ng", "-w", str(file), text], check=True, timeout=20)
    return file


def levels_on(server: SoundServer, file: Path, seconds: float) -> list[float]:
    """The levels that the server tells of a file which is played on it."""
    variables = "PULSE_SERVER"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(variables, server.env[variables])
        return asyncio.run(_levels_on(server, file, seconds))


async def _levels_on(server: SoundServer, file: Path, seconds: float) -> list[float]:
    from showup.detectors.sound.server import Server

    heard: list[float] = []
    async with Server() as asked:
        server.start("paplay", *CALL, "--latency-msec=50", str(file))
        await asyncio.sleep(0.3)
        playing = await asked.playbacks()

        async def listen() -> None:
            async for level in asked.levels(playing[0]):
                heard.append(level)  # noqa: PERF401 - it does not end by itself

        listening = asyncio.create_task(listen())
        await asyncio.sleep(seconds)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    return heard
