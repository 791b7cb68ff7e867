"""`showup status` without anything that takes time, where a running daemon keeps the answer at hand."""

from collections.abc import Mapping, Sequence

from showup import ready
from showup.cli.forms import FORMS
from showup.clock import SystemClock


def answer(arguments: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """What this command line prints; None where it is another one, or the record has to be asked."""
    form = _form(arguments)
    if form is None:
        return None
    now = SystemClock().now()
    agenda = ready.find(environ, now)
    return FORMS[form](agenda, now, running=True) if agenda else None


def _form(arguments: Sequence[str]) -> str | None:
    """The form that is asked for; everything but the plain ways of asking is left to the real command."""
    match list(arguments):
        case ["status"]:
            return "text"
        case ["status", "--json"]:
            return "json"
        case ["status", "--format", form] if form in FORMS:
            return form
        case ["status", joined] if joined.startswith("--format=") and joined[9:] in FORMS:
            return joined[9:]
    return None
