"""`showup`, and `python -m showup`."""

import os
import signal
import sys

TYPE_CHECKING = False  # as in typing, which is not imported for it
if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_INTERRUPTED = 130
"""What a shell reports of a program that Ctrl-C has ended."""


def main() -> None:
    """Run the command line and end with its exit code."""
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # by a shell, for its work in the background
    if not ignored:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # first of all: Python would show where it was
    if sys.argv[1:2] == ["run"]:
        # Until the daemon hears it: what it would read anew is not read yet.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    from showup.cli import quick, streams  # noqa: PLC0415 - this may be interrupted

    streams.settle()
    told = quick.answer(sys.argv[1:], os.environ)
    if told is None:
        sys.exit(_run(interruptible=not ignored))
    try:
        sys.stdout.buffer.write(f"{told}\n".encode(sys.stdout.encoding, "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python complains of it at its end
        sys.exit(1)


def _run(*, interruptible: bool) -> int:
    """Any other command. Ctrl-C lets it clear up while it runs; before and afterwards it ends the process."""
    from showup.cli.main import run  # noqa: PLC0415 - a status bar does not wait for it

    if not interruptible:
        return run()
    sys.unraisablehook = _unraisable
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        return run()
    except KeyboardInterrupt:
        return _INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _unraisable(told: "UnraisableHookArgs") -> None:
    """Where Ctrl-C comes at a point that raises nothing, Python would show it and go on."""
    if told.exc_type is KeyboardInterrupt:
        os._exit(_INTERRUPTED)
    sys.__unraisablehook__(told)


if __name__ == "__main__":
    main()
