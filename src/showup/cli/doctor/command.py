"""`showup doctor`: every part tried for real, with what to do about it."""

import click

from showup.cli.doctor.examine import examine
from showup.cli.doctor.finding import Finding, State
from showup.cli.screen import as_json, show_json
from showup.config import Settings, load
from showup.core.problem import Problem
from showup.core.text import plain

_STYLES = {State.OK: "green", State.ABSENT: "yellow", State.BROKEN: "red"}
_NAME, _TEXT = 40, 300


@click.command()
@click.option("--push", is_flag=True, help="Also send a notice to your phone, if [push] is set up.")
@as_json
@click.pass_context
def doctor(ctx: click.Context, push: bool, wants_json: bool) -> None:
    """Try every part for real, and say what to do.

    Settings, record, calendars, sign-ins, notices, sound, phone, keyring, clock and service. The exit code is 1 where
    something that is needed is broken.
    """
    found = []
    settings, first = _settings()
    for finding in (first, *(examine(settings, push=push) if settings else ())):
        found.append(finding)
        if not wants_json:
            show(finding)
    healthy = all(one.state is not State.BROKEN for one in found)
    if wants_json:
        checks = [{"name": one.name, "state": one.state, "text": one.text, "remedy": one.remedy} for one in found]
        show_json({"healthy": healthy, "checks": checks})
    ctx.exit(0 if healthy else 1)


def _settings() -> tuple[Settings | None, Finding]:
    """The settings, without which nothing else can be tried."""
    try:
        settings = load()
    except Problem as problem:
        return None, Finding("settings", State.BROKEN, problem.sentence, problem.remedy)
    file = settings.paths.config
    if not file.exists():
        return settings, Finding("settings", State.ABSENT, f"There is no file {file}; everything has its default.")
    return settings, Finding("settings", State.OK, f"{file} can be read.")


def show(finding: Finding) -> None:
    """Print a finding in a line."""
    name, state = plain(finding.name, _NAME), click.style(f"{finding.state:<9}", fg=_STYLES[finding.state])
    click.echo(f"{state}  {name}: {plain(f'{finding.text} {finding.remedy}', _TEXT, lines=True)}")
