"""Files that hold something private: written whole or not at all, and readable by their owner alone."""

import errno
import os
import resource
import stat
import tempfile
from contextlib import suppress
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
        make(target.parent)
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


def leave_no_core() -> None:
    """Have the kernel write out nothing of this process should it crash: its memory holds passwords and sign-ins."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def make(folder: Path) -> None:
    """Make a folder and those above it; `Path.mkdir` gives its mode to the last one only, less the umask."""
    if not folder.exists():
        make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def own(folder: Path) -> None:
    """Make a folder of ours, or close one that others can look into.

    Raises:
        OSError: it cannot be made.
    """
    make(folder)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    tighten(folder, 0o700)


def tighten(path: Path, mode: int = 0o600) -> None:
    """Take from others what rights they have on a file or folder of ours.

    What belongs to somebody else, is shared as /tmp is, or cannot be changed stays as it is.
    """
    with suppress(OSError):
        found = path.stat()
        shared = found.st_mode & stat.S_ISVTX
        if found.st_mode & 0o077 and found.st_uid == os.geteuid() and not shared:
            path.chmod(mode)
