"""The keyring: whether it is there, open, and needed at all."""

from typing import TYPE_CHECKING

from showup.cli.doctor.finding import Finding, absent, broken, ok
from showup.config import Settings
from showup.core.problem import Problem

if TYPE_CHECKING:
    from showup.secrets import FileSecrets


def keyring(settings: Settings) -> Finding:
    """Ask it for something. One that is closed, and holds nothing that is needed, does no harm."""
    from showup.secrets.ring import Absent, KeyringSecrets, Locked

    try:
        KeyringSecrets().get("doctor")
    except Absent as none:
        return absent(none.sentence, f"Passwords and sign-ins are kept in {_file(settings).place}.")
    except Problem as problem:
        if _needed(settings):
            return broken(problem.sentence, problem.remedy)
        if isinstance(problem, Locked):
            return ok("It is there, and locked; nothing that showup needs lies in it.")
        return absent(problem.sentence, "Nothing that showup needs lies in it.")
    return ok("It can be asked.")


def _needed(settings: Settings) -> bool:
    """Whether a calendar needs a secret that does not lie in the file."""
    from showup import wiring

    file = _file(settings)
    return any(file.get(key) is None for one in settings.calendars if (key := wiring.secret_of(one)))


def _file(settings: Settings) -> "FileSecrets":
    from showup.secrets import FileSecrets

    return FileSecrets(settings.paths.config.parent / "secrets")
