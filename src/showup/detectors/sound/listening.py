"""The watching itself: looks at the sound server twice a second, and listens to the one stream that matters."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta

from showup.core.evidence import Sign
from showup.detectors.sound.account import Account
from showup.detectors.sound.ear import Ear
from showup.detectors.sound.players import Players
from showup.detectors.sound.programs import Program
from showup.detectors.sound.scene import Microphone, Playback, Scene, scene
from showup.detectors.sound.server import Server, ServerAway
from showup.ports import Clock

_BEAT = 0.5
_SETTLING = 0.05
"""Seconds; changes come in bursts, and one look is enough for them."""
_PLAYERS_EACH = 2.0
"""Seconds between two looks at the media players; they are asked only while a call plays something."""
_AGAIN = (0.5, 1.0, 2.0, 5.0)
"""Seconds before the next try to reach the server; the last one is used from then on."""
_SAID_AFTER = 3
_MISSED = timedelta(seconds=3)
"""Without levels for so long a stream that runs is frozen."""
_LEFT_AFTER = timedelta(seconds=3)
"""Firefox opens its microphone anew when it joins: a microphone closed for less was never closed."""


class Listening:
    """Watches until it is cancelled. What it finds goes to the account, what the person should know to `say`."""

    def __init__(self, account: Account, clock: Clock, say: Callable[[str], None]) -> None:
        self._account, self._clock, self._say = account, clock, say
        self._players = Players()

    async def run(self) -> None:
        """Watch; when the server goes, wait for it."""
        failures = 0
        try:
            while True:
                try:
                    async with Server() as server:
                        failures = 0
                        await _Session(server, self._account, self._clock, self._players).run()
                except ServerAway:
                    self._account.anew()
                failures += 1
                if failures == _SAID_AFTER:
                    self._say("The sound server cannot be reached, so nobody can be heard. Your answers still count.")
                await asyncio.sleep(_AGAIN[min(failures, len(_AGAIN)) - 1])
        finally:
            self._players.close()


class _Session:
    """One connection to the server."""

    def __init__(self, server: Server, account: Account, clock: Clock, players: Players) -> None:
        self._server, self._account, self._clock, self._players = server, account, clock, players
        self._ear = Ear()
        self._changed = asyncio.Event()
        self._gone: datetime | None = None
        self._inside = False
        self._listening_to: Playback | None = None
        self._levels: asyncio.Task[None] | None = None
        self._last_level: datetime | None = None
        self._playing: tuple[Program, ...] = ()
        self._asked = -_PLAYERS_EACH

    async def run(self) -> None:
        changes = self._start(self._watch_changes())
        try:
            while True:
                self._changed.clear()
                await self._look()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), _BEAT)
                await asyncio.sleep(_SETTLING)
                for task in (changes, self._levels):
                    if task and task.done():
                        task.result()
        finally:
            for task in (changes, self._levels):
                if task:
                    task.cancel()
            await asyncio.gather(*filter(None, (changes, self._levels)), return_exceptions=True)

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(lambda _task: self._changed.set())
        return task

    async def _watch_changes(self) -> None:
        async for _change in self._server.changes():
            self._changed.set()

    async def _look(self) -> None:
        microphones, playbacks = await self._server.microphones(), await self._server.playbacks()
        seen = scene(microphones, playbacks, await self._asked_players(microphones, playbacks))
        now = self._clock.now()
        self._listen_to(seen.listen_to, now)
        if seen.deaf or self._frozen(now):
            self._account.deafen(now)
            self._ear = Ear()
        elif self._ear.unsure:
            self._account.deafen(now)
        else:
            self._account.hear(self._last_level if self._levels and self._last_level else now)
        self._you(seen, now)

    async def _asked_players(self, microphones: list[Microphone], playbacks: list[Playback]) -> tuple[Program, ...]:
        if not any(one.in_call for one in microphones) or not any(one.running for one in playbacks):
            self._playing = ()
        elif self._clock.monotonic() - self._asked >= _PLAYERS_EACH:
            self._asked = self._clock.monotonic()
            self._playing = await asyncio.to_thread(self._players.playing)
        return self._playing

    def _you(self, seen: Scene, now: datetime) -> None:
        if seen.you:
            self._inside, self._gone = True, None
            self._account.you(True, now, now)
            if not seen.listen_to and not seen.deaf:
                self._tell(self._ear.quiet(now), now)
        elif self._inside:
            self._gone = self._gone or now
            if now - self._gone > _LEFT_AFTER:
                self._account.they(Sign.THEY_OUT, self._gone, now)
                self._account.you(False, self._gone, now)
                self._inside, self._ear = False, Ear()

    def _listen_to(self, playback: Playback | None, now: datetime) -> None:
        if _same(playback, self._listening_to):
            return
        if self._levels:
            self._levels.cancel()
        self._tell(self._ear.quiet(now), now)
        self._listening_to, self._last_level = playback, now
        self._levels = self._start(self._listen(playback)) if playback else None

    async def _listen(self, playback: Playback) -> None:
        async for level in self._server.levels(playback):
            self._last_level = self._clock.now()
            self._tell(self._ear.hear(self._last_level, level), self._last_level)
        self._listening_to = self._levels = None

    def _frozen(self, now: datetime) -> bool:
        return bool(self._listening_to and self._last_level and now - self._last_level > _MISSED)

    def _tell(self, heard: tuple[Sign, datetime] | None, now: datetime) -> None:
        if heard:
            self._account.hear(now)  # also after a time in which it was unsure
            self._account.they(*heard, now)


def _same(one: Playback | None, other: Playback | None) -> bool:
    return (one and (one.index, one.listen_at)) == (other and (other.index, other.listen_at))
