"""What the machines say: list, sound, phone (DESIGN.md, section 3, "How evidence is weighed", 3 to 5)."""

from dataclasses import replace

import pytest

from showup.core.appointment import Details
from showup.core.recognition.result import Medium
from showup.core.verdict import Absence, Rule, judge
from tests.core.verdict.cases import DEFAULT, at, case, told, verdict

_HEARD = "sound -10..60"


@pytest.mark.parametrize(
    ("evidence", "covered", "found"),
    [
        (("meet you_in -2", "meet they_in -1"), "meet -2..60", "on_time confirmed"),
        (("meet you_in -2", "meet they_in 5"), "meet -2..60", "on_time confirmed"),
        (("meet you_in -2", "meet they_in 5.02"), "meet -2..60", "late 5 confirmed"),
        (("meet you_in -2", "meet they_in 45"), "meet -2..60", "late 45 confirmed"),  # after give-up as well
        (("meet you_in -2", "meet they_in 12", "meet they_out 13"), "meet -2..60", "late 12 confirmed"),
        (("meet you_in -2",), "meet -2..60", "no_show confirmed"),
        (("meet you_in -2",), "meet -2..28.6", "no_show confirmed"),  # read each minute: as good as give-up
        (("meet you_in -2",), "meet -2..28", "unknown"),  # nobody knows who came afterwards
        (("meet you_in -2", "meet you_out 15"), "meet -2..15", "no_show confirmed"),
        (("meet you_in -2", "meet you_out 14.9"), "meet -2..14.9", "unknown"),  # you left too early to tell
        (("meet you_in -2", "meet you_out 20"), "meet -2..16", "unknown"),
        (("meet you_in -2",), "", "unknown"),  # never read
        ((), "meet -2..60", "unknown"),  # a meeting that you did not join
        (("meet they_in 3",), "meet -2..60", "on_time confirmed"),
        # Its times are trusted across gaps in coverage.
        (("meet you_in -2", "meet they_in 12 noted=40"), "meet -2..0, meet 40..60", "late 12 confirmed"),
        (("meet you_in -2", "meet they_in 3 noted=40"), "meet 40..60", "on_time confirmed"),
        # Outside the window it belongs to something else.
        (("meet you_in -20", "meet they_in -19", "meet they_out -11"), "meet -20..60", "no_show confirmed"),
        (("meet you_in -2", "meet they_in 61"), "meet -2..60", "no_show confirmed"),
    ],
)
def test_a_participant_list(evidence: tuple[str, ...], covered: str, found: str) -> None:
    assert told(verdict(*evidence, covered=covered)) == found


@pytest.mark.parametrize(
    ("evidence", "covered", "found"),
    [
        (("you_in -2", "speech -1"), _HEARD, "on_time presumed"),
        (("you_in -2", "speech 5"), _HEARD, "on_time presumed"),
        (("you_in -2", "speech 5.02"), _HEARD, "late 5 presumed"),
        (("you_in -2", "speech 12"), _HEARD, "late 12 presumed"),
        (("you_in -2", "speech 12", "quiet 13"), _HEARD, "late 12 presumed"),
        (("you_in -2", "speech 45"), _HEARD, "late 45 presumed"),
        (("speech 12",), _HEARD, "unknown"),  # a video that plays while you are in no call
        (("speech -5", "you_in -1"), _HEARD, "on_time presumed"),
        # Silence accuses only where you were in the call, and heard, from S + 5 to S + 15 and to the end.
        (("you_in -2",), _HEARD, "no_show presumed"),
        (("you_in 5",), _HEARD, "no_show presumed"),
        (("you_in 5.02",), _HEARD, "unknown"),
        (("you_in -2", "you_out 15"), _HEARD, "no_show presumed"),
        (("you_in -2", "you_out 14.9"), _HEARD, "unknown"),
        (("you_in -2", "you_out 10", "you_in 11"), _HEARD, "no_show presumed"),  # a reconnect of a minute
        (("you_in -2", "you_out 10", "you_in 11.1"), _HEARD, "unknown"),
        (("you_in -2", "missed 8"), _HEARD, "unknown"),
        ((), _HEARD, "unknown"),
        # Nobody listened all the time.
        (("you_in -2",), "sound -10..20", "unknown"),
        (("you_in -2", "you_in 12"), "sound -10..10 12..60", "unknown"),
        (("you_in -2",), "", "unknown"),
        (("you_in -2", "speech 12"), "", "unknown"),
    ],
)
def test_sound(evidence: tuple[str, ...], covered: str, found: str) -> None:
    assert told(verdict(*evidence, covered=covered)) == found


