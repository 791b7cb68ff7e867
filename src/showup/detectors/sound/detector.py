"""The port Detector on the sound server: a thread of its own while there is something to watch, nothing otherwise."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread
from typing import TYPE_CHECKING

from showup.core.appointment import Appointment
from showup.detectors.sound.account import Account
from showup.ports import Clock, Findings

if TYPE_CHECKING:
    import asyncio

_LOG = logging.getLogger(__name__)
_LIMIT = 5.0
"""Seconds that stopping may take."""


class SoundDetector:
    """See the port Detector. `say` is handed calm sentences for the person, each once, in the thread that drains."""

    def __init__(self, clock: Clock, say: Callable[[str], None]) -> None:
        self._clock, self._say = clock, say
        self._account = Account()
        self._watcher: _Watcher | None = None
        self._unsaid = deque[str]()
        self._said = set[str]()

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Watch from now on; with none, do nothing at all. Sound cannot tell appointments apart."""
        if not appointments:
            self._stop()
            self._said.clear()
        elif not self._watcher:
            self._start()

    def restart(self) -> None:
        """Begin anew."""
        if self._watcher:
            self._stop()
            self._start()

    def drain(self) -> Findings:
        """What was noticed and watched since the last call, up to now."""
        while self._unsaid:
            sentence = self._unsaid.popleft()
            if sentence not in self._said:
                self._said.add(sentence)
                self._say(sentence)
        return self._account.drain(self._clock.now())

    def close(self) -> None:
        """Stop for good."""
        self._stop()

    def _start(self) -> None:
        self._watcher = _Watcher(self._account, self._clock, self._unsaid.append)

    def _stop(self) -> None:
        if self._watcher:
            self._watcher.stop()
            self._watcher = None
        self._account.anew()


class _Watcher:
    """The thread, with an event loop of its own."""

    def __init__(self, account: Account, clock: Clock, say: Callable[[str], None]) -> None:
        self._account, self._clock, self._say = account, clock, say
        self._task: asyncio.Task[None] | None = None
        self._stopping, self._lock = False, Lock()
        self._thread = Thread(target=self._run, name="showup-sound", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it, and wait for the end."""
        with self._lock:
            self._stopping = True
            if self._task:
                self._task.get_loop().call_soon_threadsafe(self._task.cancel)
        self._thread.join(_LIMIT)

    def _run(self) -> None:
        import asyncio  # noqa: PLC0415 - 15 MB and a C library, which nobody should pay for who watches nothing

        try:
            asyncio.run(self._listen())
        except asyncio.CancelledError:
            pass
        except Exception:  # noqa: BLE001 - nobody is above this thread; the person must know that nothing watches now
            _LOG.exception("The sound detector has ended.")
            self._say("Sound cannot be watched any more, because of a fault in showup. Your answers still count.")
        finally:
            with self._lock:
                self._task = None

    async def _listen(self) -> None:
        import asyncio  # noqa: PLC0415 - see above

        with self._lock:
            if self._stopping:
                return
            self._task = asyncio.current_task()
        try:
            from showup.detectors.sound.listening import Listening  # noqa: PLC0415 - see above
        except OSError:  # pulsectl loads libpulse.so.0 by its name
            self._say(
                "Sound cannot be watched: libpulse is missing. Install libpulse0 (Debian) or pulseaudio-libs (Fedora)."
            )
            return
        await Listening(self._account, self._clock, self._say).run()
