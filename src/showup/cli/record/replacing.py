"""Put another record in place, while no showup runs and none may start."""

from collections.abc import Callable
from pathlib import Path

from showup.alone import alone
from showup.cli.parts import now, zone
from showup.config import Settings


def replace(settings: Settings, build: Callable[[Path], object]) -> Path | None:
    """Let `build` write the new record; where the old one is kept, None where there was none.

    Raises:
        Problem: a showup runs, or the new record is none. Nothing was changed then.
    """
    from showup import wiring
    from showup.store.restoring import restore

    folder = wiring.copies(settings).shelf.folder
    with alone(settings.paths.lock, "End it first: `systemctl --user stop showup`, or Ctrl-C where it runs."):
        replaced = folder / f"showup-{stamp()}-replaced.sqlite"
        return replaced if restore(settings.paths.database, build, replaced) else None


def stamp() -> str:
    """The moment, as it stands in the name of a copy: local, as the days are."""
    return f"{now().astimezone(zone()):%Y-%m-%d-%H%M%S}"
