"""`showup`, and `python -m showup`."""

import sys

from showup.cli.main import run


def main() -> None:
    """Run the command line and end with its exit code."""
    sys.exit(run())


if __name__ == "__main__":
    main()