@pytest.mark.parametrize(("length", "found"), [(15, "no_show presumed"), (14, "unknown"), (10, "unknown")])
def test_silence_never_accuses_in_a_short_call(length: int, found: str) -> None:
    assert told(verdict("you_in -2", covered=_HEARD, length=length)) == found


@pytest.mark.parametrize(
    ("evidence", "covered", "found"),
    [
        # A first sign by S + 5 is on time, whatever was missed before.
        (("you_in 3", "speech 4"), "sound 3..60", "on_time presumed"),
        (("you_in 0", "speech 12", "you_in 12"), "sound -10..7 12..60", "unknown"),
        (("you_in 0", "you_in 7", "speech 12"), "sound -10..4 7..60", "unknown"),  # a gap at S + 5
        (("you_in 0", "you_in 3", "speech 12"), "sound -10..1 3..60", "late 12 presumed"),  # a gap before it
        (("rang 12",), "phone -10..60", "late 12 presumed"),
        (("rang 12",), "phone -10..4 5..60", "unknown"),  # it may have rung in between
        (("rang 12",), "phone 0..60", "unknown"),
        (("rang 4",), "phone 3..60", "on_time presumed"),
    ],
)
def test_gaps_leave_open_since_when(evidence: tuple[str, ...], covered: str, found: str) -> None:
    assert told(verdict(*evidence, covered=covered)) == found


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (("rang -10",), "on_time presumed"),
        (("rang -10.1",), "unknown"),
        (("rang 5",), "on_time presumed"),
        (("rang 30",), "late 30 presumed"),
        (("rang 30.1",), "unknown"),
        (("rang 9", "rang 3"), "on_time presumed"),
        (("missed 3",), "unknown"),
        (("missed 3", "rang 7"), "late 7 presumed"),
    ],
)
def test_a_phone_that_rang(evidence: tuple[str, ...], found: str) -> None:
    assert told(verdict(*evidence, covered="phone -10..60")) == found


@pytest.mark.parametrize(
    ("medium", "found"),
    [
        (Medium.PHONE, "late 12 presumed"),
        (None, "late 12 presumed"),  # nobody knows how they meet
        (Medium.MEET, "unknown"),
        (Medium.OTHER, "unknown"),
        (Medium.ONSITE, "unknown"),
    ],
)
def test_a_ring_is_theirs_where_they_may_call(medium: Medium | None, found: str) -> None:
    one = case("rang 12", covered="phone -10..60")
    appointment = replace(one.appointment, details=Details(medium=medium))
    assert told(judge(one._replace(appointment=appointment), DEFAULT, at(24 * 60))) == found


@pytest.mark.parametrize(
    ("evidence", "covered", "found"),
    [
        # You came after S + 5, and they were there.
        (("meet you_in 8", "meet they_in 6"), "meet 8..60", "on_time confirmed"),
        (("you_in 8", "speech 9"), _HEARD, "on_time presumed"),
        (("you_in 8", "speech 9.1"), _HEARD, "unknown"),
        (("you_in 20", "speech 20.5"), _HEARD, "on_time presumed"),
        # You came after S + 15, or when they had left.
        (("you_in 15.1",), _HEARD, "excused presumed"),
        (("you_in 15.1", "speech 25"), _HEARD, "excused presumed"),
        (("meet you_in 16",), "meet 16..60", "excused presumed"),
        (("meet you_in 16", "meet they_in 20"), "meet 16..60", "excused confirmed"),
        (("meet you_in 9", "meet they_in 6", "meet they_out 8"), "meet 9..60", "excused confirmed"),
        (("meet you_in 9", "meet they_in 12"), "meet 9..60", "late 12 confirmed"),
        # Whoever was there when the watching began may have been there before.
        (("you_in 20", "speech 30"), "sound 20..60", "unknown"),
        # You said something before: you were there.
        (("say waiting 6", "you_in 20"), _HEARD, "no_show presumed"),
        (("say waiting 6", "you_in 20", "speech 22"), _HEARD, "unknown"),
    ],
)
def test_your_side(evidence: tuple[str, ...], covered: str, found: str) -> None:
    assert told(verdict(*evidence, covered=covered)) == found


