"""status --format waybar and i3blocks: only what is known, in few words, whatever an employer is called."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import Result

from showup.cli.forms import FORMS
from tests.support.played import event

Cli = Callable[..., Result]
At = Callable[[str], None]
Answer = Callable[[str, str], None]
Bar = Callable[[str], dict[str, Any]]
DAY = "2026-07-02T"


def planned(title: str) -> str:
    start, end = f"{DAY}10:00:00-04:00", f"{DAY}11:00:00-04:00"
    return f"""
title = "One interview"
owner = ["sam@example.org"]
start = {DAY}08:00:00-04:00
end = {DAY}08:01:00-04:00
[[step]]
at = {DAY}08:00:00-04:00
calendar = "put"
event = {event("a-1", title, start, end)}
"""


@pytest.fixture
def bar(cli: Cli, at: At, story: Callable[[str], None]) -> Bar:
    """What waybar shows at an hour of the day of the interview."""
    story(planned("Interview with Acme – Designer"))

    def shown(hour: str) -> dict[str, Any]:
        at(f"{DAY}{hour}-04:00")
        done = cli("status", "--format", "waybar")
        assert done.exit_code == 0, done.output
        assert done.stdout.count("\n") == 1
        found: dict[str, Any] = json.loads(done.stdout)
        assert list(found) == ["text", "alt", "tooltip", "class", "percentage"]
        assert found["class"] == [found["alt"], "stopped"]
        return found

    return shown


@pytest.fixture
def answer(cli: Cli, at: At) -> Answer:
    """Say a word at an hour of that day."""

    def said(word: str, hour: str) -> None:
        at(f"{DAY}{hour}-04:00")
        assert cli("answer", "1", word).exit_code == 0

    return said


@pytest.mark.parametrize(
    ("hour", "state", "words", "percentage"),
    [
        ("08:20:00", "planned", "Acme in 1 h 40 min", 0),
        ("09:15:30", "soon", "Acme in 44 min", 25),
        ("09:59:30", "soon", "Acme now", 99),
        ("10:00:00", "now", "Acme since 10:00", 0),
        ("10:04:59", "now", "Acme since 10:00", 8),
        ("10:05:00", "ask", "Has Acme joined?", 8),
        ("10:29:59", "ask", "Has Acme joined?", 49),
        ("10:30:00", "ask", "Did Acme come?", 50),
        ("11:00:00", "question", "1 question", 0),
    ],
)
def test_it_counts_down_and_then_asks(bar: Bar, hour: str, state: str, words: str, percentage: int) -> None:
    found = bar(hour)
    assert (found["alt"], found["text"], found["percentage"]) == (state, words, percentage)


@pytest.mark.parametrize(
    ("said", "hour", "shown"),
    [
        (("waiting", "10:04:00"), "10:04:30", ("now", "Acme since 10:00")),
        (("waiting", "10:06:00"), "10:07:59", ("late", "Acme 7 min late")),
        (("here", "10:04:00"), "10:20:00", ("here", "Acme is here")),
        (("no_show", "10:40:00"), "10:41:00", ("away", "Acme did not come")),
        (("mine", "10:06:00"), "10:07:00", ("none", "")),
        (("cancelled", "10:06:00"), "10:07:00", ("none", "")),
    ],
)
def test_it_says_late_only_where_that_is_known(
    bar: Bar, answer: Answer, said: tuple[str, str], hour: str, shown: tuple[str, str]
) -> None:
    answer(*said)
    found = bar(hour)
    assert (found["alt"], found["text"]) == shown


def test_the_tooltip_is_the_text(bar: Bar, cli: Cli) -> None:
    assert bar("10:06:00")["tooltip"] == cli("status").stdout.rstrip("\n")


def test_days_ahead_it_names_the_day(cli: Cli, at: At, story: Callable[[str], None]) -> None:
    story(planned("Interview with Acme – Designer"))
    for moment, words in (("2026-07-01T16:00:00", "Acme 10:00"), ("2026-06-28T16:00:00", "Acme Thu 02 Jul")):
        at(f"{moment}-04:00")
        assert cli("status", "--format", "i3blocks").stdout == f"{words}\n{words}\n#808080\n"


def test_with_nothing_to_say_the_block_is_empty(cli: Cli, at: At) -> None:
    at(f"{DAY}10:00:00-04:00")
    assert cli("status", "--format", "i3blocks").stdout == "\n\n\n"
    assert json.loads(cli("status", "--format", "waybar").stdout)["text"] == ""


HOSTILE = "<b>R&D</b> \x1b[31m<span size='9'>&amp;\u202e"


def test_a_hostile_name_is_only_text() -> None:
    now = datetime(2026, 7, 2, 14, 6, tzinfo=UTC)
    times = {"start": "2026-07-02T14:00:00Z", "end": "2026-07-02T15:00:00Z"}
    interview = {"employer": HOSTILE, "title": "", "outcome": "pending", "start": times["start"]}
    entry = {"end": times["end"], "late": "2026-07-02T14:05:00Z", "they": "absent", "interview": interview}
    agenda = {"interviews": [entry], "questions": [], "calendars": []}
    full, short, colour = FORMS["i3blocks"](agenda, now, running=True).splitlines()
    found = json.loads(FORMS["waybar"](agenda, now, running=True))
    assert (full, colour) == (found["text"], "#e06c75")
    assert full.startswith("&lt;b&gt;R&amp;D&lt;/b&gt; &lt;span size")
    assert full.endswith("6 min late")
    for shown in (full, short, found["tooltip"]):
        assert not set("<>\x1b\u202e") & set(shown)
        assert re.sub("&(amp|lt|gt);", "", shown).count("&") == 0
