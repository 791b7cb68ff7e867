"""status: now, next, open questions, calendars, and whether the daemon runs."""

import fcntl
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.played import event

Cli = Callable[..., Result]
At = Callable[[str], None]

STORY = f"""
title = "Two in a row"
owner = ["sam@example.org"]
start = 2026-07-02T09:00:00-04:00
end = 2026-07-02T14:10:00-04:00
[[step]]
at = 2026-07-02T09:00:00-04:00
calendar = "put"
event = {event("a-1", "Interview with Acme – Designer", "2026-07-02T10:00:00-04:00", "2026-07-02T10:30:00-04:00")}
[[step]]
at = 2026-07-02T09:00:00-04:00
calendar = "put"
event = {event("a-2", "Interview with Acme – Designer", "2026-07-02T14:00:00-04:00", "2026-07-02T15:00:00-04:00")}
[[step]]
at = 2026-07-02T09:00:00-04:00
calendar = "put"
event = {event("a-3", "Interview with Acme – Designer", "2026-07-03T14:00:00-04:00", "2026-07-03T15:00:00-04:00")}
"""
SHOWN = """\
Now: Acme, since 14:00 EDT
Next: Acme, Fri 03 Jul 2026 14:00 EDT
Open: Did Acme come? (Thu 02 Jul 10:00 EDT)
      showup answer 1 no_show | on_time | late
Open: Has Acme joined? (Thu 02 Jul 14:00 EDT)
      showup answer 2 here | waiting | moved | mine
Calendar story (story): read just now
showup is not running; `showup run` starts it.
"""


@pytest.fixture
def twice(story: Callable[[str], None], at: At) -> None:
    story(STORY)
    at("2026-07-02T14:10:00-04:00")


@pytest.mark.usefixtures("twice")
def test_now_next_and_what_is_open(cli: Cli) -> None:
    assert cli("status").stdout == SHOWN
    assert cli("status", "--format", "text").stdout == SHOWN


@pytest.mark.usefixtures("twice")
def test_json_is_the_same_either_way_it_is_asked_for(cli: Cli) -> None:
    found = json.loads(cli("status", "--json").stdout)
    assert found == json.loads(cli("status", "--format", "json").stdout)
    assert list(found) == ["now", "running", "next", "current", "questions", "calendars"]
    assert (found["now"], found["running"]) == ("2026-07-02T18:10:00Z", False)
    assert (found["current"]["id"], found["next"]["id"]) == (2, 3)
    assert found["questions"] == [
        {"id": 1, "text": "Did Acme come? (Thu 02 Jul 10:00 EDT)", "words": ["no_show", "on_time", "late"]},
        {"id": 2, "text": "Has Acme joined? (Thu 02 Jul 14:00 EDT)", "words": ["here", "waiting", "moved", "mine"]},
    ]
    (calendar,) = found["calendars"]
    assert (calendar["name"], calendar["type"], calendar["problem"]) == ("story", "story", None)


@pytest.mark.usefixtures("twice")
def test_an_answer_closes_its_question(cli: Cli) -> None:
    assert cli("answer", "1", "on_time").exit_code == 0
    assert [one["id"] for one in json.loads(cli("status", "--json").stdout)["questions"]] == [2]


@pytest.mark.usefixtures("twice")
def test_what_ended_unseen_is_asked_although_no_daemon_runs(cli: Cli, at: At) -> None:
    at("2026-07-02T16:00:00-04:00")
    found = json.loads(cli("status", "--json").stdout)
    assert found["current"] is None
    assert [(one["id"], one["words"]) for one in found["questions"]] == [
        (1, ["no_show", "on_time", "late"]),
        (2, ["no_show", "on_time", "late"]),
    ]
    at("2026-07-20T16:00:00-04:00")
    # What is on the screen still stays open; what nobody was asked for weeks is asked no more.
    assert [one["id"] for one in json.loads(cli("status", "--json").stdout)["questions"]] == [1]


def test_calendars_that_were_never_read_are_named(cli: Cli, home: Path, at: At) -> None:
    at("2026-07-02T16:00:00-04:00")
    (home / "showup/config.toml").write_text('[[calendars]]\nname = "work"\ntype = "ics"\npath = "/a.ics"')
    assert cli("status").stdout == (
        "No interview is planned.\nCalendar work (ics): not read yet\nshowup is not running; `showup run` starts it.\n"
    )


def test_it_knows_whether_the_daemon_runs(cli: Cli, home: Path) -> None:
    with (home / "showup/daemon.lock").open("w") as lock:
        assert json.loads(cli("status", "--json").stdout)["running"] is False
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert json.loads(cli("status", "--json").stdout)["running"] is True
        assert cli("status").stdout.endswith("\nshowup is running.\n")
    assert json.loads(cli("status", "--json").stdout)["running"] is False


def test_looking_does_not_keep_a_daemon_from_starting(cli: Cli, home: Path) -> None:
    with (home / "showup/daemon.lock").open("w") as lock:
        cli("status")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
