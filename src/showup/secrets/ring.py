"""Secrets in the desktop's keyring. The library is slow to import and slow to ask, so both are done where needed."""

import queue
import threading
from typing import TYPE_CHECKING, TypeVar

from showup.core.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

T = TypeVar("T")

LIMIT = 5.0
"""Seconds that the keyring may take. It may be showing a prompt, for which nobody is there."""
_SERVICE = "showup"
_ONE_AT_A_TIME = threading.Lock()
"""While a prompt is open no second one is asked for."""
_UNLOCK = "Unlock it (on most desktops by signing in with your password), then try again."


class Absent(Problem):
    """There is no keyring here."""


class Locked(Problem):
    """There is a keyring, and it is closed."""


class KeyringSecrets:
    """The port SecretStore, on the Secret Service or KWallet."""

    def __init__(self, seconds: float = LIMIT) -> None:
        self._seconds = seconds

    @property
    def place(self) -> str:
        """Where that is, in words for the person."""
        return "the desktop's keyring"

    def get(self, key: str) -> str | None:
        """The secret kept under this key, or None.

        Raises:
            Absent: there is no keyring.
            Problem: it is locked, or does not answer in time.
        """
        return self._ask(lambda ring: ring.get_password(_SERVICE, key))

    def put(self, key: str, secret: str) -> None:
        """Keep it, in place of what was there.

        Raises:
            Absent: there is no keyring, or one that forgets.
            Problem: it is locked, or does not answer in time.
        """

        def work(ring: "KeyringBackend") -> str | None:
            ring.set_password(_SERVICE, key, secret)
            return ring.get_password(_SERVICE, key)

        if self._ask(work) != secret:
            raise Absent("The keyring does not keep what it is given.", "Check it in the desktop's settings.")

    def remove(self, key: str) -> None:
        """Forget it; a key that is not known is fine.

        Raises:
            Absent: there is no keyring.
            Problem: it is locked, or does not answer in time.
        """

        def work(ring: "KeyringBackend") -> None:
            if ring.get_password(_SERVICE, key) is not None:
                ring.delete_password(_SERVICE, key)

        self._ask(work)

    def _ask(self, work: "Callable[[KeyringBackend], T]") -> T:
        """Do it in a thread, which may go on after its time: nothing can interrupt a prompt."""
        outcome: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()

        def run() -> None:
            try:
                outcome.put((work(_keyring()),))
            except Exception as problem:  # noqa: BLE001 - handed to the one who waits
                outcome.put(problem)
            finally:
                _ONE_AT_A_TIME.release()

        if not _ONE_AT_A_TIME.acquire(timeout=self._seconds):
            raise _silent()
        threading.Thread(target=run, name="showup-keyring", daemon=True).start()
        try:
            came = outcome.get(timeout=self._seconds)
        except queue.Empty:
            raise _silent() from None
        if isinstance(came, Exception):
            raise _trouble(came) from None
        return came[0]


def _keyring() -> "KeyringBackend":
    """The best keyring there is at this moment.

    It is chosen as the library does, but anew each time, and without its chain of all keyrings: both remember for good
    which keyrings there were at the beginning, and one may start after us.
    """
    from keyring import backend, core  # noqa: PLC0415 - 60 ms that most commands need not pay
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415 - as above

    if told := core.load_env() or core.load_config():
        return told
    backend.get_all_keyring()  # which imports them
    kinds = (kind for kind in backend.KeyringBackend.get_viable_backends() if kind is not ChainerBackend)
    found = [kind for kind in kinds if core.recommended(kind)]
    if not found:
        raise Absent("There is no keyring on this desktop.")
    return max(found, key=backend.by_priority)()


def _silent() -> Problem:
    return Problem("The keyring does not answer; it may be waiting for its password.", _UNLOCK)


def _trouble(problem: Exception) -> Problem:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError  # noqa: PLC0415 - as above

    if isinstance(problem, Problem):
        return problem
    if isinstance(problem, NoKeyringError):
        return Absent("There is no keyring on this desktop.")
    if isinstance(problem, KeyringLocked):
        return Locked("The keyring is locked.", _UNLOCK)
    if isinstance(problem, InitError) and type(problem.__cause__).__name__ == "PromptDismissedException":
        # It wanted a password for a keyring that was never made, so nothing of ours can lie in it.
        return Absent(
            "The desktop's keyring was never set up.", "Sign in with a password, or make one in its settings."
        )
    # Not its text: nobody knows what a backend puts in there.
    return Problem(f"The keyring cannot be used just now ({type(problem).__name__}).", _UNLOCK)
