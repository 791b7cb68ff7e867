"""`showup why`: one verdict, with all that it stands on."""

import click

from showup.cli import completing, words
from showup.cli.parts import local, now, reviewing, when
from showup.cli.screen import as_json, gap, heading, paragraph, show_json
from showup.core import phrases
from showup.core.views import View
from showup.flow.answer import find

_WATCHERS = {
    "machine": "showup was not running, or the computer slept",
    "sound": "the sound could not be watched",
    "meet": "the list of participants was not read",
    "phone": "the phone could not be watched",
}


@click.command()
@click.argument("name", metavar="ID", shell_complete=completing.interviews)
@as_json
def why(name: str, wants_json: bool) -> None:
    """Explain one verdict. ID is an interview's number or its event's id."""
    with reviewing() as review:
        found = review.one(find(review.record, name, None, now()))
    if wants_json:
        show_json(found)
        return
    _planned(found)
    _part("What was seen", [(_time(item["at"]), item["text"]) for item in found["evidence"]], "Nothing.")
    gaps = [(_stretch(item), _WATCHERS.get(item["source"], item["source"])) for item in found["gaps"]]
    if gaps:
        _part("What was not watched", gaps, "")
    gap()
    heading(f"Verdict: {words.outcome(found).text}")
    paragraph(found["explanation"], indent=2)
    paragraph(phrases.counts(found), indent=2)
    _part("What would change it", [("", found["would_change"])], "")


def _planned(found: View) -> None:
    heading(found["title"] or phrases.who(found))
    if phrases.details(found):
        paragraph(phrases.details(found), indent=2)
    until = f" to {local(found['end']):%H:%M}" if found["end"] else ""
    paragraph(f"Planned for {when(found['start'])}{until}.", indent=2)
    if found["follows"]:
        paragraph(f"It takes the place of the one planned for {when(found['follows']['start'])}.", indent=2)


def _part(name: str, rows: list[tuple[str, str]], nothing: str) -> None:
    gap()
    heading(name)
    for first, text in rows:
        paragraph(text, first=first, indent=2)
    if not rows:
        paragraph(nothing, indent=2)


def _time(text: str) -> str:
    return f"{local(text):%a %d %b %H:%M:%S}"


def _stretch(item: View) -> str:
    return f"{_time(item['from'])} to {local(item['to']):%H:%M:%S}"
