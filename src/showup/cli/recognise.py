"""`showup recognise`: what showup makes of the events of a file. Nothing but the file is read."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from showup.cli import events
from showup.cli.events import Found
from showup.cli.parts import when
from showup.cli.screen import as_json, heading, paragraph
from showup.core.problem import Problem
from showup.core.text import plain
from showup.core.views import View, moment

if TYPE_CHECKING:
    from showup.core.recognition.result import Recognition


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--owner", multiple=True, metavar="EMAIL", help="An address of your own; may be given several times.")
@as_json
@click.pass_context
def recognise(ctx: click.Context, files: tuple[Path, ...], owner: tuple[str, ...], wants_json: bool) -> None:
    """Say which events of a file are interviews, and why.

    FILE is a calendar (.ics), or a .jsonl with an event resource of the Google Calendar API in each line.

    \b
    Example:
      showup recognise ~/Downloads/invite.ics --owner sam@example.org
    """  # noqa: D301 - click wants the control character, which keeps the lines apart
    usable = True
    for file in files:
        try:
            for view in _recognised(file, owner):
                (_print_json if wants_json else _print)(view)
        except Problem as problem:
            usable = False
            _complain(file, str(problem))
    if not usable:
        ctx.exit(1)


def _recognised(file: Path, owner: tuple[str, ...]) -> Iterator[View]:
    from showup.core.recognition.result import Memory

    recognisers = _Recognisers()
    nothing = Memory()
    for found in events.read(file, tuple(address.strip().lower() for address in owner)):
        if isinstance(found, Problem):
            _complain(file, found.sentence)
            continue
        for warning in found.event.warnings:
            _complain(file, f"{plain(found.event.summary, 60) or found.event.key.uid}: {warning}")
        yield _view(found, recognisers.by(found.owner)(found.event, nothing))


class _Recognisers:
    """One for each set of addresses; those of a file rarely differ."""

    def __init__(self) -> None:
        from showup.config import settings_from

        self._usual = settings_from({})
        self._made: dict[tuple[str, ...], Any] = {}

    def by(self, owner: tuple[str, ...]) -> Any:  # noqa: ANN401 - a function of the wiring
        from showup import wiring

        if owner not in self._made:
            self._made[owner] = wiring.recogniser(replace(self._usual, owner=owner))
        return self._made[owner]


def _view(found: Found, answer: "Recognition") -> View:
    event, employer = found.event, answer.employer
    return {
        "id": found.id,
        "uid": event.ical_uid or event.key.uid,
        "recurrence_id": event.key.recurrence_id or None,
        "start": moment(event.start),
        "decision": answer.decision.value,
        "employer": {"name": employer.name or None, "domain": employer.domain or None, "via": employer.via or None},
        "medium": answer.medium.value if answer.medium else None,
        "stage": answer.stage.value if answer.stage else None,
        "confidence": answer.confidence,
        "reasons": list(answer.reasons),
        "title": event.summary,
    }


def _print_json(view: View) -> None:
    click.echo(json.dumps({key: value for key, value in view.items() if key != "title"}))


def _print(view: View) -> None:
    """The answer, the title, and the reasons."""
    employer = view["employer"]
    via = f"via {employer['via']}" if employer["via"] else ""
    stage = (view["stage"] or "").replace("_", " ")
    facts = [view["decision"], employer["name"], via, view["medium"], stage, f"{100 * view['confidence']:.0f} % sure"]
    heading(" · ".join(fact for fact in facts if fact))
    start = f"{when(view['start'])}: " if view["start"] else ""
    paragraph(f"{start}{view['title'] or 'without a title'}", indent=2)
    for reason in view["reasons"]:
        paragraph(reason, first="–", indent=2)


def _complain(file: Path, sentence: str) -> None:
    click.echo(f"{plain(str(file), 200)}: {plain(sentence, 500)}", err=True)
