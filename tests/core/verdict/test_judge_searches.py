"""What random searches found, and evidence that is odd: each a rule, said by one case."""

import pytest

from showup.core.verdict.result import Absence
from tests.core.verdict.cases import told, verdict

LISTED = "meet -10..45"


def test_who_joins_after_they_called_it_off_waited_for_nobody() -> None:
    joined_later = verdict("cancelled 9", "meet you_in 26", "meet you_out 38", covered=LISTED, length=30)
    waited = verdict("meet you_in -2", "cancelled 9", "meet you_out 12", covered=LISTED, length=30)
    assert (told(joined_later), joined_later.counted) == ("excused presumed", False)
    assert (told(waited), waited.counted) == ("no_show confirmed", True)


def test_a_list_read_after_you_left_knows_of_no_absence() -> None:
    left = verdict("meet you_in -2", "meet you_out 8", covered="meet -10..17", now=17)
    stayed = verdict("meet you_in -2", covered="meet -10..17", now=17)
    assert (left.absence, stayed.absence) == (Absence.NONE, Absence.KNOWN)


def test_a_call_missed_while_you_wait_may_have_been_theirs() -> None:
    assert verdict("say waiting 3", "missed 8", now=15).absence is Absence.NONE
    assert verdict("missed 2", "say waiting 3", now=15).absence is Absence.KNOWN


def test_leaving_the_call_beside_it_ends_no_waiting() -> None:
    alone = verdict("say waiting 3", "you_in -8", "you_out 7", "say here 16", covered="sound -10..60")
    beside = verdict("say waiting 3", "you_in -8", "you_out 7", "say here 16", covered="sound -10..60", beside="-5..5")
    assert (alone.waited, beside.waited) == (7.0, 13.0)


def test_a_call_joined_after_give_up_takes_back_no_leaving() -> None:
    alone = ("you_in -2", "you_out 17")
    assert told(verdict(*alone, covered="sound -10..45", length=45)) == "no_show presumed"
    assert told(verdict(*alone, "you_in 42", covered="sound -10..45", length=45)) == "no_show presumed"


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("say no_show 40", "say on_time 50"), "on_time confirmed"),
        (("say on_time 40", "say no_show 50"), "no_show confirmed"),
        (("say on_time 40", "say late 50 minutes=12", "say excused 60"), "excused confirmed"),
        (("say no_show 40", "say yes 50"), "no_show confirmed"),
    ],
)
def test_of_words_that_contradict_each_other_the_last_one_stands(words: tuple[str, ...], outcome: str) -> None:
    assert told(verdict(*words)) == outcome


def test_what_lies_ahead_says_nothing_yet() -> None:
    assert told(verdict("say no_show 90", now=60)) == "unknown"
    assert told(verdict("cancelled 90", now=60)) == "unknown"
    assert told(verdict("say no_show 90", now=90)) == "no_show confirmed"


def test_coming_back_in_silence_takes_back_no_absence() -> None:
    left = ("you_in -4", "you_out 17", "you_in 26")
    assert told(verdict(*left, covered="sound -10..45", length=45)) == "no_show presumed"
    assert told(verdict(*left, "they_in 28", covered="sound -10..45", length=45)) == "unknown"


def test_who_is_in_the_call_when_the_watching_begins_may_have_been_there_before() -> None:
    muted = verdict("you_in 37", "you_out 43", covered="sound 37..37", length=45)
    came = verdict("you_in 37", "you_out 43", covered="sound -10..45", length=45)
    assert (told(muted), told(came)) == ("unknown", "excused presumed")


def test_a_list_without_them_says_nothing_of_a_ring_that_nobody_could_hear() -> None:
    seen = ("meet you_in -3", "meet you_out 8", "rang 9")
    assert told(verdict(*seen, covered="meet 2..8, phone 2..20", length=15)) == "unknown"
    assert told(verdict(*seen, covered="meet 2..8, phone -10..20", length=15)) == "late 9 presumed"


def test_what_is_heard_at_the_moment_of_leaving_was_heard() -> None:
    gone = ("you_in -3", "they_in 7", "you_out 7", "they_out 7")
    assert told(verdict(*gone, covered="sound -10..45", length=45)) == "late 7 presumed"


def test_a_decline_is_no_notice_of_theirs() -> None:
    assert told(verdict("declined -318", "vanished -298", "say moved -90")) == "moved 298 confirmed"
    assert told(verdict("declined -318", "say moved -90")) == "moved 90 confirmed"


def test_half_a_minute_in_which_nobody_listened_is_a_gap() -> None:
    """A reconnect of up to a minute is none; deafness of any length is."""
    heard = ("you_in -3", "you_in 7.5", "they_in 12")
    assert told(verdict(*heard, covered="sound -10..7 7.5..45", length=45)) == "unknown"
    reconnected = ("you_in -3", "you_out 7", "you_in 7.5", "they_in 12")
    assert told(verdict(*reconnected, covered="sound -10..45", length=45)) == "late 12 presumed"


def test_who_was_heard_was_there_by_then_whatever_was_missed_before() -> None:
    words = ("say waiting 17", "you_in 20", "they_in 28", "say here 37")
    assert told(verdict(*words, covered="sound 20..60")) == "late 28 confirmed"
    assert told(verdict("say waiting 17", "say here 37")) == "late 37 confirmed"


def test_a_detector_may_take_a_moment_to_begin() -> None:
    assert told(verdict("rang 9", covered="phone -9.8..60")) == "late 9 presumed"
    assert told(verdict("rang 9", covered="phone -9..60")) == "unknown"
    assert told(verdict("you_in 37", covered="sound 37.1..60", length=45)) == "unknown"
