"""The reference itself: it fulfils the written stories, and its random ones make sense."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from showup.rehearsal.search import FIRST, GENTLE, HARD, random_story
from tests.reference.compare import differences
from tests.reference.judge import play
from tests.reference.toml import to_toml

STORIES = Path(__file__).resolve().parents[3] / "shared" / "stories"
WRITTEN = sorted(STORIES.glob("*.toml"))
BATCHES, EACH = 10, 20
Report = Mapping[str, Any]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def seconds(value: object) -> float:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.timestamp()


@lru_cache
def told(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    story = random_story(seed, faults=seed % 2 == 1)
    return story, play(story)


# ---------------------------------------------------------------- the written stories
@pytest.mark.skipif(not WRITTEN, reason=f"no stories in {STORIES}")
def test_there_are_eight_written_stories() -> None:
    assert len(WRITTEN) >= 8


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_the_reference_fulfils_what_a_story_expects(path: Path) -> None:
    story = read(path)
    got = play(story)
    assert [line for expect in story["expect"] for line in unmet(expect, got)] == []


def unmet(expect: Mapping[str, Any], got: Report) -> list[str]:
    """What does not hold of one `[[expect]]`."""
    if "notice" in expect or "no_notice" in expect:
        return unmet_notice(expect, got)
    if "employer" in expect:
        rows = [row for row in got["employers"] if row["name"] == expect["employer"]]
    else:
        rows = [row for row in got["appointments"] if is_meant(expect, row)]
    if not rows:
        return [f"nothing for {expect}"]
    keys = set(expect) - {"id", "start", "employer"}
    return [f"{key} of {expect}: {rows[-1][key]}" for key in keys if not alike(expect[key], rows[-1][key])]


def unmet_notice(expect: Mapping[str, Any], got: Report) -> list[str]:
    kind = expect.get("notice") or expect["no_notice"]
    rows = [row for row in got["notices"] if row["kind"] == kind and is_meant(expect, row)]
    if "no_notice" in expect:
        return [f"{expect}: {row}" for row in rows]
    if "at" in expect:
        rows = [row for row in rows if 0 <= seconds(row["at"]) - seconds(expect["at"]) <= 60]
    right = len(rows) == expect["times"] if "times" in expect else bool(rows)
    return [] if right else [f"{expect}: {rows}"]


def is_meant(expect: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    same_id = bool("id" not in expect or row["uid"] == expect["id"])
    return same_id and ("start" not in expect or seconds(row["start"]) == seconds(expect["start"]))


def alike(want: object, have: object) -> bool:
    """Figures to half a unit of the last digit written; `false` stands for null."""
    if want is False:
        return have in {False, None}
    if isinstance(want, dict) and isinstance(have, dict):
        return bool(want["uid"] == have["uid"] and seconds(want["start"]) == seconds(have["start"]))
    if isinstance(want, float) and isinstance(have, float | int):
        digits = len(str(want).partition(".")[2])
        return bool(abs(want - have) <= 0.5 * 10**-digits + 1e-9)
    return bool(want == have)


# ---------------------------------------------------------------- random stories
def test_the_same_seed_tells_the_same_story() -> None:
    assert random_story(7) == random_story(7)
    assert random_story(7) != random_story(8)


def test_gentle_stories_break_nothing() -> None:
    steps = random_story(3, faults=False)["step"]
    assert not [step for step in steps if {"machine", "detector", "desktop"} & set(step)]


@pytest.mark.parametrize("knobs", [GENTLE, HARD])
def test_stories_survive_toml(knobs: Any) -> None:  # noqa: ANN401 - either set of knobs
    for seed in range(10):
        story = random_story(seed, days=5, knobs=knobs)
        assert tomllib.loads(to_toml(story)) == story


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_stories_make_sense(batch: int) -> None:
    for seed in range(batch * EACH, (batch + 1) * EACH):
        story, got = told(seed)
        assert accused_without_evidence(story, got) == [], seed
        assert said_twice(got) == [], seed
        assert said_asleep(story, got) == [], seed
        assert wrong_sums(got) == [], seed
        assert differences(got, got) == [], seed


def accused_without_evidence(story: Mapping[str, Any], got: Report) -> list[str]:
    """Counted as late or a no-show needs a word, a list that you were on, or your open microphone and their change."""
    words = {step["id"] for step in story["step"] if step.get("answer") in {"waiting", "late", "no_show", "yes"}}
    joined = {step["id"] for step in story["step"] if step.get("you") == "join"}
    detectors = story["config"]["detectors"]
    changed = {
        step.get("id") or step["event"]["id"] for step in story["step"][1:] if "calendar" in step and named(step)
    }
    evidence = words | (joined if detectors["meet"] else joined & changed if detectors["sound"] else set())
    accused = [row for row in got["appointments"] if row["counted"] and row["outcome"] in {"late", "no_show"}]
    return [row["uid"] for row in accused if row["uid"] not in evidence]


def named(step: Mapping[str, Any]) -> bool:
    """The step changes one event of the calendar."""
    return step["calendar"] in {"cancel", "vanish"} or (step["calendar"] == "put" and step["at"] > FIRST)


def said_twice(got: Report) -> list[tuple[str, str, str]]:
    said = Counter((row["uid"], row["start"], row["kind"]) for row in got["notices"])
    return [key for key, times in said.items() if times > 1]


def said_asleep(story: Mapping[str, Any], got: Report) -> list[str]:
    off: list[tuple[float, float]] = []
    since = 0.0
    for step in story["step"]:
        match step.get("machine"):
            case "sleep" | "crash":
                since = seconds(step["at"])
            case "wake" | "start":
                off.append((since, seconds(step["at"])))
    return [row["at"] for row in got["notices"] if any(a <= seconds(row["at"]) < b for a, b in off)]


def wrong_sums(got: Report) -> list[str]:
    counted = Counter(row["employer"] for row in got["appointments"] if row["counted"])
    wrong = [row["name"] for row in got["employers"] if row["n"] != counted[row["name"]]]
    silent = {"unknown", "excused", "pending"}
    wrong += [row["uid"] for row in got["appointments"] if row["counted"] and row["outcome"] in silent]
    return wrong + [row["uid"] for row in got["appointments"] if row["counted"] and not 0 <= row["fault"] <= 1]


def test_random_stories_reach_every_outcome_and_notice() -> None:
    reports = [told(seed)[1] for seed in range(EACH)]
    outcomes = {row["outcome"] for got in reports for row in got["appointments"]}
    kinds = {row["kind"] for got in reports for row in got["notices"]}
    assert outcomes >= {"on_time", "late", "no_show", "moved", "cancelled", "excused", "unknown"}
    assert kinds == {"brief", "late", "ask", "nudge", "no_show", "confirm", "moved", "cancelled"}


# ---------------------------------------------------------------- the comparison
def test_the_comparison_sees_what_differs() -> None:
    _, expected = told(1)
    got = deepcopy(expected)
    required = next(row for row in got["notices"] if not row["_optional"])
    got["notices"].remove(required)
    got["notices"].append({**required, "kind": "nudge", "uid": "nobody"})
    got["appointments"][0]["outcome"] = "excellent"
    got["employers"][0]["n"] += 1
    lines = differences(expected, got)
    assert len(lines) == 4
    assert any("missing, expected at" in line for line in lines)
    assert any("nobody" in line and "not expected" in line for line in lines)
    assert any("outcome: expected" in line and "'excellent'" in line for line in lines)
    assert any(line.startswith("employer") and "n: expected" in line for line in lines)


@pytest.mark.parametrize(("shift", "wrong"), [("14:59:59", 1), ("15:01:00", 0), ("15:01:01", 1)])
def test_a_notice_may_come_a_minute_late_but_not_early(shift: str, wrong: int) -> None:
    notice = {"at": "2026-03-03T15:00:00Z", "uid": "acme-1", "start": "2026-03-03T14:55:00Z", "kind": "ask"}
    expected = {"notices": [notice], "appointments": [], "employers": []}
    got = {**expected, "notices": [{**notice, "at": f"2026-03-03T{shift}+00:00"}]}
    assert len(differences(expected, got)) == wrong
