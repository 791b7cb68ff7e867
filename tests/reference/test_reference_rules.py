"""One rule of the page at a time: an hour with Acme at ten, and what comes of it."""

import tomllib
from typing import Any

import pytest

from tests.reference.judge import play

HEAD = """
title = "One rule"
owner = ["sam@example.org"]
start = 2026-03-02T09:00:00Z
end = 2026-03-06T18:00:00Z
[config]
detectors = {{ sound = true, meet = {meet}, phone = true }}
[[step]]
at = 2026-03-02T09:00:00Z
calendar = "put"
event = {{ id = "gym", summary = "Gym", start = {{ dateTime = "2026-03-05T06:00:00Z" }} }}
"""
EVENT = (
    '{{ id = "acme", summary = "{what} with Acme – Editor", start = {{ dateTime = "{day}T10:00:00Z" }}, '
    'end = {{ dateTime = "{day}T11:00:00Z" }}, organizer = {{ email = "{by}" }}, {where} }}'
)
MEET = 'hangoutLink = "https://meet.google.com/abc-defg-hij"'
ZOOM = 'location = "https://zoom.us/j/2000000001"'
DIAL = 'location = "+1 555 0100"'


def tell(steps: str, where: str = ZOOM, by: str = "hr@acme.example") -> dict[str, Any]:
    """Steps divided by |: minutes after ten, then what happens; `move` puts the event on the next day."""
    what = "Phone interview" if where == DIAL else "Interview"
    text = HEAD.format(meet=str(where == MEET).lower())
    for line in ["-1400 put", *steps.split("|")]:
        minutes, _, happens = line.strip().partition(" ")
        day = "2026-03-04" if happens == "move" else "2026-03-03"
        if happens in {"put", "move"}:
            happens = f'calendar = "put"\nevent = {EVENT.format(what=what, day=day, by=by, where=where)}'
        at = 600 + int(minutes)
        text += f"[[step]]\nat = 2026-03-{3 + at // 1440:02}T{at % 1440 // 60:02}:{at % 60:02}:00Z\n{happens}\n"
    return play(tomllib.loads(text))


def first(got: dict[str, Any]) -> tuple[Any, ...]:
    row = next(row for row in got["appointments"] if row["start"].startswith("2026-03-03"))
    figure = row["minutes_late"] if row["notice_minutes"] is None else row["notice_minutes"]
    return row["outcome"], row["certainty"], figure, row["fault"]


def said(got: dict[str, Any]) -> list[tuple[str, int]]:
    """Kinds, and minutes after ten."""
    mine = [row for row in got["notices"] if row["start"].startswith("2026-03-03") and not row["_optional"]]
    at = [(row["kind"], row["at"]) for row in mine]
    return [(kind, 1440 * (int(t[8:10]) - 3) + 60 * int(t[11:13]) + int(t[14:16]) - 600) for kind, t in at]


def word(name: str, more: str = "") -> str:
    return f'answer = "{name}"\nid = "acme"\nstart = 2026-03-03T10:00:00Z\n{more}'


CANCEL, VANISH = ("calendar = 'cancel'\nid = 'acme'", "calendar = 'vanish'\nid = 'acme'")


YOU, AWAY, SPEAK = 'you = "join"\nid = "acme"', 'you = "leave"\nid = "acme"', 'they = "speak"\nid = "acme"'
JOIN = 'they = "join"\nid = "acme"'
CRASH, START = 'machine = "crash"', 'machine = "start"'


