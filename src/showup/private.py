"""Files that hold something private: written whole or not at all, and readable by their owner alone."""

import os
import tempfile
from pathlib import Path

from showup.core.problem import Problem


def write(file: Path, text: str) -> None:
    """Put a text in place of a file's content, in one step: mode 0600 whatever the umask, folders made 0700.

    A link stays one: what it leads to is replaced.

    Raises:
        Problem: it cannot be written; then the file is as it was.
    """
    try:
        target = file.resolve()
        _make(target.parent)
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # always 0600
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(text.encode())
                opened.flush()
                os.fsync(opened.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        why = error.strerror if isinstance(error, OSError) else error
        raise Problem(f"{file} cannot be written: {why}.", "Check who may write there, and the room left.") from error


def _make(folder: Path) -> None:
    """Make a folder and those above it; `Path.mkdir` gives its mode to the last one only, less the umask."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
