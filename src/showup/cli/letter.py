"""`showup letter`: the polite message to the other side, shown or opened; sent by nobody but the person."""

import click

from showup.cli import completing
from showup.cli.parts import now, reviewing
from showup.cli.screen import as_json, show_json
from showup.config import Settings, load
from showup.core import phrases, views
from showup.core.letter import Letter, Occasion, facts, write
from showup.core.problem import Problem
from showup.core.record import Entry
from showup.core.telling import Scene, occasion
from showup.core.verdict import Outcome
from showup.flow.answer import find

_HINT = "Nothing is sent. --open opens it in your mail program, where you can change it."
_CHOOSE = f"Choose what it shall say: --about {', '.join(Occasion)}."


@click.command()
@click.argument("name", metavar="ID", shell_complete=completing.interviews)
@click.option("--about", type=click.Choice([one.value for one in Occasion]), help="What it is about.")
@click.option("--open", "opens", is_flag=True, help="Open it in your mail program.")
@as_json
def letter(name: str, about: str | None, opens: bool, wants_json: bool) -> None:
    """Show a polite message to the other side.

    ID is an interview's number or its event's id. What it says follows from how things stand: waiting asks whether
    something came up, missed offers another time, way asks how you meet, and declined whether the time still suits.
    Nothing is ever sent: that is yours to do.

    \b
    Examples:
      showup letter 4
      showup letter 4 --about missed --open
    """  # noqa: D301 - click wants the control character, which keeps the lines apart
    settings = load()
    scene = _scene(settings, name)
    subject = Occasion(about) if about else occasion(scene) or _nothing(scene)
    written = _written(settings, scene, subject)
    if opens:
        _open(written)
    if wants_json:
        view = {"to": written.to, "subject": written.subject, "body": written.body, "mailto": written.link}
        show_json({"id": scene.appointment.id, "about": subject.value, **view})
        return
    click.echo(f"To: {written.to}\nSubject: {written.subject}\n\n{written.body}", nl=False)
    click.echo("\nIt is open in your mail program." if opens else f"\n{_HINT}", err=True)


def _scene(settings: Settings, name: str) -> Scene:
    with reviewing(settings) as review:
        scene = review.scene(find(review.record, name, None, now()).id)
    if scene is None or scene.verdict.outcome is Outcome.NOT_INTERVIEW:
        raise Problem("It is no interview, so there is nothing to write.", "`showup answer ID yes` makes it one.")
    return scene


def _nothing(scene: Scene) -> Occasion:
    """Nothing follows from how things stand, and nothing is made up."""
    number, outcome = scene.appointment.id, scene.verdict.outcome
    if outcome is Outcome.PENDING and scene.now < scene.appointment.start:
        raise Problem("It is still to come, and nothing speaks against it.", _CHOOSE)
    if outcome in {Outcome.PENDING, Outcome.UNKNOWN} and not scene.verdict.seen:
        raise Problem("Whether they came is not known.", f"Say it first, such as `showup answer {number} no_show`.")
    how = phrases.outcome(views.interview(Entry(scene.appointment, scene.verdict), {}))
    raise Problem(f"There is nothing to ask them ({how}).", _CHOOSE)


def _written(settings: Settings, scene: Scene, about: Occasion) -> Letter:
    from showup import wiring

    found = write(wiring.letters(settings), about, facts(scene.appointment, wiring.zone()))
    if found is None:
        raise Problem("The invitation names nobody to write to.", "Look for an address in the invitation itself.")
    return found


def _open(written: Letter) -> None:
    from showup.desktop.opening import open_link

    if not open_link(written.link):
        raise Problem("The desktop has no program that takes it.", "Copy what `showup letter` shows.")
