"""`showup setup`: at most five questions, each answer tried at once, and a notice at the end."""

from dataclasses import dataclass
from functools import partial

import click

from showup.cli.calendar import adding
from showup.cli.setup import ending, habits
from showup.cli.setup.asking import Asker, somebody_there
from showup.cli.setup.draft import draft
from showup.cli.setup.where import Where
from showup.config import Paths, Settings, load
from showup.core.problem import Usage

_GREETING = """\
showup watches your calendar for interviews, and tells you when nobody comes.
Five questions; Enter takes what stands in brackets, Ctrl-C leaves everything as it was.
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered by options; None for what is to be asked. `service` tells whether it starts by itself."""

    calendar: str | None
    owner: str | None
    late_after: int | None
    detectors: str | None
    service: bool | None
    client: str | None
    endpoint: str

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return None not in (self.calendar, self.owner, self.late_after, self.detectors, self.service)


@click.command()
@click.option("--calendar", metavar="PLACE", help="A file, a folder or an address (iCal); or google, or caldav.")
@click.option("--owner", metavar="ADDRESSES", help="Your own addresses, with commas between them.")
@click.option("--late-after", type=click.IntRange(1), metavar="MINUTES", help="How long to wait before you are told.")
@click.option("--detectors", metavar="NAMES", help="Of sound, phone and meet, with commas between them; or none.")
@click.option("--service/--no-service", default=None, help="Whether it starts with your session.")
@click.option("--client-secrets", metavar="FILE", help="For google: the file of your own client.")
@click.option("--api-endpoint", default="", metavar="URL", help="Another server than Google's: for gateways and tests.")
@click.option("--yes", is_flag=True, help="Ask nothing: what no option answers is left as it is, or has its default.")
@click.pass_context
def setup(  # noqa: PLR0917 - click gives them by name
    ctx: click.Context,
    calendar: str | None,
    owner: str | None,
    late_after: int | None,
    detectors: str | None,
    service: bool | None,
    client_secrets: str | None,
    api_endpoint: str,
    yes: bool,
) -> None:
    """Set everything up by five questions.

    Each answer is tried at once, and at the end a notice shows whether it reaches you.

    Run it again to change something: what is set is offered, and all else in the settings stays as you wrote it.

    \b
    Example, for a script:
      showup setup --yes --calendar ~/.calendars/work --owner sam@example.org
    """  # noqa: D301 - click wants the control character, which keeps the lines apart
    answers = Answers(calendar, owner, late_after, detectors, service, client_secrets, api_endpoint)
    silent = yes or answers.complete
    if not silent and not somebody_there():
        raise Usage(
            "`showup setup` asks questions, and there is no terminal to answer them at.",
            "Answer by options, with --yes for the defaults: `showup setup --yes --calendar FILE`.",
        )
    before = load()
    if not silent:
        click.echo(_GREETING)
    try:
        with draft(before) as paths:
            wants_service = _questions(Asker(silent), answers, before, paths)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nNothing was changed.")
        raise
    ctx.exit(_finish(before, wants_service=wants_service, silent=silent))


def _questions(asker: Asker, answers: Answers, before: Settings, paths: Paths) -> bool:
    """Ask, and put the answers into the draft; whether the service is wanted."""
    where = Where(asker, paths, answers.client, answers.endpoint)
    trials = where.ask("1 of 5. Where is your calendar?", answers.calendar)
    ask = partial(habits.Habits, asker, paths)(first=not before.paths.config.exists())
    ask.owner("\n2 of 5. Which addresses do you get invitations at?", answers.owner, trials)
    ask.late_after("\n3 of 5. How many minutes shall it wait before it asks or tells you?", answers.late_after)
    ask.detectors("\n4 of 5. What may tell it that somebody is there? Nothing is ever recorded.", answers.detectors)
    return ask.service("\n5 of 5. Start showup now, and whenever you sign in?", answers.service)


def _finish(before: Settings, *, wants_service: bool, silent: bool) -> int:
    """Start it, show a notice, and say how everything is; the exit code."""
    settings = load()
    click.echo()
    if settings == before:
        click.echo("The settings are as they were.")
    else:
        click.echo(f"The settings are written: {settings.paths.config}")
        adding.tell(settings)
    started = ending.start(wanted=wants_service)
    seen = ending.notice(waits=not silent)
    return ending.report(settings, [seen] if seen else [], started=started)
