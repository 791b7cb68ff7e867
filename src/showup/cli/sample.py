"""The sample: a calendar around this moment and a record of its own, in a folder of its own."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from showup.cli.parts import now, running
from showup.config import CalendarSettings, Detectors, Settings
from showup.config.paths import paths_in
from showup.core.problem import Problem
from showup.rehearsal.sample import OWNER, calendar

MOVE_AFTER = 20.0
"""Seconds after which the sample's third interview is moved, so that it is seen."""


def begin(home: Path, say: Callable[[str], None], *, move: bool) -> Settings:
    """Lay out the sample anew; with `move` one of its interviews is moved a little later.

    Raises:
        Problem: the folder cannot be written, is in use, or holds a record that is no sample's.
    """
    paths = paths_in(home)
    file = home / "sample.ics"
    if running(paths):
        raise Problem(f"A sample is running in {home} already.", "End it first, or name another folder by --home.")
    if paths.database.exists() and not file.exists():
        raise Problem(f"{home} holds a record that is no sample's.", "Name another folder by --home.")
    begun = now()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in ("", "-wal", "-shm"):
            paths.database.with_name(paths.database.name + name).unlink(missing_ok=True)
        _write(file, begun, moved=False)
    except OSError as error:
        raise Problem(
            f"The sample cannot be written to {home}: {error.strerror}.", "Name another folder by --home."
        ) from error
    say(f"The sample lies in {home}. To look at it and to answer, in another terminal:")
    say(f"  export SHOWUP_HOME='{home}'; showup status")
    if move:
        _move_later(file, begun)
    return Settings(
        paths=paths,
        owner=(OWNER,),
        detectors=Detectors(sound=False),
        calendars=(CalendarSettings("sample", "ics", path=file, poll_minutes=1),),
    )


def _move_later(file: Path, begun: datetime) -> None:
    def move() -> None:
        with suppress(OSError):  # the folder is gone, and so is the sample
            _write(file, begun, moved=True)

    timer = threading.Timer(MOVE_AFTER, move)
    timer.daemon = True
    timer.start()


def _write(file: Path, begun: datetime, *, moved: bool) -> None:
    """Whole or not at all: it may be read at this moment."""
    draft = file.with_suffix(".new")
    draft.write_text(calendar(begun, moved=moved), "utf-8", newline="")
    draft.replace(file)
