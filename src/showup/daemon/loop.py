"""The beat: what a running daemon does, whatever sets it off. What is done at a beat is `flow.watch`."""

import os
import threading
from collections.abc import Callable

from showup import private, wiring
from showup.alone import alone
from showup.clock import SystemClock
from showup.config import Settings, load
from showup.core.problem import Problem
from showup.daemon.narration import Narrator
from showup.daemon.orders import Order, Orders
from showup.daemon.publisher import Publisher
from showup.daemon.timers import Timers
from showup.daemon.upkeep import Upkeep
from showup.flow.watch import Watch
from showup.ports import Notifier, Replaced, Store
from showup.service import notify

_TICK = 25.0
"""Seconds between two looks at the clocks: sleep and jumps are noticed within this, whatever the timers think."""
_BUSY_TICK = 5.0
"""The same while something is on the screen: an answer given elsewhere closes it soon."""
_HURRY = 3.0
"""Seconds that a beat which is under way may hold up the keeping before a sleep; logind waits five."""

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
    """One running daemon. One thread beats, so that the main one hears signals whatever hangs."""

    def __init__(self, settings: Settings, record: Store, say: Say, warn: Say, again: Callable[[], Settings]) -> None:
        self._settings, self._record, self._again = settings, record, again
        self._say, self._warn = say, warn
        self._orders = Orders()
        self._trouble: Exception | None = None
        self._one_at_a_time = threading.Lock()
        self._screen: Notifier = wiring.notifier(say, self._wake)
        foreground = not notify.managed()
        self._narrator = Narrator(say, warn, wiring.zone(), notices=wiring.has_desktop(), others=foreground)
        self._watch = self._make(settings)
        self._upkeep = Upkeep(SystemClock(), wiring.zone(), warn)
        self._publisher = Publisher()
        self._page = wiring.page(lambda: self._settings, warn)
        self._timers = Timers(settings.calendars, SystemClock())
        self._sleeping = wiring.sleep(self._before_sleep, self._wake)

    def listen(self) -> None:
        """From now on signals are orders."""
        self._orders.listen()

    def run(self) -> int:
        """Beat until told to stop."""
        beating = threading.Thread(target=self._live, name="beat")
        beating.start()
        while self._orders.hear():
            pass
        beating.join()
        self._end()
        self._orders.ended()
        if self._trouble is not None:
            raise self._trouble
        return 0

    def _live(self) -> None:
        try:
            self._beat(frozenset(self._names()))
            notify.ready()
            while self._trouble is None and Order.STOP not in (orders := self._orders.take(self._pause())):
                self._tick(orders)
        except Exception as error:  # noqa: BLE001 - raised by the main thread
            self._trouble = error
        finally:
            self._orders.over()

    def _pause(self) -> float:
        """Seconds to the next tick; systemd may want a sign of life sooner than that."""
        if self._watch.behind:
            return 0.0
        pause, period = _BUSY_TICK if self._watch.showing else _TICK, notify.watchdog_period()
        return min(pause, self._timers.pause(), period / 2 if period else pause)

    def _wake(self) -> None:
        self._orders.give(Order.LOOK)

    def _tick(self, orders: frozenset[Order]) -> None:
        if Order.PAGE in orders:
            self._open_page()
        if Order.RELOAD in orders:
            self._reload()
        self._beat(self._timers.polls())
        notify.watchdog()

    def _beat(self, polls: frozenset[str]) -> None:
        """One beat; a record that cannot be written now is said, and tried again with the next."""
        with self._one_at_a_time:
            self._guarded(lambda: self._do(polls))
        notify.status(self._narrator.status)

    def _do(self, polls: frozenset[str]) -> None:
        anew = self._watch.beat(polls)
        self._narrator.tell(self._record, self._watch, SystemClock().now())
        self._timers.plan(self._watch.next_due, anew=anew)
        self._upkeep.look(self._settings)
        self._publisher.look(self._settings, self._record, SystemClock().now(), self._watch.next_due)

    def _before_sleep(self) -> None:
        """Keep what was seen up to now; the machine waits for us, but not for long."""
        if self._one_at_a_time.acquire(timeout=_HURRY):
            try:
                self._guarded(self._watch.flush)
            finally:
                self._one_at_a_time.release()

    def _guarded(self, do: Callable[[], None]) -> None:
        """Do it in whatever thread; a problem is said, and any other error ends the daemon from its main thread."""
        try:
            do()
        except Replaced as problem:  # what is known was learned from another record: all of it begins anew
            self._trouble = problem
            self._wake()
        except Problem as problem:
            self._narrator.trouble(problem)
        except Exception as error:  # noqa: BLE001 - handed to the main thread, which raises it
            self._trouble = error
            self._wake()

    def _open_page(self) -> None:
        """Serve the page in a thread of its own; whoever asked for it waits for the address, or is told why not."""
        try:
            self._page.open()
        except Problem as problem:
            self._warn(str(problem))

    def _reload(self) -> None:
        """Read the settings again, or keep the old ones with a sentence."""
        notify.reloading()
        try:
            settings = self._again()
            with self._one_at_a_time:
                watch = self._make(settings)
                self._watch.close()
                self._settings, self._watch = settings, watch
            self._timers.close()
            self._timers = Timers(settings.calendars, SystemClock())
            self._say("The settings were read again.")
            self._beat(frozenset(self._names()))
        except Problem as problem:
            self._warn(f"The settings stay as they were. {problem}")
        notify.ready()

    def _make(self, settings: Settings) -> Watch:
        return wiring.watch(settings, self._record, self._screen, self._narrator.decided, self._warn)

    def _names(self) -> list[str]:
        return [calendar.name for calendar in self._settings.calendars]

    def _end(self) -> None:
        notify.stopping()
        self._sleeping.close()
        self._page.close()
        self._timers.close()
        with self._one_at_a_time:
            self._watch.close()
            self._screen.close()
            self._publisher.close(self._settings)
        self._upkeep.close()
