"""interviews, why, companies, company: what the founding tale leaves on record."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.played import event

Cli = Callable[..., Result]

INTERVIEWS = """\
ID   Planned                     With        Outcome
────────────────────────────────────────────────────────────────
 1   Tue 03 Mar 2026 10:00 EST   Acme        no show
 2   Tue 03 Mar 2026 14:00 EST   Birchwood   on time, presumed
 4   Wed 04 Mar 2026 09:30 EST   Acme        no show
 3   Wed 04 Mar 2026 13:00 EST   Calder      moved 5 hours ahead
 5   Thu 05 Mar 2026 13:00 EST   Calder      on time, presumed
"""
COMPANIES = """\
Company     Score        Label      n   On time   Late   No-show   Moved
────────────────────────────────────────────────────────────────────────
Acme        64 (35–88)   pattern    2         0      0         2       0
Calder      86 (62–99)   reliable   2         1      0         0       1
Birchwood   87 (63–99)   reliable   1         1      0         0       0
"""
COMPANY = """\
Acme: pattern
Reliability 64 of 100, with 90 % certainty between 35 and 88. The chance that
they are of the careless kind is 86 %.
Counted: 2. On time: 0. Late: 0. No-shows: 2. Moved or cancelled: 0. The last 2
in a row were missed. You waited 48 minutes in all.

ID   Planned                     With   Outcome
───────────────────────────────────────────────
 1   Tue 03 Mar 2026 10:00 EST   Acme   no show
 4   Wed 04 Mar 2026 09:30 EST   Acme   no show
"""
WHY = """\
Interview with Acme – Account Executive
  Acme · meet
  Planned for Wed 04 Mar 2026 09:30 EST to 10:00.
  It takes the place of the one planned for Tue 03 Mar 2026 10:00 EST.

What was seen
  Wed 04 Mar 09:36:00  You said “waiting”.
  Wed 04 Mar 09:47:00  You said “waiting”.

Verdict: no show
  You were still waiting when it was no delay any more, and nobody was noticed
  afterwards.
  It counts fully against them.

What would change it
  If they came in time, `showup answer 4 on_time`; if it was on your side,
  `showup answer 4 mine`.