@pytest.mark.parametrize(
    ("steps", "where", "expected"),
    [
        (f"-2 {YOU}|12 {SPEAK}", ZOOM, ("late", "presumed", 12, None)),
        (f"-2 {YOU}|12 {SPEAK}|70 {word('yes')}", ZOOM, ("late", "confirmed", 12, 0.28)),
        (f"-2 {YOU}|12 {JOIN}", MEET, ("late", "confirmed", 12, 0.28)),
        (f"-2 {YOU}|12 {JOIN}", ZOOM, ("no_show", "presumed", None, None)),
        (f"-2 {YOU}|-1 mute = 'on'|12 {SPEAK}", ZOOM, ("unknown", None, None, None)),
        (f"-2 {YOU}|7 {CRASH}|9 {START}|12 {SPEAK}", ZOOM, ("unknown", None, None, None)),
        (f"-2 {YOU}|7 {CRASH}|20 {START}|12 {JOIN}", MEET, ("late", "confirmed", 12, 0.28)),
        (f"8 {YOU}|9 {SPEAK}", ZOOM, ("on_time", "presumed", None, 0.0)),
        (f"8 {YOU}|12 {SPEAK}", ZOOM, ("unknown", None, None, None)),
        (f"18 {YOU}|22 {SPEAK}", ZOOM, ("excused", "presumed", None, None)),
        (f"2 {JOIN}|8 {YOU}", MEET, ("on_time", "confirmed", None, 0.0)),
        (f"-2 {YOU}|12 {AWAY}", MEET, ("unknown", None, None, None)),
        (f"-2 {YOU}|16 {AWAY}", MEET, ("no_show", "confirmed", None, 1.0)),
        (f"-2 {YOU}|40 {JOIN}", MEET, ("late", "confirmed", 40, 1.0)),
        (f"6 {word('waiting')}", ZOOM, ("no_show", "presumed", None, None)),
        (f"16 {word('waiting')}", ZOOM, ("no_show", "confirmed", None, 1.0)),
        (f"2 {word('told_late')}|16 {word('waiting')}", ZOOM, ("no_show", "confirmed", None, 0.5)),
        (f"6 {word('waiting')}|13 {word('here')}", ZOOM, ("late", "confirmed", 13, 0.32)),
        (f"13 {word('here')}", ZOOM, ("on_time", "confirmed", None, 0.0)),
        (f"17 {word('here')}", ZOOM, ("unknown", None, None, None)),
        ("12 phone = 'ring'", DIAL, ("late", "presumed", 12, None)),
        ("12 phone = 'missed'", DIAL, ("unknown", None, None, None)),
        (f"6 {word('waiting')}|40 move", ZOOM, ("no_show", "confirmed", None, 1.0)),
        ("40 move", ZOOM, ("unknown", None, None, None)),
        ("-300 move", ZOOM, ("moved", "confirmed", 300, 0.25)),
        (f"-300 {CANCEL}", ZOOM, ("cancelled", "confirmed", 300, 0.25)),
        (f"70 {VANISH}", ZOOM, ("unknown", None, None, None)),
        (f"-300 move|2 {word('here')}", ZOOM, ("on_time", "confirmed", None, 0.0)),
        (f"-300 move|17 {word('waiting')}", ZOOM, ("moved", "confirmed", 300, 0.25)),
        (f"-300 {CANCEL}|-200 put", ZOOM, ("unknown", None, None, None)),
        (f"70 {word('late', 'minutes = 20')}|80 {word('on_time')}", ZOOM, ("on_time", "confirmed", None, 0.0)),
        (f"70 {word('cancelled')}", ZOOM, ("cancelled", "confirmed", None, None)),
        (f"70 {word('cancelled', 'minutes = 60')}", ZOOM, ("cancelled", "confirmed", 60, 0.5)),
    ],
)
def test_outcome(steps: str, where: str, expected: tuple[Any, ...]) -> None:
    assert first(tell(steps, where)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("by", "outcome", "counted"),
    [
        ("sam@example.org", "excused", False),
        ("notifications@calendly.com", "moved", False),
        ("a@b.example", "moved", True),
    ],
)
def test_whose_change_it_was(by: str, outcome: str, counted: bool) -> None:
    row = tell("-300 move", by=by)["appointments"][0]
    assert (row["outcome"], row["counted"]) == (outcome, counted)


@pytest.mark.parametrize(
    ("steps", "where", "expected"),
    [
        (f"-2 {YOU}", MEET, [("brief", -10), ("late", 5), ("nudge", 15), ("no_show", 30)]),
        (f"-2 {YOU}", ZOOM, [("brief", -10), ("ask", 5), ("nudge", 15), ("confirm", 30)]),
        (f"-2 {YOU}|12 {SPEAK}", ZOOM, [("brief", -10), ("ask", 5), ("confirm", 60)]),
        (f"2 {word('waiting')}", ZOOM, [("brief", -10), ("late", 5), ("nudge", 15), ("confirm", 30)]),
        (
            f"-20 calendar = 'down'|2 {word('waiting')}",
            ZOOM,
            [("brief", -10), ("ask", 5), ("nudge", 15), ("confirm", 30)],
        ),
        (f"-20 {CRASH}|20 {START}", ZOOM, [("ask", 20), ("confirm", 30)]),
        ("-20 machine = 'sleep'|20 machine = 'wake'", ZOOM, [("ask", 20), ("confirm", 30)]),
        ("-20 desktop = 'gone'|20 desktop = 'back'", ZOOM, [("ask", 20), ("confirm", 30)]),
        ("-20 desktop = 'gone'|40 desktop = 'back'", ZOOM, [("confirm", 40)]),
        (f"-20 desktop = 'gone'|6 {word('here')}|20 desktop = 'back'", ZOOM, [("brief", -10)][:0]),
        ("8 move", ZOOM, [("brief", -10), ("ask", 5), ("moved", 8)]),
        (f"3 {CANCEL}", ZOOM, [("brief", -10), ("cancelled", 3)]),
    ],
)
def test_notices(steps: str, where: str, expected: list[tuple[str, int]]) -> None:
    assert said(tell(steps, where)) == expected
