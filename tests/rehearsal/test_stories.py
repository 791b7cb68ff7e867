"""The stories: every expectation holds, played through the real flow on a real record."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from showup import wiring
from showup.core.problem import Problem
from showup.rehearsal.narration import founding_tale
from showup.rehearsal.play import duration
from showup.rehearsal.report import checks
from showup.rehearsal.story import parse
from tests.support.played import event

FOLDER = Path(__file__).parents[3] / "shared/stories"
STORIES = sorted(FOLDER.glob("*.toml"))
TIMES = "start = 2026-07-02T09:00:00-04:00\nend = 2026-07-02T11:00:00-04:00\n"
PLANNED = event("a-1", "Interview with Acme – Editor", "2026-07-02T10:00:00-04:00", "2026-07-02T10:30:00-04:00")
PUT = f'[[step]]\nat = 2026-07-02T09:00:00-04:00\ncalendar = "put"\nevent = {PLANNED}\n'
HEAD = f'owner = ["sam@example.org"]\n{TIMES}'


def fails(text: str) -> list[str]:
    """Expectations of a story that do not hold."""
    story = parse(text)
    return [
        f"{check.expected}: {check.found}" for check in checks(story.expects, wiring.rehearse(story)) if not check.holds
    ]


def rehearsed(*steps: str, config: str = "") -> dict[str, Any]:
    rest = "".join(f"[[step]]\nat = 2026-07-02T{step}\n" for step in steps)
    return wiring.rehearse(parse(f"{HEAD}{config}\n{PUT}{rest}"))


@pytest.mark.skipif(not STORIES, reason="the shared stories are not beside the repository")
@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_a_shared_story_ends_as_it_expects(story: Path) -> None:
    text = story.read_text()
    assert parse(text).expects
    assert fails(text) == []


def test_the_founding_tale_ends_as_it_expects() -> None:
    assert parse(founding_tale()).expects
    assert fails(founding_tale()) == []


def test_an_expectation_can_fail() -> None:
    wrong = '[[expect]]\nid = "a-1"\noutcome = "no_show"\n[[expect]]\nnotice = "late"\n[[expect]]\nno_notice = "ask"\n'
    assert len(fails(f"{HEAD}{PUT}{wrong}")) == 3


def test_nothing_known_is_unknown_and_asked() -> None:
    found = rehearsed()
    assert [one["kind"] for one in found["notices"]] == ["brief", "ask", "confirm"]
    assert [(one["outcome"], one["counted"]) for one in found["appointments"]] == [("unknown", False)]
    assert found["employers"][0]["n"] == 0


def test_who_is_in_the_call_when_showup_starts_may_have_been_there_before() -> None:
    longer = event("a-1", "Interview with Acme – Editor", "2026-07-02T10:00:00-04:00", "2026-07-02T11:00:00-04:00")
    found = rehearsed(
        f'09:01:00-04:00\ncalendar = "put"\nevent = {longer}\n',
        '09:52:30-04:00\nmachine = "crash"\n',
        '09:58:00-04:00\nyou = "join"\n',
        '10:37:30-04:00\nmachine = "start"\n',
        config="config.detectors.sound = true",
    )
    assert [one["kind"] for one in found["notices"]] == ["brief", "confirm"]
    assert [one["outcome"] for one in found["appointments"]] == ["unknown"]


def test_a_crash_and_a_start_repeat_nothing() -> None:
    crash = ('10:06:00-04:00\nmachine = "crash"', '10:07:00-04:00\nmachine = "start"')
    assert rehearsed(*crash) == rehearsed()


def test_an_answer_given_while_the_daemon_is_down_is_kept() -> None:
    found = rehearsed(
        '10:06:00-04:00\nmachine = "crash"',
        '10:16:00-04:00\nanswer = "waiting"\nid = "a-1"',
        '10:40:00-04:00\nmachine = "start"',
    )
    assert found["appointments"][0]["outcome"] == "no_show"
    assert [one["kind"] for one in found["notices"]] == ["brief", "ask", "no_show"]
    assert found["notices"][-1]["at"] == "2026-07-02T14:40:00Z"


def test_only_the_latest_missed_checkpoint_speaks_after_a_sleep() -> None:
    found = rehearsed('09:30:00-04:00\nmachine = "sleep"', '10:20:00-04:00\nmachine = "wake"')
    assert [(one["kind"], one["at"]) for one in found["notices"]][:1] == [("ask", "2026-07-02T14:20:00Z")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("start = ", "The story is no TOML: "),
        ("", "“start” of the story must be a time with its offset."),
        ("start = 2026-07-02T09:00:00\nend = 2026-07-02T10:00:00-04:00", "“start” of the story must be a time"),
        ("start = 2026-07-02T09:00:00Z\nend = 2026-07-01T09:00:00Z", "The story ends before it starts."),
        (f"{TIMES}step = 3", "“step” must be a list of tables."),
        (f"{TIMES}expect = [1]", "“expect” must be a list of tables."),
        (f"{TIMES}[[step]]\nat = 2026-07-02T09:00:00Z", "Step 1 must have one of: calendar, you,"),
        (f'{TIMES}[[step]]\nat = 2026-07-02T09:00:00Z\nyou = "join"\nthey = "join"', "Step 1 must have one of:"),
        (f'{TIMES}[[step]]\nyou = "join"', "“at” of step 1 must be a time with its offset."),
        ("x = " + "[" * 5000, "The story is no TOML: "),
        ("#" * 4_000_001, "The story is larger than 4 MB."),
    ],
)
def test_what_is_no_story_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(Problem) as raised:
        parse(text)
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ('calendar = "burn"', "“calendar = burn” is no step."),
        ('you = "sing"', "“sing” is no step of its kind."),
        ('answer = "perhaps"\nid = "a-1"', "“perhaps” is no answer."),
        ('machine = "explode"', "“machine = explode” is no step."),
        ('machine = "clock"\nby = "an hour"', "“an hour” is no duration."),
    ],
)
def test_a_step_that_means_nothing_is_one_sentence(step: str, said: str) -> None:
    with pytest.raises(Problem) as raised:
        rehearsed(f"09:30:00-04:00\n{step}")
    assert str(raised.value).startswith(said)
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("text", "minutes"), [("PT1H", 60), ("-PT1H30M", -90), ("P1D", 1440), ("P1DT1M", 1441), ("PT90S", 1.5)]
)
def test_durations(text: str, minutes: float) -> None:
    assert duration(text).total_seconds() / 60 == minutes


@pytest.mark.parametrize("text", ["", "P", "PT", "-P", "1H", "P1H", "PT" + "9" * 10_000 + "S"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(Problem, match="is no duration"):
        duration(text)


def test_a_story_is_sorted_by_time_and_kept_in_order() -> None:
    steps = [("10:00:00Z", "join"), ("09:00:00Z", "leave"), ("10:00:00Z", "leave")]
    text = TIMES + "".join(f'[[step]]\nat = 2026-07-02T{at}\nyou = "{what}"\n' for at, what in steps)
    assert [(step.at.hour, step.what) for step in parse(text).steps] == [(9, "leave"), (10, "join"), (10, "leave")]
    assert parse(text).start == datetime(2026, 7, 2, 13, tzinfo=UTC)
