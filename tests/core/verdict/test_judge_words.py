"""The person's word (DESIGN.md, section 3, "How evidence is weighed", 1)."""

import pytest

from showup.core.verdict import Outcome, Rule
from tests.core.verdict.cases import told, verdict

_HEARD = "sound -10..60"
_CALLED = "phone -10..60"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (("say here 5",), "on_time confirmed"),
        (("say here 5.02",), "on_time confirmed"),  # asked at S + 5
        (("say here 15",), "on_time confirmed"),
        (("say here 15.02",), "unknown"),
        (("say here 600",), "unknown"),
        (("say waiting 3", "say here 4"), "on_time confirmed"),
        (("say waiting 5", "say here 7"), "late 7 confirmed"),
        (("say waiting 5", "say here 7.9"), "late 7 confirmed"),
        (("say told_late 3", "say here 12"), "unknown"),  # something had been said before
        (("say waiting 15",), "no_show confirmed"),
        (("say waiting 14.9",), "no_show presumed"),
        (("say waiting 45",), "no_show confirmed"),
        (("say here 3", "say waiting 20"), "no_show confirmed"),
        (("say waiting 20", "say here 40"), "late 40 confirmed"),
    ],
)
def test_here_and_waiting_are_about_a_moment(said: tuple[str, ...], found: str) -> None:
    assert told(verdict(*said)) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (("say no_show 60", "say undo 61"), "unknown"),
        (("say late 60 minutes=12", "say no_show 70", "say undo 80"), "late 12 confirmed"),
        (("say late 60 minutes=12", "say no_show 70", "say undo 80", "say undo 81"), "unknown"),
        (("say undo 50", "say no_show 60"), "no_show confirmed"),  # nothing was said yet
        (("say no_show 60", "say undo 61", "say on_time 62"), "on_time confirmed"),
        (("say waiting 20", "say undo 21"), "unknown"),
        (("say waiting 14", "say yes 60", "say undo 61"), "no_show presumed"),
    ],
)
def test_undo_takes_back_what_was_said_last(said: tuple[str, ...], found: str) -> None:
    assert told(verdict(*said)) == found


@pytest.mark.parametrize(
    ("evidence", "covered", "found"),
    [
        # Where a machine gives the time they came, that time stands.
        (("meet you_in -1", "meet they_in 12", "say here 14"), "meet -1..60", "late 12 confirmed"),
        (("meet you_in -1", "meet they_in 2", "say here 40"), "meet -1..60", "on_time confirmed"),
        (("you_in -1", "speech 12", "say here 14"), _HEARD, "late 12 presumed"),
        (("you_in -1", "say waiting 6", "speech 12", "say here 14"), _HEARD, "late 12 confirmed"),
        (("you_in -1", "speech 2", "say here 14"), _HEARD, "on_time confirmed"),
        # `waiting` beats every machine up to its moment, and says nothing of later ones.
        (("you_in -1", "speech 3", "quiet 4", "say waiting 20"), _HEARD, "no_show confirmed"),
        (("you_in -1", "say waiting 6", "speech 12"), _HEARD, "late 12 presumed"),
        (("you_in -1", "say waiting 20", "speech 22"), _HEARD, "late 22 presumed"),
        (("rang 2", "say waiting 6"), _CALLED, "no_show presumed"),
        (("say waiting 6", "rang 9"), _CALLED, "late 9 presumed"),
        (("say waiting 6", "missed 9"), _CALLED, "unknown"),
        # Between contradicting words a machine's sign decides.
        (("you_in -1", "speech 6", "say here 7", "say waiting 16"), _HEARD, "late 6 presumed"),
    ],
)
def test_words_and_machines(evidence: tuple[str, ...], covered: str, found: str) -> None:
    assert told(verdict(*evidence, covered=covered)) == found


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("on_time 90", "on_time confirmed"),
        ("no_show 90", "no_show confirmed"),
        ("late 90 minutes=12", "late 12 confirmed"),
        ("late 90", "unknown"),
        ("moved 90 minutes=200", "moved 200 confirmed"),
        ("cancelled 90 minutes=-3", "cancelled -3 confirmed"),
        ("cancelled -90", "cancelled 90 confirmed"),
        ("moved 2", "moved confirmed"),
        ("excused 90", "excused confirmed"),
        ("mine -2", "excused confirmed"),
        ("not_interview -2", "not_interview confirmed"),
    ],
)
def test_all_others_settle_the_case(word: str, found: str) -> None:
    assert told(verdict(f"say {word}")) == found


