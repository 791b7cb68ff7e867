"""From values to HTML. Everything is escaped, and what comes from a calendar is cleaned as well."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from showup.core import phrases
from showup.core.lengths import brief, length
from showup.core.text import plain

_ROOM = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A template with the values it shows."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)


def show(shown: Shown, zone: tzinfo | None = None, token: str = "") -> str:
    """The page as HTML, times in the zone; `token` goes into its forms."""
    return _templates().get_template(shown.template).render(zone=zone, token=token, **shown.values)


@cache
def _templates() -> Environment:
    return environment(autoescape=True)


def environment(*, autoescape: bool, finalize: Callable[[object], str] | None = None) -> Environment:
    """The templates with their filters. Without `autoescape` it is `finalize` through which every value goes."""
    made = Environment(
        loader=PackageLoader("showup.web"),
        autoescape=autoescape,  # noqa: S701 - whoever turns it off escapes for another language
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["look"] = _look()
    made.filters |= {
        "clean": _clean,
        "day": pass_context(_day),
        "when": pass_context(_when),
        "clock": pass_context(_clock),
        "second": pass_context(_second),
        "iso": _iso,
        "lasting": length,
        "short": brief,
        "outcome": phrases.outcome,
        "counts": phrases.counts,
        "who": phrases.who,
        "stage": phrases.round_name,
    }
    return made


def _look() -> str:
    """The version of how the pages look, for the address: a new one is asked for, whatever a browser keeps."""
    return sha256(files("showup.web").joinpath("static/showup.css").read_bytes()).hexdigest()[:12]


def _clean(text: str, room: int = _ROOM) -> str:
    return plain(text, room)


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _local(context: Context, value: datetime | str) -> datetime:
    return _moment(value).astimezone(context["zone"])


def _day(context: Context, value: datetime | str) -> str:
    local = _local(context, value)
    return f"{local:%a} {local.day} {local:%b %Y}"


def _when(context: Context, value: datetime | str) -> str:
    return f"{_day(context, value)}, {_local(context, value):%H:%M %Z}"


def _clock(context: Context, value: datetime | str) -> str:
    return f"{_local(context, value):%H:%M}"


def _second(context: Context, value: datetime | str) -> str:
    return f"{_local(context, value):%H:%M:%S}"


def _iso(value: datetime | str) -> str:
    return _moment(value).isoformat()
