"""Files that hold something private: written whole or not at all, and readable by their owner alone."""

import errno
import os
import resource
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from showup.core.problem import Problem


def write(file: Path, text: str) -> None:
    """Put a text in place of a file's content, in one step: mode 0600 whatever the umask, folders made 0700.

    A link stays one: what it leads to is replaced, if that is a plain file and no device (/dev/null, for one).

    Raises:
        Problem: it cannot be written; then the file is as it was.
    """
    try:
        make(file.resolve().parent)
        put(file, text)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        why = error.strerror if isinstance(error, OSError) else error
        raise Problem(f"{file} cannot be written: {why}.", "Check who may write there, and the room left.") from error


def put(file: Path, content: str | bytes | Iterable[str]) -> None:
    """The same into a folder that is there; what is large may come in parts.

    Raises:
        OSError: it cannot be written; then the file is as it was.
        RuntimeError: links lead in a circle.
    """
    target = file.resolve()
    if target.exists() and not target.is_file():
        raise _no_plain_file()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # always 0600
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.writelines(_parts(content))
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _parts(content: str | bytes | Iterable[str]) -> Iterable[bytes]:
    match content:
        case bytes():
            return (content,)
        case str():
            return (content.encode(),)
    return (part.encode() for part in content)


def read(file: Path, most: int) -> bytes:
    """What a file of ours holds; one byte more than `most` where it is larger.

    Raises:
        OSError: it cannot be read, or is no plain file: a pipe would keep us waiting, and a device may never end.
    """
    with open(file, "rb", opener=_at_once) as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise _no_plain_file()
        return opened.read(most + 1)


def _no_plain_file() -> OSError:
    return OSError(errno.EINVAL, "it is no plain file")


def _at_once(path: str, flags: int) -> int:
    """Opening a pipe waits for somebody to write, otherwise."""
    return os.open(path, flags | os.O_NONBLOCK)


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

    What belongs to somebody else, is shared as /tmp is, is a device, or cannot be changed stays as it is.
    """
    with suppress(OSError):
        found = path.stat()
        shared = found.st_mode & stat.S_ISVTX
        plain = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
        if plain and found.st_mode & 0o077 and found.st_uid == os.geteuid() and not shared:
            path.chmod(mode)
