"""Secrets in a file that nobody else may read, for machines without a keyring."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from showup import private
from showup.core.problem import Problem

_LARGEST = 1_000_000


class FileSecrets:
    """The port SecretStore, on a JSON file (0600) in a folder of its own (0700)."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "secrets.json"

    @property
    def place(self) -> str:
        """Where that is, in words for the person."""
        return f"the file {self._file}, which only you can read"

    def get(self, key: str) -> str | None:
        """The secret kept under this key, or None.

        Raises:
            Problem: the file cannot be read.
        """
        return self._load().get(key)

    def put(self, key: str, secret: str) -> None:
        """Keep it, in place of what was there.

        Raises:
            Problem: the file cannot be read or written; then it is as it was.
        """
        with self._locked():
            self._save(self._load() | {key: secret})

    def remove(self, key: str) -> None:
        """Forget it; a key that is not known is fine.

        Raises:
            Problem: the file cannot be read or written.
        """
        if self._file.exists():
            with self._locked():
                kept = self._load()
                if kept.pop(key, None) is not None:
                    self._save(kept)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Two commands at once must not forget each other's secrets."""
        folder = self._file.parent
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.chmod(0o700)
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise Problem(f"The folder {folder} cannot be used: {error.strerror}.", "Check whose it is.") from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
        finally:
            os.close(held)

    def _load(self) -> dict[str, str]:
        try:
            found = json.loads(private.read(self._file, _LARGEST))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise Problem(f"{self._file} cannot be read: {error.strerror}.", "Check whose it is.") from error
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and all(isinstance(one, str) for one in found.values()):
            return found
        # Not the error itself: it may quote what is in there.
        raise Problem(f"{self._file} is damaged.", "Move it away, then add its calendars again.")

    def _save(self, kept: dict[str, str]) -> None:
        private.write(self._file, json.dumps(kept, indent=2, sort_keys=True) + "\n")
