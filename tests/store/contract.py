"""What every Store keeps to. Derive from it and give a fixture `store`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from showup.core.appointment import Appointment, Details, Side
from showup.core.change import State, Tracked
from showup.core.checkpoints import Point
from showup.core.event import EventKey
from showup.core.evidence import Covered, Evidence, Sign, Source, Word
from showup.core.notice import Choice, Kind, Message, Urgency
from showup.core.policy import Checkpoints, Policy, Score
from showup.core.recognition.result import Decision, Employer, Medium, Stage
from showup.core.record import CalendarState, about
from showup.core.reliability import reliability
from showup.core.spans import Span
from showup.core.verdict import Absence, Certainty, Outcome, Rule, Verdict
from showup.ports import Record, Store, Watched

S = datetime(2026, 7, 2, 14, tzinfo=UTC)
DETAILS = Details(
    title="Interview",
    employer=Employer("Acme", "acme.example", "Agency"),
    medium=Medium.MEET,
    stage=Stage.PANEL,
    organiser=Side.THEIRS,
    join="https://meet.google.com/abc",
    contact="hr@acme.example",
    declined=True,
    reachable=False,
    reasons=("One.", "Two."),
)
ASK = Message(Kind.ASK, "Has Acme joined?", "Planned for 10:00.", (Choice("Late", "late", 10),), Urgency.CRITICAL)
NO_SHOW = Verdict(
    Outcome.NO_SHOW, Certainty.CONFIRMED, Rule.WAITING, fault=1.0, counted=True, reasons=("So.",), waited=30
)


def at(minutes: float) -> datetime:
    return S + timedelta(minutes=minutes)


def draft(uid: str = "a", start: float = 0, *, slot: str = "", employer_id: int | None = None) -> Appointment:
    key = EventKey(uid, slot)
    return Appointment(0, key, at(start), at(start + 60), at(-6000), DETAILS, employer_id)


def fact(minute: float, sign: Sign | Word = Sign.YOU_IN, source: Source = Source.SOUND) -> Evidence:
    return Evidence(at(minute), source, sign, at(minute + 1))


def stretch(start: float, end: float, number: int | None = None, source: Source = Source.SOUND) -> Watched:
    return Watched(Covered(Span(at(start), at(end)), source), number)


class StoreContract:
    """The tests."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError

    # ------------------------------------------------------------ transactions
    def test_what_is_written_is_there_afterwards(self, store: Store) -> None:
        with store.transaction() as record:
            added = record.add_appointment(draft())
            assert record.appointment(added.id) == added
        with store.reading() as record:
            assert record.appointment(added.id) == replace(draft(), id=added.id)

    def test_all_of_it_or_nothing(self, store: Store) -> None:
        with pytest.raises(RuntimeError, match="in the middle"), store.transaction() as record:  # noqa: PT012 - what fails is the block as a whole
            record.add_appointment(draft())
            record.remember("a", interview=True)
            raise RuntimeError("in the middle")
        with store.reading() as record:
            assert record.named("a") == ()
            assert not record.memory().interviews

    def test_it_works_on_after_an_error(self, store: Store) -> None:
        with pytest.raises(RuntimeError), store.transaction():
            raise RuntimeError
        with store.transaction() as record:
            record.remember("a", interview=True)
        with store.reading() as record:
            assert record.memory().interviews == {"a": True}

    # ------------------------------------------------------------ calendars and occurrences
    def test_calendars(self, store: Store) -> None:
        state = CalendarState("work", "ics", S, at(-1), "Gone.", at(-9), readable=True)
        with store.transaction() as record:
            assert record.calendar("work") is None
            record.save_calendar(CalendarState("work", "google"))
            record.save_calendar(CalendarState("home"))
            record.save_calendar(state)
            assert record.calendar("work") == state
            assert record.calendars() == (CalendarState("home"), state)

    def test_occurrences(self, store: Store) -> None:
        with store.transaction() as record:
            number = record.add_appointment(draft()).id
            first = Tracked(EventKey("a", "1"), "work", number, S, at(60), series="a")
            second = Tracked(EventKey("b"), "home", number, S, None)
            gone = replace(first, state=State.GONE, updated=at(1), missing_since=at(2), shown=at(3))
            for item in (first, second, gone):
                record.track(item)
            assert record.tracked("work") == {first.key: gone}
            assert record.foreign("work") == {second.key}
            assert record.tracked("none") == {}
            assert record.calendar_of(number) in {"work", "home"}
            assert record.calendar_of(number + 1) == ""

    def test_one_may_look_at_and_renew_an_appointment(self, store: Store) -> None:
        with store.transaction() as record:
            old = record.add_appointment(draft())
            new = record.add_appointment(replace(draft(start=90), follows=old.id, end=None))
            later = replace(new, details=Details(decision=Decision.NO), changed=at(5), end=at(95))
            record.save_appointment(later)
            assert record.appointment(new.id) == later
            assert record.planned(EventKey("a"), S) == old
            assert record.planned(EventKey("a", "1"), S) is None
            assert record.named("a") == (old, later)
            assert record.appointment(0) is None

    def test_what_is_around(self, store: Store) -> None:
        with store.transaction() as record:
            early, late = (record.add_appointment(draft(uid, start)) for uid, start in (("a", 0), ("b", 90)))
            assert record.around(Span(at(-60), at(0))) == ()
            assert record.around(Span(at(-60), at(1))) == (early,)
            assert record.around(Span(at(59), at(91))) == (early, late)
            assert record.around(Span(at(60), at(91))) == (late,)
            assert record.next_after(S) == late
            assert record.next_after(at(90)) is None

    def test_what_is_unfinished(self, store: Store) -> None:
        with store.transaction() as record:
            early, late = (record.add_appointment(draft(uid, start)) for uid, start in (("a", 0), ("b", 90)))
            record.mark_done(early.id, [Point.GIVE_UP], at(30))
            assert record.unfinished(Span(at(-1), at(91))) == (early, late)
            record.mark_done(early.id, [Point.END, Point.GIVE_UP], at(60))
            assert record.unfinished(Span(at(-1), at(91))) == (late,)
            assert record.done([early.id, late.id]) == {early.id: {Point.GIVE_UP, Point.END}}
            record.undo_done(at(30))
            assert record.done([early.id]) == {early.id: {Point.GIVE_UP}}

    # ------------------------------------------------------------ evidence and coverage
    def test_evidence_is_kept_as_it_is(self, store: Store) -> None:
        said = Evidence(S, Source.ANSWER, Word.LATE, at(1), 12, at(9), Side.YOURS, "A note.")
        with store.transaction() as record:
            number = record.add_appointment(draft()).id
            record.add_evidence(number, [said])
            (found,) = record.evidence(number, Span(at(5), at(6)))  # its own, wherever it lies
        assert replace(found, order=0) == said
        assert found.order > 0

    def test_a_fact_is_kept_once_and_an_answer_each_time(self, store: Store) -> None:
        heard, listed = fact(1), fact(1, source=Source.MEET)
        said = fact(2, Word.HERE, Source.ANSWER)
        with store.transaction() as record:
            number = record.add_appointment(draft()).id
            record.add_evidence(number, [heard, heard, listed, said, said])
            record.add_evidence(number, [heard, replace(heard, noted=at(50))])
            found = record.evidence(number, Span(at(0), at(9)))
        assert [one.sign for one in found] == [Sign.YOU_IN, Sign.YOU_IN, Word.HERE, Word.HERE]
        assert len({one.order for one in found}) == 4

    def test_whose_evidence_it_is(self, store: Store) -> None:
        with store.transaction() as record:
            mine, other = (record.add_appointment(draft(uid)).id for uid in "ab")
            record.add_evidence(mine, [fact(1)])
            record.add_evidence(other, [fact(2)])
            record.add_evidence(None, [fact(0), fact(3), fact(9), fact(9.1)])
            found = record.evidence(mine, Span(at(1), at(9)))
        assert [one.at for one in sorted(found, key=lambda one: one.at)] == [at(1), at(3), at(9)]

    def test_coverage_that_goes_on_is_one_stretch(self, store: Store) -> None:
        with store.transaction() as record:
            record.cover([stretch(0, 0), stretch(5, 6)])
            record.cover([stretch(0, 3), stretch(0, 4, source=Source.PHONE)])
            record.cover([stretch(0, 2)])
            record.cover([])
            assert self.covered(record) == [("phone", 0, 4), ("sound", 0, 3), ("sound", 5, 6)]

    def test_coverage_of_one_meeting_is_its_own(self, store: Store) -> None:
        with store.transaction() as record:
            mine, other = (record.add_appointment(draft(uid)).id for uid in "ab")
            record.cover([stretch(0, 1, mine, Source.MEET)])
            record.cover([stretch(1, 2, other, Source.MEET)])
            record.cover([stretch(3, 4)])
            assert self.covered(record, mine) == [("meet", 0, 1), ("sound", 3, 4)]
            assert self.covered(record, other) == [("meet", 1, 2), ("sound", 3, 4)]
            record.cover([stretch(0, 2, mine, Source.MEET)])
            assert self.covered(record, mine)[0] == ("meet", 0, 2)

    def test_only_coverage_in_the_window_is_shown(self, store: Store) -> None:
        with store.transaction() as record:
            record.cover([stretch(0, 10)])
            record.cover([stretch(20, 30)])
            assert self.covered(record, 1, 12, 18) == []
            assert self.covered(record, 1, 5, 25) == [("sound", 0, 10), ("sound", 20, 30)]

    def test_coverage_is_taken_back_when_the_clock_is(self, store: Store) -> None:
        with store.transaction() as record:
            for start, end in ((0, 10), (12, 20), (30, 40)):
                record.cover([stretch(start, end)])
            record.uncover(at(15))
            assert self.covered(record) == [("sound", 0, 10), ("sound", 12, 15)]

    @staticmethod
    def covered(record: Record, number: int = 1, start: float = -60, end: float = 60) -> list[tuple[str, float, float]]:
        found = record.coverage(number, Span(at(start), at(end)))
        minutes = timedelta(minutes=1)
        return sorted((one.source.value, (one.span.start - S) / minutes, (one.span.end - S) / minutes) for one in found)

    # ------------------------------------------------------------ verdicts, employers, scores
    def test_a_verdict_keeps_the_policy_it_was_judged_by(self, store: Store) -> None:
        late = Verdict(
            Outcome.LATE,
            Certainty.PRESUMED,
            Rule.SPEECH,
            12,
            None,
            0.28,
            False,
            ("So.",),
            12.5,
            at(12),
            True,
            Absence.KNOWN,
            True,
        )
        with store.transaction() as record:
            number = record.add_appointment(draft()).id
            assert record.verdict(number) is None
            assert record.policy_of(number) == {}
            record.save_verdict(number, NO_SHOW, Policy(), at(30))
            record.save_verdict(
                number, late, Policy(Checkpoints(late_after_minutes=7), Score(count_presumed=True)), at(31)
            )
            assert record.verdict(number) == late
            figures = record.policy_of(number)
        assert figures["score"] == {**figures["score"], "count_presumed": True}  # type: ignore[dict-item]  # JSON
        assert figures["reconnect"] == 60

    def test_the_record_leaves_out_what_is_no_interview(self, store: Store) -> None:
        with store.transaction() as record:
            kept = record.add_appointment(draft("a", 30))
            none = record.add_appointment(draft("b"))
            unsure = record.add_appointment(replace(draft("c"), details=Details(decision=Decision.MAYBE)))
            record.add_appointment(draft("d"))  # not judged yet
            for one in (kept, none, unsure):
                outcome = Outcome.NOT_INTERVIEW if one is none else Outcome.NO_SHOW
                record.save_verdict(one.id, NO_SHOW._replace(outcome=outcome), Policy(), S)
            assert [entry.appointment for entry in record.entries()] == [kept]
            assert record.entries()[0].verdict == NO_SHOW
            assert record.entries(4711) == ()

    def test_employers_are_known_again(self, store: Store) -> None:
        with store.transaction() as record:
            acme = record.identify(Employer("Acme", "acme.example"))
            assert acme is not None
            same = [Employer("ACME Inc."), Employer("Acme Careers", "acme.example"), Employer("acme", "acme.other")]
            assert [record.identify(one) for one in same] == [acme] * 3
            assert record.identify(Employer("Else", "acme.other")) == acme
            assert record.identify(Employer("Birch")) != acme
            assert record.identify(Employer()) is None
            assert record.memory().employers["acme.example"] == "Acme"

    def test_scores_stand_one_for_each_employer(self, store: Store) -> None:
        good, bad = (reliability(some, Score()) for some in ((), (NO_SHOW, NO_SHOW)))
        with store.transaction() as record:
            acme, birch = (record.identify(Employer(name, f"{name}.example")) for name in ("Acme", "Birch"))
            assert acme is not None
            assert birch is not None
            record.save_score(acme, good)
            record.save_score(birch, good)
            record.save_score(birch, bad)
            assert [company.name for company in record.companies()] == ["Birch", "Acme"]
            found = record.company_named("birch")
            assert found is not None
            assert (found.id, found.domain, found.score) == (birch, "Birch.example", bad)
            assert record.company_named("BIRCH.example") == found
            assert record.company_named("Cedar") is None

    def test_candidates_for_following(self, store: Store) -> None:
        with store.transaction() as record:
            acme = record.identify(Employer("Acme"))
            assert acme is not None
            numbers = [
                record.add_appointment(replace(draft(uid, employer_id=acme), changed=at(-60))).id for uid in "abc"
            ]
            states = (State.CANCELLED, State.GONE, State.STANDING)
            for uid, number, state in zip("abc", numbers, states, strict=True):
                record.track(Tracked(EventKey(uid), "work", number, S, None, state))
            found = {one.id: one.cancelled for one in record.candidates(acme)}
        assert found == {numbers[0]: at(-60), numbers[1]: at(-60), numbers[2]: None}

    # ------------------------------------------------------------ notices
    def test_a_notice_is_said_once(self, store: Store) -> None:
        with store.transaction() as record:
            number = record.add_appointment(draft()).id
            said = record.say(about(number), Kind.ASK, ASK, S, number)
            assert said is not None
            assert record.say(about(number), Kind.ASK, ASK._replace(title="Again"), at(1), number) is None
            assert record.say(about(number), Kind.LATE, ASK, at(1), number) is not None
            assert record.say("calendar:work", Kind.ASK, ASK, at(1)) is not None
            assert len(record.notices()) == 3
            assert record.notices()[0] == replace(said, message=ASK._replace(about=str(number)))

    def test_what_was_closed_before_anybody_saw_it_was_never_said(self, store: Store) -> None:
        with store.transaction() as record:
            said = record.say("calendar:work", Kind.ASK, ASK, S)
            assert said is not None
            record.close_notice(said.id, at(1))
            other = ASK._replace(title="Again")
            again = record.say("calendar:work", Kind.ASK, other, at(2))
            assert again is not None
            assert record.notices() == (again,)
            assert (again.created, again.message, again.closed) == (at(2), other, None)

    def test_said_once_even_after_it_was_closed(self, store: Store) -> None:
        with store.transaction() as record:
            said = record.say("calendar:work", Kind.PROBLEM, ASK, S)
            assert said is not None
            assert record.say("calendar:work", Kind.PROBLEM, ASK, at(1)) is None
            record.mark_shown(said.id, at(1), 7)
            record.close_notice(said.id, at(1))
            assert record.say("calendar:work", Kind.PROBLEM, ASK, at(2)) is None
            assert record.foremost(100) == ()
            record.forget_notice("calendar:work", Kind.PROBLEM)
            assert record.say("calendar:work", Kind.PROBLEM, ASK, at(3)) is not None

    def test_a_notice_is_shown_and_closed(self, store: Store) -> None:
        with store.transaction() as record:
            said = record.say("x", Kind.ASK, ASK, S)
            assert said is not None
            record.mark_shown(said.id, at(1), 7)
            record.mark_shown(said.id, at(2), 8)
            (found,) = record.foremost(100)
            assert (found.shown, found.shown_id, found.closed) == (at(1), 8, None)
            assert found.message == ASK
            record.close_notice(said.id, at(3))
            assert record.notices()[0].closed == at(3)

    def test_a_notice_that_is_handed_over_is_not_shown_yet(self, store: Store) -> None:
        with store.transaction() as record:
            said = record.say("x", Kind.ASK, ASK, S)
            assert said is not None
            record.mark_handed(said.id, 7)
            (found,) = record.foremost(100)
            assert (found.shown, found.shown_id) == (None, 7)

    def test_what_went_to_the_phone_was_said(self, store: Store) -> None:
        with store.transaction() as record:
            said = record.say("x", Kind.ASK, ASK, S)
            assert said is not None
            record.mark_forwarded(said.id, at(2))
            assert record.notices()[0].forwarded == at(2)
            record.close_notice(said.id, at(3))
            assert record.say("x", Kind.ASK, ASK, at(4)) is None

    def test_a_notice_can_be_put_in_other_words(self, store: Store) -> None:
        other = ASK._replace(title="Has Acme Labs joined?", body="", choices=(), urgency=Urgency.LOW)
        with store.transaction() as record:
            said, second = (record.say(subject, Kind.ASK, ASK, S) for subject in "xy")
            assert said is not None
            record.reword(said.id, other)
            assert record.notices() == (replace(said, message=other), second)

    def test_an_appointment_with_its_verdict(self, store: Store) -> None:
        with store.transaction() as record:
            one, other = (record.add_appointment(draft(uid)) for uid in "ab")
            record.save_verdict(one.id, NO_SHOW, Policy(), S)
            found = record.entry(one.id)
            assert found is not None
            assert (found.appointment, found.verdict) == (one, NO_SHOW)
            assert record.entry(other.id) is None
            assert record.entry(4711) is None

    # ------------------------------------------------------------ values
    def test_moments_come_back_as_utc_to_the_microsecond(self, store: Store) -> None:
        odd = datetime.fromisoformat("2026-07-02T10:00:00.123456-04:00")
        with store.transaction() as record:
            number = record.add_appointment(replace(draft(), start=odd)).id
            found = record.appointment(number)
        assert found is not None
        assert found.start == odd
        assert found.start.tzinfo is UTC

    def test_a_moment_without_a_zone_is_refused(self, store: Store) -> None:
        with pytest.raises(Exception, match="without a time zone"), store.transaction() as record:
            record.add_appointment(replace(draft(), start=S.replace(tzinfo=None)))

    def test_text_is_only_text(self, store: Store) -> None:
        hostile = "'; DROP TABLE evidence; -- \x00 %s {} é 🎉"
        with store.transaction() as record:
            one = record.add_appointment(replace(draft(hostile), details=Details(title=hostile, join=hostile)))
            assert record.named(hostile) == (one,)
