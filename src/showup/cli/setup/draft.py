"""Settings under way: they become the person's own all at once, or not at all."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from showup import private
from showup.config import Paths, Settings
from showup.config.file import parse, text_of
from showup.core.problem import Problem


@contextmanager
def draft(before: Settings) -> Iterator[Paths]:
    """A copy of the settings to be changed; it takes their place at the end, unless anything is raised until then.

    Passwords and sign-ins of calendars that come to nothing are forgotten.

    Raises:
        Problem: another draft is under way, the settings were changed by somebody else meanwhile, or cannot be written.
    """
    real = before.paths
    file = real.config.with_name(f"{real.config.name}.draft")
    paths = replace(real, config=file, runtime=file)  # no showup runs on a draft: none is to be told of it
    text, made = text_of(real.config), not real.config.parent.exists()
    with _alone(real.config.parent):
        try:
            private.write(file, text)
            yield paths
            _settle(real, text, text_of(file))
        except BaseException:
            _forget(before, paths)
            raise
        finally:
            file.unlink(missing_ok=True)
            with suppress(OSError):  # a folder that was made and stayed empty; any other one is kept by the system
                if made:
                    real.config.parent.rmdir()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder, made where it is not there: a draft that somebody else is at must not get our answers."""
    try:
        private.make(folder)
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise Problem(f"The folder {folder} cannot be used: {error.strerror}.", "Check whose it is.") from error
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem("Another `showup setup` is under way.", "Finish that one, or leave it with Ctrl-C.") from None
        yield
    finally:
        os.close(held)


def _settle(real: Paths, before: str, after: str) -> None:
    if text_of(real.config) != before:
        raise Problem(f"The settings in {real.config} were changed meanwhile.", "Begin again: they are as they were.")
    if after != before:
        private.write(real.config, after)


def _forget(before: Settings, paths: Paths) -> None:
    """Forget the secrets of calendars that were added and came to nothing. What fails here must not hide the reason."""
    from showup import wiring

    with suppress(Problem):
        after = parse(text_of(paths.config), paths)
        needed = {wiring.secret_of(one) for one in before.calendars} | {""}
        for key in {wiring.secret_of(one) for one in after.calendars} - needed:
            wiring.secrets(before).remove(key)
