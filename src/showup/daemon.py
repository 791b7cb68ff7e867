"""The beat: APScheduler's timers, signals, and the words to systemd. What is done at a beat is `flow.watch`."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from queue import Empty, SimpleQueue
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from showup import private, wiring
from showup.alone import alone
from showup.clock import SystemClock
from showup.config import Settings, load
from showup.core.problem import Problem
from showup.flow.watch import Watch
from showup.narration import Narrator
from showup.ports import Notifier, Store
from showup.publisher import Publisher
from showup.service import notify
from showup.upkeep import Upkeep

_TICK = 25.0
"""Seconds between two looks at the clocks: sleep and jumps are noticed within this, whatever the timers think."""
_BUSY_TICK = 5.0
"""The same while something is on the screen: an answer given elsewhere closes it soon."""
_HURRY = 3.0
"""Seconds that a beat which is under way may hold up the keeping before a sleep; logind waits five."""
_LAST = 4.0
"""Seconds after the order to end by which it has ended, though a calendar hangs: a logout waits for it.

What was seen since the last beat is lost then, as in a crash: nobody was watching."""
_JITTER = 10

Say = Callable[[str], None]


def run(settings: Settings, *, say: Say, warn: Say, again: Callable[[], Settings] = load) -> int:
    """Watch until told to stop; the exit code. SIGTERM and SIGINT end it, SIGHUP reads the settings `again`.

    `say` is told what is of interest, `warn` what is not as it should be.

    Raises:
        Problem: another daemon runs, or the record cannot be used.
    """
    private.leave_no_core()
    with alone(settings.paths.lock, "`showup status` shows what it does.") as held:
        record = wiring.store_for_long(settings)
        try:
            daemon = Daemon(settings, record, say, warn, again)
            daemon.listen()
            held.write(f"{os.getpid()}\n")  # whom to tell that the settings changed: only now may it be told
            held.flush()
            return daemon.run()
        finally:
            record.close()


class Daemon:
    """One running daemon. Beats come from several timers and threads, and are done one at a time."""

    def __init__(self, settings: Settings, record: Store, say: Say, warn: Say, again: Callable[[], Settings]) -> None:
        self._settings, self._record, self._again = settings, record, again
        self._say, self._warn = say, warn
        # Unlike an Event, it may be put into from a signal handler at any moment.
        self._woken: SimpleQueue[None] = SimpleQueue()
        self._stopping = False
        self._at_the_latest = threading.Timer(_LAST, os._exit, [0])
        self._at_the_latest.daemon = True
        self._reloading = False
        self._asked_for_page = False
        self._trouble: Exception | None = None
        self._one_at_a_time = threading.Lock()
        self._screen: Notifier = wiring.notifier(say, self._wake)
        foreground = not notify.managed()
        self._narrator = Narrator(say, warn, wiring.zone(), notices=wiring.has_desktop(), others=foreground)
        self._watch = self._make(settings)
        self._upkeep = Upkeep(SystemClock(), wiring.zone(), warn)
        self._publisher = Publisher()
        self._page = wiring.page(lambda: self._settings, warn)
        self._due: datetime | None = None
        self._timers = self._schedule()
        self._sleeping = wiring.sleep(self._before_sleep, self._wake)

    def listen(self) -> None:
        """From now on signals are orders."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1):
            signal.signal(number, self._signalled)

    def run(self) -> int:
        """Beat until told to stop."""
        self._timers.start()
        try:
            self._beat(frozenset(self._names()))
            notify.ready()
            while not self._stopping and self._trouble is None:
                self._sleep(self._pause())
                if not self._stopping:
                    self._tick()
        finally:
            self._end()
            self._at_the_latest.cancel()
        if self._trouble is not None:
            raise self._trouble
        return 0

    def _pause(self) -> float:
        """Seconds to the next tick; systemd may want a sign of life sooner than that."""
        pause, period = _BUSY_TICK if self._watch.showing else _TICK, notify.watchdog_period()
        return min(pause, period / 2) if period else pause

    def _wake(self) -> None:
        self._woken.put(None)

    def _sleep(self, seconds: float) -> None:
        """Until woken, or for so long by the monotonic clock."""
        with suppress(Empty):
            self._woken.get(timeout=seconds)
        with suppress(Empty):
            while True:
                self._woken.get_nowait()

    def _open_page(self) -> None:
        """Serve the page in a thread of its own; whoever asked for it waits for the address, or is told why not."""
        self._asked_for_page = False
        try:
            self._page.open()
        except Problem as problem:
            self._warn(str(problem))

    def _tick(self) -> None:
        if self._asked_for_page:
            self._open_page()
        if self._reloading:
            self._reload()
        self._beat(frozenset())
        notify.watchdog()

    def _beat(self, polls: frozenset[str]) -> None:
        """One beat; a record that cannot be written now is said, and tried again with the next."""
        with self._one_at_a_time:
            try:
                anew = self._watch.beat(polls)
                self._narrator.tell(self._record, self._watch)
                self._plan(anew=anew)
                self._publisher.look(self._settings, self._record, SystemClock().now(), self._watch.next_due)
                self._upkeep.look(self._settings)
            except Problem as problem:
                self._narrator.trouble(problem)
            except Exception as error:  # noqa: BLE001 - handed to the main thread, which ends the daemon with it
                self._trouble = error
                self._wake()
        notify.status(self._narrator.status)

    def _before_sleep(self) -> None:
        """Keep what was seen up to now; the machine waits for us, but not for long."""
        if self._one_at_a_time.acquire(timeout=_HURRY):
            try:
                self._watch.flush()
            except Problem as problem:
                self._narrator.trouble(problem)
            except Exception as error:  # noqa: BLE001 - as in a beat
                self._trouble = error
                self._wake()
            finally:
                self._one_at_a_time.release()

    def _make(self, settings: Settings) -> Watch:
        return wiring.watch(settings, self._record, self._screen, self._narrator.decided, self._warn)

    def _schedule(self) -> BackgroundScheduler:
        """A timer for each calendar, spread a little, and one for the next checkpoint: all in memory."""
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        timers = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(1)}, job_defaults=defaults, timezone=UTC, daemon=True
        )
        for calendar in self._settings.calendars:
            seconds = calendar.poll_minutes * 60 - _JITTER
            poll = partial(self._beat, frozenset({calendar.name}))
            timers.add_job(poll, "interval", seconds=seconds, jitter=_JITTER, id=f"poll {calendar.name}")
        return timers

    def _plan(self, *, anew: bool) -> None:
        """A timer for the next thing that is due.

        It is set `anew` where a beat found anything: a sleep and a jump of the wall clock, too, which no timer notices.
        """
        due = self._watch.next_due
        if due == self._due and not anew:
            return  # so that nothing wakes the timers' thread when nothing has happened
        self._due = due
        if due is None:
            self._timers.wakeup()
            if self._timers.get_job("due"):
                self._timers.remove_job("due")
            return
        nothing: frozenset[str] = frozenset()
        self._timers.add_job(self._beat, "date", run_date=due, args=[nothing], id="due", replace_existing=True)

    def _names(self) -> list[str]:
        return [calendar.name for calendar in self._settings.calendars]

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._reloading = True
        elif number == signal.SIGUSR1:
            self._asked_for_page = True
        elif not self._stopping:
            self._stopping = True
            self._at_the_latest.start()
        self._wake()

    def _reload(self) -> None:
        """Read the settings again, or keep the old ones with a sentence."""
        self._reloading = False
        notify.reloading()
        try:
            settings = self._again()
            with self._one_at_a_time:
                watch = self._make(settings)
                self._watch.close()
                self._settings, self._watch = settings, watch
            self._timers.shutdown(wait=True)
            self._timers = self._schedule()
            self._timers.start()
            self._say("The settings were read again.")
            self._beat(frozenset(self._names()))
        except Problem as problem:
            self._warn(f"The settings stay as they were. {problem}")
        notify.ready()

    def _end(self) -> None:
        notify.stopping()
        self._sleeping.close()
        self._page.close()
        self._timers.shutdown(wait=True)
        with self._one_at_a_time:
            self._watch.close()
            self._screen.close()
            self._publisher.close(self._settings)
        self._upkeep.close()