@pytest.mark.parametrize("word", ["on_time", "no_show", "excused", "mine", "cancelled", "late"])
def test_a_settling_word_wins_over_everything(word: str) -> None:
    alone = verdict(f"say {word} 20 minutes=9")
    machines = ("meet you_in -1", "you_in -1", "speech 12", "rang 3", "cancelled 8", "say here 2", "say waiting 25")
    assert told(verdict(*machines, f"say {word} 20 minutes=9", covered="sound -10..60, meet -1..60")) == told(alone)


@pytest.mark.parametrize("now", [-5, 1, 10, 100])
def test_a_settled_case_is_settled_at_once(now: float) -> None:
    assert told(verdict("say no_show -6", now=now)) == "no_show confirmed"


def test_the_last_word_wins() -> None:
    assert told(verdict("say no_show 31", "say mine 40")) == "excused confirmed"
    assert told(verdict("say mine 40", "say no_show 31")) == "excused confirmed"
    assert told(verdict("say late 40 minutes=9", "say late 41 minutes=14")) == "late 14 confirmed"
    assert told(verdict("say on_time 40", "say no_show 40")) == "no_show confirmed"  # within a second: as they came in


def test_late_without_minutes_takes_them_from_a_machine() -> None:
    heard = ("you_in -1", "speech 12", "say late 20")
    assert told(verdict(*heard, covered=_HEARD)) == "late 12 confirmed"
    assert verdict("say late 20").rule is Rule.LATE_WITHOUT_MINUTES


def test_moved_takes_the_notice_from_the_calendar() -> None:
    assert told(verdict("cancelled -300", "say moved 90")) == "moved 300 confirmed"
    assert told(verdict("cancelled -300", "say moved 90 minutes=5")) == "moved 5 confirmed"


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (("you_in -1", "speech 12"), "late 12 confirmed"),
        (("you_in -1",), "no_show confirmed"),
        (("say waiting 8",), "no_show confirmed"),
        (("you_in -1", "speech 3"), "on_time confirmed"),
        ((), "unknown"),
    ],
)
def test_yes_confirms_what_is_presumed(evidence: tuple[str, ...], found: str) -> None:
    assert told(verdict(*evidence, "say yes 62", covered=_HEARD)) == found


def test_yes_confirms_what_was_presumed_when_it_was_said() -> None:
    assert told(verdict("you_in -1", "speech 12", "say yes 11", covered=_HEARD)) == "late 12 presumed"
    later = ("you_in -1", "speech 12", "say yes 62", "meet you_in -1 noted=70", "meet they_in 3 noted=70")
    assert told(verdict(*later, covered=_HEARD)) == "late 12 confirmed"


def test_yes_before_the_case_is_closed_confirms_nothing() -> None:
    assert told(verdict("you_in -1", "say yes 20", covered=_HEARD)) == "no_show presumed"


def test_yes_where_nothing_is_presumed_leaves_the_earlier_word() -> None:
    assert told(verdict("say on_time 20", "say yes 62")) == "on_time confirmed"


@pytest.mark.parametrize(("late", "fault"), [(5, 0.0), (10, 0.2), (30, 1.0), (90, 1.0), (0, 0.0)])
def test_told_late_halves_the_fault(late: int, fault: float) -> None:
    settled = f"say late 61 minutes={late}"
    assert verdict(settled, length=120).fault == pytest.approx(fault)
    assert verdict("say told_late 4.9", settled).fault == pytest.approx(fault / 2)
    assert verdict("say told_late 5", settled).fault == pytest.approx(fault)


def test_told_late_halves_an_absence_and_decides_nothing() -> None:
    assert verdict("say told_late 4", "say no_show 40").fault == 0.5
    assert verdict("say told_late 6", "say no_show 40").fault == 1.0
    assert told(verdict("say told_late 4")) == "unknown"


@pytest.mark.parametrize(
    ("change", "word", "found"),
    [
        ("cancelled -60", "say here 3", "on_time confirmed"),
        ("cancelled -60", "say waiting 20", "cancelled 60 confirmed"),
        ("moved 4", "say here 4", "on_time confirmed"),
        ("cancelled 7", "say waiting 6", "no_show confirmed"),
        ("cancelled 7", "say here 5", "on_time confirmed"),
    ],
)
def test_against_a_change_of_the_calendar(change: str, word: str, found: str) -> None:
    assert told(verdict(change, word)) == found


def test_nothing_is_decided_before_give_up() -> None:
    assert verdict("say waiting 16", now=29).outcome is Outcome.PENDING
    assert verdict("say waiting 16", now=30).outcome is Outcome.NO_SHOW
    assert verdict("say here 3", now=3).outcome is Outcome.ON_TIME
