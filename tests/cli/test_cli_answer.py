"""answer: what the person says is stored, with or without a daemon."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

Cli = Callable[..., Result]


def why(cli: Cli, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cli("why", name, "--json").stdout)
    return found


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2", "late", "--minutes", "12"], "Stored: Birchwood, Tue 03 Mar 2026 14:00 EST: 12 minutes late.\n"),
        (["2", "no_show"], "Stored: Birchwood, Tue 03 Mar 2026 14:00 EST: no show.\n"),
        (["acme-1", "on_time"], "Stored: Acme, Wed 04 Mar 2026 09:30 EST: on time.\n"),
        (
            ["acme-1", "on_time", "--start", "2026-03-03T10:00"],
            "Stored: Acme, Tue 03 Mar 2026 10:00 EST: on time.\n",
        ),
        (
            ["acme-1", "excused", "--start", "2026-03-03 15:00:00+00:00"],
            "Stored: Acme, Tue 03 Mar 2026 10:00 EST: excused.\n",
        ),
        (
            ["2", "moved", "--minutes=-5"],
            "Stored: Birchwood, Tue 03 Mar 2026 14:00 EST: moved 5 minutes after the start.\n",
        ),
        (
            ["2", "not_interview"],
            "Stored: Birchwood, Tue 03 Mar 2026 14:00 EST, is no interview and leaves the record.\n",
        ),
    ],
)
def test_it_says_what_was_stored(cli: Cli, arguments: list[str], said: str) -> None:
    result = cli("answer", *arguments)
    assert (result.stdout, result.stderr, result.exit_code) == (said, "", 0)


@pytest.mark.usefixtures("told")
def test_the_score_follows_at_once(cli: Cli) -> None:
    before = json.loads(cli("company", "Birchwood", "--json").stdout)["employer"]
    cli("answer", "2", "no_show", "--note", "Waited half an hour.")
    after = json.loads(cli("company", "Birchwood", "--json").stdout)["employer"]
    assert (before["label"], after["label"]) == ("reliable", "forgivable")
    assert after["no_shows"] == 1
    found = why(cli, "2")
    assert (found["outcome"], found["certainty"], found["rule"]) == ("no_show", "confirmed", "settled")
    assert found["evidence"][-1]["detail"] == "no_show · Waited half an hour."
    assert "You said “no_show”. Your note: Waited half an hour." in cli("why", "2").stdout.replace("\n" + " " * 23, " ")


@pytest.mark.usefixtures("told")
def test_what_is_no_interview_is_shown_nowhere(cli: Cli) -> None:
    cli("answer", "2", "not_interview")
    assert "Birchwood" not in "".join(
        cli(*arguments).stdout
        for arguments in (["interviews"], ["companies"], ["interviews", "--json"], ["export", "--format", "csv"])
    )
    result = cli("why", "2")
    assert (result.exit_code, result.stderr) == (
        1,
        "It is no interview, so nothing is said of it. `showup answer ID yes` makes it one.\n",
    )
    assert cli("company", "Birchwood").exit_code == 1
    assert cli("answer", "2", "yes").exit_code == 0
    assert why(cli, "2")["employer"] == "Birchwood"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["99", "here"], 1, "There is no appointment “99”."),
        (["acme-1", "here", "--start", "2026-03-03T11:00"], 1, "There is no appointment “acme-1”."),
        (["2", "gone"], 2, "'gone' is not one of 'here', 'waiting'"),
        (["2"], 2, "Missing argument 'WORD'"),
        (["2", "late", "--minutes", "x"], 2, "'x' is not a valid integer"),
        (["2", "here", "--minutes", "5"], 2, "“here” takes no minutes."),
        (["2", "late", "--minutes=-5"], 2, "-5 minutes make no sense here."),
        (["2", "late", "--start", "tomorrow"], 2, "“tomorrow” is no time. Write it like 2026-03-03T10:00."),
    ],
)
def test_what_cannot_be_stored_is_refused(cli: Cli, arguments: list[str], code: int, said: str) -> None:
    before = cli("interviews").stdout
    result = cli("answer", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert cli("interviews").stdout == before


@pytest.mark.usefixtures("told")
def test_undo_brings_back_what_was_before_and_keeps_both_in_the_record(cli: Cli) -> None:
    before = why(cli, "2")
    cli("answer", "2", "no_show")
    assert cli("answer", "2", "undo").stdout == "Stored: Birchwood, Tue 03 Mar 2026 14:00 EST: on time, presumed.\n"
    after = why(cli, "2")
    assert {**after, "evidence": []} == {**before, "evidence": []}
    assert [(one["detail"], one["undone"]) for one in after["evidence"][-2:]] == [("no_show", True), ("undo", True)]
    assert not any(one["undone"] for one in before["evidence"])


@pytest.mark.usefixtures("told")
def test_an_interview_that_was_none_by_mistake_comes_back(cli: Cli) -> None:
    cli("answer", "2", "late", "--minutes", "12")
    cli("answer", "2", "not_interview")
    assert "Birchwood" not in cli("interviews").stdout
    cli("answer", "2", "undo")
    assert why(cli, "2")["minutes_late"] == 12
    cli("answer", "2", "not_interview")
    cli("answer", "2", "on_time")
    cli("answer", "2", "undo")
    assert "Birchwood" not in cli("interviews").stdout


@pytest.mark.usefixtures("told")
def test_there_may_be_nothing_to_take_back(cli: Cli) -> None:
    while cli("answer", "2", "undo").exit_code == 0:
        pass
    result = cli("answer", "2", "undo")
    assert result.stderr.startswith("There is nothing to take back.")
    assert result.exit_code == 1
