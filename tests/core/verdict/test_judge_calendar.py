"""What the calendar says (DESIGN.md, section 3, "How evidence is weighed", 2)."""

import pytest

from showup.core.policy import Policy
from showup.core.verdict import Rule, judge
from tests.core.verdict.cases import at, case, told, verdict

_HEARD = "sound -10..60"


@pytest.mark.parametrize(
    ("change", "found", "fault"),
    [
        ("moved -1440", "moved 1440 confirmed", None),
        ("moved -1439", "moved 1439 confirmed", 0.25),
        ("cancelled -120", "cancelled 120 confirmed", 0.25),
        ("cancelled -119", "cancelled 119 confirmed", 0.5),
        ("moved 0", "moved 0 confirmed", 0.5),
        ("moved 0.5", "moved -1 confirmed", 1.0),
        ("cancelled 5", "cancelled -5 confirmed", 1.0),
        ("cancelled 5.1", "unknown", None),
        ("vanished -30", "cancelled 30 confirmed", 0.5),
        ("vanished 4.9", "cancelled -5 confirmed", 1.0),
        ("vanished 5", "unknown", None),  # it went later than the last read that showed it
    ],
)
def test_by_how_much_notice_they_gave(change: str, found: str, fault: float | None) -> None:
    verdict_ = verdict(change)
    assert (told(verdict_), verdict_.fault, verdict_.counted) == (found, fault, fault is not None)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("declined -60", "excused confirmed"),
        ("moved -60 by=yours", "excused confirmed"),
        ("cancelled 8 by=yours", "excused confirmed"),
        ("declined 8", "excused confirmed"),
    ],
)
def test_what_you_did_is_held_against_nobody(change: str, found: str) -> None:
    assert (told(verdict(change)), verdict(change).counted) == (found, False)


def test_a_scheduler_s_change_is_asked_about_and_not_counted() -> None:
    found = verdict("moved -60 by=unknown")
    assert (told(found), found.fault, found.counted, found.ask) == ("moved 60 confirmed", None, False, True)
    settled = verdict("moved -60 by=unknown", "say moved -50")
    assert (told(settled), settled.fault, settled.ask) == ("moved 60 confirmed", 0.5, False)
    assert told(verdict("moved -60 by=unknown", "say mine -50")) == "excused confirmed"


@pytest.mark.parametrize(
    ("evidence", "covered", "found"),
    [
        ((), "", "unknown"),
        (("you_in -1", "speech 2"), _HEARD, "on_time presumed"),
        (("you_in -1", "speech 7"), _HEARD, "late 7 confirmed"),
        (("you_in -1",), _HEARD, "no_show confirmed"),
        (("say waiting 6",), "", "no_show confirmed"),
        (("meet you_in -1",), "meet -1..5", "no_show confirmed"),
        (("meet you_in -1",), "meet -1..4", "unknown"),
        (("meet you_in -1", "meet they_in 9"), "meet -1..60", "late 9 confirmed"),
        (("say here 12",), "", "on_time confirmed"),
        (("you_in 17",), _HEARD, "excused presumed"),
    ],
)
def test_a_change_after_s_plus_5_confirms_and_proves_nothing(
    evidence: tuple[str, ...], covered: str, found: str
) -> None:
    assert told(verdict(*evidence, "cancelled 20", covered=covered)) == found


def test_a_scheduler_s_change_after_the_start_confirms_nothing() -> None:
    assert told(verdict("say waiting 6", "cancelled 20 by=unknown")) == "no_show presumed"
    assert told(verdict("cancelled 20 by=unknown")) == "unknown"


def test_after_the_start_a_change_closes_the_case_at_once() -> None:
    assert told(verdict("cancelled 8", now=9)) == "unknown"
    assert told(verdict("say waiting 6", "cancelled 8", now=9)) == "no_show confirmed"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (("cancelled -60", "restored -30"), "unknown"),
        (("moved -60", "restored -30", "cancelled -10"), "cancelled 10 confirmed"),
        (("restored -30", "cancelled -60"), "unknown"),  # in whatever order they are told
        (("moved -60", "cancelled -10"), "moved 60 confirmed"),  # the first is what broke the appointment
        (("cancelled -60 noted=-5", "restored -30"), "cancelled 60 confirmed"),  # noticed after it had been back
    ],
)
def test_the_change_that_stands(changes: tuple[str, ...], found: str) -> None:
    assert told(verdict(*changes)) == found
    assert told(verdict(*reversed(changes))) == found


def test_what_is_changed_is_judged_before_its_time() -> None:
    assert told(verdict("cancelled -600", now=-599)) == "cancelled 600 confirmed"
    assert told(verdict("cancelled -600", now=-601)) == "pending"


def test_whose_change_it_was_is_kept() -> None:
    late = case("say waiting 6", "cancelled 20 by=theirs")
    assert judge(late, Policy(), at(61)).rule is Rule.CHANGED_LATE_ABSENT
