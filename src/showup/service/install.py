"""Putting the unit in its place, having it started, and taking it away again without a trace."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from showup import private
from showup.core.problem import Problem
from showup.service.manager import Known, Manager, NoManager
from showup.service.unit import NAME, OPEN, PLACES, Places, drop_in, ours, unit, without_namespaces

Say = Callable[[str], None]

_SHUT_OUT = frozenset({217, 218, 225, 226})
"""Exit codes of systemd.exec(5) for a sandbox that could not be built: USER, CAPABILITIES, NETWORK, NAMESPACE."""
_MODE = 0o644
_LARGEST = 200_000
"""Bytes of a unit; ours is much smaller."""


@dataclass(frozen=True, slots=True)
class Installer:
    """The unit of one person: `folder` is where its file lies, or will."""

    manager: Manager
    folder: Path
    say: Say

    @property
    def file(self) -> Path:
        """The unit's file."""
        return self.folder / NAME

    @property
    def beside(self) -> Path:
        """The folder of its drop-ins."""
        return self.folder / f"{NAME}.d"

    def install(self, words: Sequence[str], places: Places, *, replace: bool = False) -> None:
        """Write the unit, start it, and wait until it is ready. Nothing is done that is done already.

        A unit that the person edited is kept, unless it is to be replaced; then it is kept under another name.

        Raises:
            Problem: it cannot be written, or does not start.
        """
        changed = self._put_unit(unit(words), replace=replace)
        changed |= self._put(self.beside / PLACES, drop_in(places))
        known = self.manager.known()
        if changed or known.stale:
            self.manager.call("daemon-reload")
            known = self.manager.known()
        if known.enabled == "masked":
            raise Problem("You have masked the service.", f"`systemctl --user unmask {NAME}` allows it again.")
        if known.enabled != "enabled":
            self.manager.call("enable", "--quiet", NAME)
        if known.running and not changed:
            self.say(f"The service is installed already, and running: {known.status or 'ready'}.")
            return
        self.say(f"Written: {self.file}")
        self._start("restart" if known.running else "start")

    def uninstall(self, in_use: Callable[[], bool]) -> bool:
        """Stop the service and take away all that belongs to it; whether there was anything.

        `in_use` tells whether somebody else needs the folder of the running state.

        Raises:
            Problem: a file cannot be removed.
        """
        there = self.file.is_symlink() or self.file.exists() or any(file.exists() for file in self._own())
        with suppress(NoManager):
            self.manager.folders()
            self._stop(in_use, there=there)
        if not there:
            return False
        self._remove()
        with suppress(NoManager):
            self.manager.folders()
            self.manager.call("daemon-reload")
        return True

    def _start(self, how: str) -> None:
        """Start it; where the sandbox cannot be built, without what cannot be had of it."""
        self.manager.call("reset-failed", NAME)
        ready = self.manager.start(how)
        known = self.manager.known()
        if not ready and known.code in _SHUT_OUT and self._put(self.beside / OPEN, without_namespaces()):
            self.say(
                "This system allows no user namespaces, which a part of the sandbox needs; the service runs without"
                f" that part ({self.beside / OPEN})."
            )
            self.manager.call("daemon-reload")
            self.manager.call("reset-failed", NAME)
            ready = self.manager.start("restart")
            known = self.manager.known()
        if not ready or not known.running:
            self.manager.call("stop", NAME)
            raise _refused(known, self.manager)
        self.say(f"The service is running, and starts with your session from now on: {known.status or 'ready'}.")

    def _stop(self, in_use: Callable[[], bool], *, there: bool) -> None:
        if there or self.manager.known().running:
            self.manager.call("disable", "--now", "--quiet", NAME, limit=60)
            with suppress(Problem):  # nothing is failed, or the unit is not loaded any more
                self.manager.call("reset-failed", NAME)
            if not in_use():
                with suppress(Problem):  # a unit of the person's own may have no such folder
                    self.manager.call("clean", "--what=runtime", NAME)

    def _put_unit(self, text: str, *, replace: bool) -> bool:
        """Put the unit into its place; whether that changed anything."""
        if self._edited():
            if not replace:
                self.say(f"You have changed {self.file}: it is kept as it is. `--replace` puts showup's own there.")
                return False
            kept = self.file.rename(self.file.with_name(f"{NAME}.yours"))
            self.say(f"Your own unit is kept as {kept}.")
        return self._put(self.file, text)

    def _edited(self) -> bool:
        """Whether the file is another than what we wrote."""
        if self.file.is_symlink():
            return True
        text = _read(self.file)
        return text is not None and not ours(text)

    def _put(self, file: Path, text: str) -> bool:
        """Write a file, or remove it where there is nothing to say; whether that changed anything."""
        if _read(file) == (text or None):
            return False
        try:
            if text:
                file.parent.mkdir(parents=True, exist_ok=True)
                fresh = file.with_name(f".{file.name}.new")
                fresh.write_text(text, "utf-8")
                fresh.chmod(_MODE)
                fresh.replace(file)
            else:
                file.unlink()
        except OSError as error:
            raise Problem(f"{file} cannot be written: {error.strerror}.", "Check who may write there.") from error
        return True

    def _own(self) -> tuple[Path, ...]:
        return (self.beside / PLACES, self.beside / OPEN)

    def _remove(self) -> None:
        """Remove our files, and the folders that are empty then."""
        try:
            if self._edited():
                kept = self.file.rename(self.file.with_name(f"{NAME}.yours"))
                self.say(f"You had changed the unit; it is kept as {kept}, and does nothing there.")
            for file in (self.file, *self._own()):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise Problem(f"{error.filename} cannot be removed: {error.strerror}.", "Remove it yourself.") from error
        if self.beside.is_dir() and any(self.beside.iterdir()):
            self.say(f"Your own drop-ins are kept: {self.beside}")
        for folder in (self.beside, self.folder, self.folder.parent):
            with suppress(OSError):  # something of somebody else is in it
                folder.rmdir()


def _refused(known: Known, manager: Manager) -> Problem:
    """Why it did not start, as far as anybody said."""
    said = next((line.text for line in reversed(manager.journal()) if line.level in {"warning", "error"}), "")
    why = said or known.status or f"it ended with {known.result}, code {known.code}"
    return Problem(f"The service was installed, but does not start: {why}", "`showup run` shows what it says.")


def _read(file: Path) -> str | None:
    try:
        return private.read(file, _LARGEST).decode("utf-8", "replace")
    except OSError:
        return None