"""
APPOINTMENT = {
    *("uid", "start", "employer", "outcome", "certainty", "minutes_late", "notice_minutes", "counted", "fault"),
    *("follows", "reasons"),
}
INTERVIEW = APPOINTMENT | {"id", "title", "medium", "stage", "via"}
EMPLOYER = {
    *("name", "n", "reliability", "low", "high", "pattern", "label", "no_shows", "misses_in_a_row"),
    *("minutes_waited", "appointments", "on_time", "late", "late_median", "moved", "notice_median"),
}


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["interviews"], INTERVIEWS),
        (["companies"], COMPANIES),
        (["company", "acme"], COMPANY),
        (["company", "ACME.example"], COMPANY),
        (["why", "4"], WHY),
        (["why", "acme-1"], WHY),
    ],
)
def test_what_people_see(cli: Cli, arguments: list[str], shown: str) -> None:
    result = cli(*arguments)
    assert (result.stdout, result.stderr, result.exit_code) == (shown, "", 0)


@pytest.mark.usefixtures("told")
def test_interviews_json(cli: Cli) -> None:
    (found,) = json.loads(cli("interviews", "--json").stdout).values()
    assert all(set(one) == INTERVIEW for one in found)
    assert [(one["id"], one["outcome"], one["certainty"], one["counted"]) for one in found] == [
        (1, "no_show", "confirmed", True),
        (2, "on_time", "presumed", True),
        (4, "no_show", "confirmed", True),
        (3, "moved", "confirmed", True),
        (5, "on_time", "presumed", True),
    ]
    assert found[2]["follows"] == {"uid": "acme-1", "start": "2026-03-03T15:00:00Z"}
    assert found[3]["notice_minutes"] == 300


@pytest.mark.usefixtures("told")
def test_why_json(cli: Cli) -> None:
    found = json.loads(cli("why", "birch-1", "--json").stdout)
    assert set(found) == INTERVIEW | {
        *("end", "rule", "explanation", "would_change", "evidence", "coverage", "gaps", "policy"),
        "impression",
    }
    assert [(one["at"], one["source"], one["you"], one["they"], one["detail"]) for one in found["evidence"]][:2] == [
        ("2026-03-03T18:58:00Z", "sound", "yes", None, "you_in"),
        ("2026-03-03T19:01:00Z", "sound", None, "yes", "they_in"),
    ]
    assert {one["source"] for one in found["coverage"]} == {"machine", "sound"}
    assert all(set(one) == {"from", "to", "source"} for one in found["coverage"])
    assert found["policy"]["checkpoints"]["late_after_minutes"] == 5
    assert (found["rule"], found["gaps"]) == ("speech", [])


@pytest.mark.usefixtures("told")
def test_companies_json(cli: Cli) -> None:
    found = json.loads(cli("companies", "--json").stdout)["employers"]
    assert all(set(one) == EMPLOYER for one in found)
    assert found[0]["reliability"] == pytest.approx(63.75)
    assert found[0]["pattern"] == pytest.approx(0.862, abs=0.001)


@pytest.mark.usefixtures("told")
def test_company_json(cli: Cli) -> None:
    found = json.loads(cli("company", "Calder", "--json").stdout)
    assert set(found["employer"]) == EMPLOYER
    assert [(set(one), one["outcome"]) for one in found["interviews"]] == [(INTERVIEW, "moved"), (INTERVIEW, "on_time")]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["company", "Zed"], "There is no company “Zed” on record. `showup companies` lists them.\n"),
        (["why", "99"], "There is no appointment “99”. `showup interviews` lists them.\n"),
        (["why", "9" * 400], f"There is no appointment “{'9' * 79}…”. `showup interviews` lists them.\n"),
    ],
)
def test_what_is_not_there_is_one_sentence(cli: Cli, arguments: list[str], said: str) -> None:
    result = cli(*arguments)
    assert (result.stdout, result.stderr, result.exit_code) == ("", said, 1)


@pytest.mark.usefixtures("home")
def test_an_empty_record_says_so(cli: Cli) -> None:
    assert cli("interviews").stdout == "No interviews on record yet.\n"
    assert cli("companies").stdout == "No companies on record yet.\n"
    assert json.loads(cli("interviews", "--json").stdout) == {"interviews": []}
    assert json.loads(cli("companies", "--json").stdout) == {"employers": []}


def test_coming_interviews_are_pending(cli: Cli, story: Callable[[str], None], at: Callable[[str], None]) -> None:
    planned = event(
        "a-1", "Interview with Acme – Account Executive", "2026-07-03T10:00:00-04:00", "2026-07-03T10:30:00-04:00"
    )
    start = "start = 2026-07-02T09:00:00-04:00\nend = 2026-07-02T10:00:00-04:00"
    story(f'title = ""\n{start}\n[[step]]\nat = 2026-07-02T09:00:00-04:00\ncalendar = "put"\nevent = {planned}')
    at("2026-07-02T10:00:00-04:00")
    assert cli("interviews").stdout.splitlines()[-1] == " 1   Fri 03 Jul 2026 10:00 EDT   Acme   pending"
    assert json.loads(cli("why", "1", "--json").stdout)["gaps"] == []
    at("2026-07-03T13:00:00-04:00")  # nothing ran in between
    assert cli("interviews").stdout.splitlines()[-1] == " 1   Fri 03 Jul 2026 10:00 EDT   Acme   unknown"
    assert "09:50:00 to 10:30:00  showup was not running, or the computer slept" in cli("why", "1").stdout


def test_a_record_that_is_none_is_refused_by_every_command(cli: Cli, home: Path) -> None:
    database = home / "showup/showup.sqlite"
    database.write_bytes(b"this is no database, but long enough to be looked at" * 20)
    before = database.read_bytes()
    for arguments in (["interviews"], ["companies"], ["status"], ["export"], ["why", "1"], ["answer", "1", "here"]):
        result = cli(*arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "is damaged or no database; it was left as it is." in result.stderr
    assert database.read_bytes() == before
