"""`python -m benchmarks`: measure everything in one run and write RESULTS.md.

`--only ics` measures a part and prints it. `--small` measures next to nothing, to see that the measuring works.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import accuracy, commands, google, ics, idle, pages, peers, polls, recognition, report, searches
from benchmarks.harness import tell
from benchmarks.report import Section
from benchmarks.size import SMALL, WHOLE, Size

RESULTS = Path(__file__).with_name("RESULTS.md")
GROUPS: dict[str, Callable[[Size, Path], Iterator[Section]]] = {
    "idle": idle.measure,
    "accuracy": accuracy.measure,
    "commands": commands.measure,
    "ics": ics.measure,
    "polls": polls.measure,
    "google": google.measure,
    "recognition": recognition.measure,
    "searches": searches.measure,
    "pages": pages.measure,
}


def main() -> None:
    """Measure, and write or print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition("\n")[0])
    asked.add_argument(
        "--only", nargs="+", choices=GROUPS, default=list(GROUPS), help="measure these parts and print them"
    )
    asked.add_argument("--small", action="store_true", help="measure next to nothing, and print it")
    told = asked.parse_args()
    size = SMALL if told.small else WHOLE
    sections: list[Section] = []
    for name in told.only:
        tell(f"measuring: {name} …")
        with tempfile.TemporaryDirectory(prefix="showup-bench-") as folder:
            sections += GROUPS[name](size, Path(folder))
    text = report.document(sections, peers=peers.versions() if peers.there() else (), rounds=size.rounds)
    if told.small or set(told.only) != set(GROUPS):
        print(text)
    else:
        RESULTS.write_text(text, "utf-8")
        tell(f"{RESULTS} was written.")


if __name__ == "__main__":
    main()
