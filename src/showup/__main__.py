"""`showup`, and `python -m showup`."""

import os
import sys

from showup.cli import quick, streams


def main() -> None:
    """Run the command line and end with its exit code."""
    streams.settle()
    told = quick.answer(sys.argv[1:], os.environ)
    if told is None:
        from showup.cli.main import run  # noqa: PLC0415 - a status bar does not wait for it

        sys.exit(run())
    try:
        sys.stdout.buffer.write(f"{told}\n".encode(sys.stdout.encoding, "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python complains of it at its end
        sys.exit(1)


if __name__ == "__main__":
    main()