@pytest.mark.parametrize(
    ("beside", "found"),
    [
        ("", "late 12 presumed"),
        ("30..60", "late 12 presumed"),
        ("29..60", "unknown"),  # its start meets the time until give-up
        ("-60..0", "late 12 presumed"),
        ("-60..1", "unknown"),
        ("-20..40", "unknown"),
        ("200..230", "late 12 presumed"),
    ],
)
def test_between_two_appointments_sound_and_phone_say_nothing(beside: str, found: str) -> None:
    heard = ("you_in -2", "speech 12")
    assert told(verdict(*heard, covered=_HEARD, beside=beside, length=30)) == found
    assert told(verdict("rang 12", covered="phone -10..60", beside=beside, length=30)) == found


def test_sound_within_another_s_time_belongs_to_that_one() -> None:
    heard = ("you_in -9", "speech -8", "quiet -6")
    assert told(verdict(*heard, covered=_HEARD)) == "on_time presumed"
    assert told(verdict(*heard, covered=_HEARD, beside="-30..0")) == "no_show presumed"


def test_a_list_speaks_whatever_stands_beside() -> None:
    listed = ("meet you_in -2", "meet they_in 12")
    assert told(verdict(*listed, covered="meet -2..60", beside="-20..40")) == "late 12 confirmed"


@pytest.mark.parametrize(
    ("evidence", "found", "rule"),
    [
        (("you_in -2", "speech 3", "meet you_in -2", "meet they_in 12"), "late 12 confirmed", Rule.LIST),
        (("you_in -2", "speech 12", "rang 3"), "on_time presumed", Rule.RANG),
        (("you_in -2", "speech 3", "rang 12"), "on_time presumed", Rule.SPEECH),
        # Alone on the list beats what was heard until then.
        (("meet you_in -2", "you_in -2", "speech 3", "quiet 20"), "no_show confirmed", Rule.LIST_ABSENT),
    ],
)
def test_of_machines_the_list_comes_first(evidence: tuple[str, ...], found: str, rule: Rule) -> None:
    verdict_ = verdict(*evidence, covered="meet -2..60, sound -10..60, phone -10..60")
    assert (told(verdict_), verdict_.rule) == (found, rule)


@pytest.mark.parametrize(
    ("evidence", "covered", "now", "absence"),
    [
        (("meet you_in -2",), "meet -2..5", 5, Absence.KNOWN),
        (("meet you_in -2",), "meet -2..3", 5, Absence.NONE),  # read too long ago
        (("meet you_in -2", "meet they_in 4"), "meet -2..5", 5, Absence.NONE),
        (("say waiting 4",), "", 5, Absence.KNOWN),
        (("say waiting 4", "say here 4.5"), "", 5, Absence.NONE),
        (("you_in -2",), "sound -10..15", 15, Absence.PRESUMED),
        (("you_in -2", "speech 12"), "sound -10..15", 15, Absence.NONE),
        (("you_in 6",), "sound -10..15", 15, Absence.NONE),
        (("you_in -2", "you_out 8"), "sound -10..15", 15, Absence.NONE),
        (("you_in -2", "you_out 16"), "sound -10..20", 20, Absence.PRESUMED),
        ((), "sound -10..15", 15, Absence.NONE),
    ],
)
def test_what_is_known_of_absence_at_a_checkpoint(
    evidence: tuple[str, ...], covered: str, now: float, absence: Absence
) -> None:
    assert verdict(*evidence, covered=covered, now=now).absence is absence


def test_speech_that_a_list_contradicts_is_somebody_else_s() -> None:
    heard = ("you_in -2", "speech 1", "meet you_in -2")
    found = verdict(*heard, covered="sound -10..60, meet -2..60")
    assert told(found) == "no_show confirmed"
    assert found.rule is Rule.LIST_ABSENT
