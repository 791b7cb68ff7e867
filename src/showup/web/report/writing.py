"""A report as HTML or Markdown. Whatever a calendar says is cleaned, and escaped without being asked for it."""

import re
from datetime import tzinfo
from functools import cache
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from showup import __version__
from showup.core.history import prior
from showup.core.policy import Score
from showup.core.text import plain
from showup.flow.report import Report
from showup.web.charts.course import course
from showup.web.pages.totals import tables
from showup.web.showing import Shown, environment, show

_ROOM = 10_000
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&^$@]|^[-+=]|(?<=-)-|(?<=[0-9])[.)]|\.(?=\S)|:(?=/))")
"""What means something to CommonMark, or to those who make links of all that looks like one (GFM, section 6.9)."""


def html(report: Report, zone: tzinfo | None, score: Score) -> str:
    """One file that needs no other: style and drawings are in it, and its own policy forbids it to load anything."""
    return show(Shown("report.html", {**_values(report, zone, score), "style": _style()}), zone)


def markdown(report: Report, zone: tzinfo | None, score: Score) -> str:
    """The same in plain text; every value is escaped."""
    return _plainly().get_template("report.md").render(zone=zone, **_values(report, zone, score))


def name(report: Report) -> str:
    """What to call its file, without an ending: plain letters, whatever the employer is called."""
    who = f"-{report.parts[0].employer['name']}" if report.totals is None else ""
    return re.sub(r"[^a-z0-9]+", "-", f"showup{plain(who, 60)}-{report.made:%Y-%m-%d}".lower()).strip("-")


def _values(report: Report, zone: tzinfo | None, score: Score) -> dict[str, object]:
    expected = prior(score)
    return {
        "report": report,
        "version": __version__,
        "tables": tables(report.totals) if report.totals else (),
        "prior": expected,
        "drawn": [(part, course(part.steps, expected, zone)) for part in report.parts],
    }


@cache
def _style() -> Markup:
    style = files("showup.web").joinpath("static/showup.css").read_text("utf-8")
    return Markup(style)  # noqa: S704 - it is our own file


@cache
def _plainly() -> Environment:
    return environment(autoescape=False, finalize=_escaped)


def _escaped(value: object) -> str:
    """Any value as the text of one line that means itself."""
    return _MARKS.sub(r"\\\1", plain(str(value), _ROOM))
