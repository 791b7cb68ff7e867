"""The commands, each imported when it is called, and the one way in which anything that goes wrong is said."""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from showup import __version__
from showup.cli import streams
from showup.core.problem import Problem, Usage
from showup.core.text import plain
from showup.service.journal import ERROR, prefix

_WHERE = {
    "setup": "setup.command",
    "calendar": "calendar.command",
    "run": "run",
    "status": "status",
    "service": "service",
    "detect": "detect",
    "doctor": "doctor.command",
    "interviews": "interviews",
    "why": "why",
    "companies": "companies",
    "company": "company",
    "web": "web",
    "answer": "answer",
    "letter": "letter",
    "recognise": "recognise",
    "rejudge": "record.rejudge",
    "rehearse": "rehearse",
    "report": "record.report",
    "export": "record.export",
    "import": "record.importing",
    "backup": "record.backup",
    "restore": "record.backup",
    "forget": "record.forget",
    "completion": "completion",
}
"""In which module each command is."""
_ROOM = 4000


class Sentence(click.ClickException):
    """A problem as click passes it on: printed as it is, and nothing else. Exit code 1."""

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's signature
        """Print it where errors belong."""
        begins = prefix(ERROR, file or sys.stderr)
        click.echo(begins + plain(self.message, _ROOM, lines=True), file=file, err=file is None)


class Misuse(Sentence):
    """The same where the command was called wrongly."""

    exit_code = 2


class Commands(click.Group):
    """The commands, none of which is imported before it is wanted: a status bar calls one every few seconds."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All of them, in the order in which one meets them."""
        return list(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command; None for one that is not there."""
        if cmd_name not in _WHERE:
            return None
        module = import_module(f"showup.cli.{_WHERE[cmd_name]}")
        # Python has a word of its own for `import`: that command's function bears an underscore.
        command: click.Command = getattr(module, cmd_name, None) or getattr(module, f"{cmd_name}_")
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; what goes wrong becomes a sentence, never a traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - the last place at which anything can be put in words
            _say(error)


def _say(error: Exception) -> NoReturn:
    """Turn anything that went wrong into a sentence. SHOWUP_DEBUG=1 shows where it came from."""
    if os.environ.get("SHOWUP_DEBUG") == "1":
        raise error
    match error:
        case EOFError():
            raise error
        case OSError(errno=errno.EPIPE):
            raise error
        case Problem():
            raise (Misuse if isinstance(error, Usage) else Sentence)(str(error)) from error
        case OSError():
            about = f" ({error.filename})" if error.filename else ""
            raise Sentence(f"The system refused: {error.strerror or error}{about}.") from error
    if told := _damage():
        raise Sentence(str(told)) from error
    what = plain(f"{type(error).__name__}: {error}", 200)
    report = "Please report it; SHOWUP_DEBUG=1 shows more. Nothing half done was stored."
    raise Sentence(f"Something went wrong that should not: {what}. {report}") from error


def _damage() -> Problem | None:
    """What is said of a record that holds what nobody could read."""
    from showup import wiring
    from showup.config import load

    with suppress(Problem):  # then it is something else that went wrong
        settings = load()
        if settings.paths.database.exists():
            with closing(wiring.store(settings)) as store:
                return store.damage()
    return None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """Did they show up? Watches your calendar for interviews and keeps an honest record per employer."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code: 0, 1 (went wrong), 2 (called wrongly) or 130 (interrupted)."""
    streams.settle()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows another one
    if os.environ.get("_SHOWUP_COMPLETE"):
        import_module("showup.cli.completion")  # it knows how to ask for what is completed
    try:
        code = commands.main(arguments, prog_name="showup", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        return 130
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python complains of it at its end
        return 1
    return code if isinstance(code, int) else 0
