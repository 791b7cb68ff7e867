"""Our own rules: which version counts, what is known, what becomes of what cannot be used."""

from datetime import UTC, datetime, timedelta

import pytest

from showup.core.event import Event, EventKey, Status
from showup.core.problem import Problem
from showup.formats.ics import Parsed, merged, occurrences, vevents
from tests.support.ics import END, GOOD, HEAD, START, TAIL, calendar, crlf, timed, vevent

FAR = ":20300101T090000Z"
WEEKLY = timed(":20261103T090000Z", ":20261103T100000Z", more="RRULE:FREQ=WEEKLY")


def parsed(data: bytes, *known: str, zone: str | None = "Europe/Berlin") -> Parsed:
    return occurrences(data, START, END, frozenset(known), zone)


def starts(found: Parsed) -> dict[EventKey, str]:
    made = {event.key: f"{event.start:%m%dT%H}" if event.start else "?" for event in found.events}
    assert len(made) == len(found.events)
    return made


class TestVersions:
    def test_the_highest_sequence_counts(self) -> None:
        old, new = timed(":20261124T090000Z", more="SEQUENCE:9"), timed(":20261124T110000Z", more="SEQUENCE:10")
        for events in ((old, new), (new, old)):
            assert starts(parsed(calendar(*events))) == {EventKey("a@x"): "1124T11"}

    def test_then_the_last_change(self) -> None:
        old = timed(":20261124T090000Z", more="LAST-MODIFIED:20261101T000000Z")
        new = timed(":20261124T110000Z", more="LAST-MODIFIED:20261102T000000Z")
        none = timed(":20261124T130000Z")
        for events in ((old, new, none), (none, new, old)):
            assert starts(parsed(calendar(*events))) == {EventKey("a@x"): "1124T11"}

    def test_a_new_version_outside_the_window_hides_the_old_one_in_it(self) -> None:
        data = calendar(timed(":20261124T090000Z", more="SEQUENCE:1"), timed(FAR, more="SEQUENCE:2"))
        assert starts(parsed(data)) == {}
        assert starts(parsed(data, "a@x")) == {EventKey("a@x"): "0101T09"}

    def test_versions_of_an_occurrence(self) -> None:
        slot = "RECURRENCE-ID:20261124T090000Z\nSEQUENCE:"
        one, two = timed(":20261124T110000Z", more=slot + "1"), timed(FAR, more=slot + "2")
        assert starts(parsed(calendar(WEEKLY, two, one))) == {
            EventKey("a@x", "20261201T090000Z"): "1201T09",
            EventKey("a@x", "20261208T090000Z"): "1208T09",
        }

    def test_each_once_has_the_newest_version_only(self) -> None:
        data = calendar(
            timed(":20261124T090000Z", more="SEQUENCE:2"), GOOD, timed(":20261124T110000Z", more="SEQUENCE:1")
        )
        found = [each for each in vevents(data, None) if isinstance(each, Event)]
        assert [(each.key.uid, each.start and each.start.hour) for each in found] == [("good@x", 9), ("a@x", 9)]

    def test_of_several_files_the_newest(self) -> None:
        parts = [
            parsed(calendar(timed(f":20261124T{hour:02}0000Z", more=f"SEQUENCE:{hour % 5}"))) for hour in range(10)
        ]
        assert starts(merged(parts)) == {EventKey("a@x"): "1124T04"}


class TestKnown:
    def test_a_single_event_wherever_it_is(self) -> None:
        data = calendar(timed(FAR), timed(FAR, uid="b@x"))
        assert starts(parsed(data)) == {}
        assert starts(parsed(data, "a@x")) == {EventKey("a@x"): "0101T09"}

    def test_a_changed_occurrence_wherever_it_is(self) -> None:
        away = timed(FAR, more="RECURRENCE-ID:20261124T090000Z")
        old = timed(":20251201T110000Z", more="RECURRENCE-ID:20251202T090000Z")
        data = calendar(WEEKLY, away, old)
        regular = {EventKey("a@x", f"202612{day}T090000Z"): f"12{day}T09" for day in ("01", "08")}
        assert starts(parsed(data)) == regular
        assert starts(parsed(data, "a@x")) == regular | {
            EventKey("a@x", "20261124T090000Z"): "0101T09",
            EventKey("a@x", "20251202T090000Z"): "1201T11",
        }

    def test_a_changed_occurrence_that_was_then_taken_out(self) -> None:
        master = WEEKLY.replace("SUMMARY", "EXDATE:20261124T090000Z\nSUMMARY")
        away = timed(FAR, more="RECURRENCE-ID:20261124T090000Z")
        assert EventKey("a@x", "20261124T090000Z") not in starts(parsed(calendar(master, away), "a@x"))

    def test_a_single_event_that_excepts_itself(self) -> None:
        assert starts(parsed(calendar(timed(FAR, more=f"EXDATE{FAR}")), "a@x")) == {}

    def test_a_single_event_and_its_own_change(self) -> None:
        data = calendar(timed(":20261124T090000Z"), timed(":20261124T150000Z", more="RECURRENCE-ID:20261124T090000Z"))
        for known in ((), ("a@x",)):
            assert starts(parsed(data, *known)) == {EventKey("a@x", "20261124T090000Z"): "1124T15"}

    def test_an_unreadable_one_is_there_without_a_time(self) -> None:
        data = calendar(timed(":whenever"), GOOD)
        assert starts(parsed(data)) == {EventKey("good@x"): "1125T09"}
        found = parsed(data, "a@x")
        assert starts(found) == {EventKey("a@x"): "?", EventKey("good@x"): "1125T09"}
        assert found.warnings == ("The event “Interview” cannot be used: “whenever” is no date or time.",)

    def test_of_a_readable_and_an_unreadable_version_the_readable_one_is_shown(self) -> None:
        for events in ((timed(FAR), timed(":whenever")), (timed(":whenever"), timed(FAR))):
            found = parsed(calendar(*events), "a@x")
            assert starts(found) == {EventKey("a@x"): "0101T09"}
            assert len(found.warnings) == 1

    def test_where_the_library_fails_the_rest_is_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise RecursionError

        monkeypatch.setattr("showup.formats.ics.repeated._Series", fail)
        data = calendar(WEEKLY, GOOD)
        assert starts(parsed(data)) == {EventKey("good@x"): "1125T09"}
        found = parsed(data, "a@x")
        assert starts(found) == {EventKey("a@x"): "?", EventKey("good@x"): "1125T09"}
        assert found.warnings == (
            "The event “Interview” cannot be used: its repetitions cannot be worked out (RecursionError).",
        )

    def test_uids_are_compared_as_they_are_meant(self) -> None:
        data = calendar(timed(FAR, uid="a\\,b\\;c"), timed(FAR, uid="spread\n  over"))
        assert set(starts(parsed(data, "a,b;c", "spread over"))) == {EventKey("a,b;c"), EventKey("spread over")}

    def test_an_end_without_a_beginning_hides_no_uid(self) -> None:
        data = calendar(timed(FAR).replace("UID", "END:VALARM\nUID"))
        assert set(starts(parsed(data, "a@x"))) == {EventKey("a@x")}

    def test_a_made_up_uid_stays_the_same_and_can_be_known(self) -> None:
        data = calendar(timed(FAR).replace("UID:a@x\n", ""))
        (event,) = vevents(data, None)
        assert isinstance(event, Event)
        assert event.key.uid.startswith("no-uid-")
        assert starts(parsed(data, event.key.uid)) == {event.key: "0101T09"}


class TestSeries:
    def test_this_and_future_keeps_the_key_of_each_slot(self) -> None:
        later = timed(
            ":20261124T110000Z", ":20261124T123000Z", more="RECURRENCE-ID;RANGE=THISANDFUTURE:20261124T090000Z"
        )
        found = parsed(calendar(WEEKLY, later))
        assert starts(found) == {
            EventKey("a@x", "20261124T090000Z"): "1124T11",
            EventKey("a@x", "20261201T090000Z"): "1201T11",
            EventKey("a@x", "20261208T090000Z"): "1208T11",
        }
        assert {event.end - event.start for event in found.events if event.start and event.end} == {
            timedelta(minutes=90)
        }

    def test_the_clock_on_the_wall_counts(self) -> None:
        data = calendar(timed(";TZID=America/New_York:20260901T090000", more="RRULE:FREQ=MONTHLY;BYMONTHDAY=1"))
        found = occurrences(data, datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), frozenset(), None)
        assert [event.start and event.start.hour for event in found.events] == [13, 13, 14, 14]

    def test_all_day(self) -> None:
        data = calendar(timed(";VALUE=DATE:20261124", more="RRULE:FREQ=DAILY;COUNT=2"))
        found = parsed(data)
        assert [(event.key.recurrence_id, event.start, event.end, event.all_day) for event in found.events] == [
            ("20261124", None, None, True),
            ("20261125", None, None, True),
        ]

    def test_a_cancelled_occurrence_is_shown_and_an_excepted_one_is_not(self) -> None:
        gone = timed(":20261124T090000Z", more="RECURRENCE-ID:20261124T090000Z\nSTATUS:CANCELLED")
        found = parsed(calendar(WEEKLY.replace("SUMMARY", "EXDATE:20261201T090000Z\nSUMMARY"), gone))
        assert {event.key.recurrence_id: event.status for event in found.events} == {
            "20261124T090000Z": Status.CANCELLED,
            "20261208T090000Z": Status.CONFIRMED,
        }

    def test_a_floating_slot_is_in_the_zone_of_its_event(self) -> None:
        data = calendar(
            timed(";TZID=Asia/Tokyo:20261124T180000", more="RRULE:FREQ=DAILY;COUNT=2"),
            timed(";TZID=Asia/Tokyo:20261124T200000", more="RECURRENCE-ID:20261124T180000"),
        )
        assert starts(parsed(data)) == {
            EventKey("a@x", "20261124T090000Z"): "1124T11",
            EventKey("a@x", "20261125T090000Z"): "1125T09",
        }

    def test_an_unknown_zone_gives_no_time_and_no_z(self) -> None:
        found = parsed(calendar(timed(";TZID=Nowhere:20261124T090000", more="RRULE:FREQ=DAILY;COUNT=2")))
        assert starts(found) == {EventKey("a@x", "20261124T090000"): "?", EventKey("a@x", "20261125T090000"): "?"}
        assert {event.warnings for event in found.events} == {("The time zone “Nowhere” is not known.",)}
        assert found.warnings == ("The time zone “Nowhere” is not known.",)

    def test_a_long_event_that_repeats_reaches_into_the_window(self) -> None:
        data = calendar(
            timed(":20260801T090000Z", ":20260831T090000Z", more="RRULE:FREQ=MONTHLY;UNTIL=20261101T090000Z")
        )
        assert starts(parsed(data)) == {EventKey("a@x", "20261101T090000Z"): "1101T09"}

    def test_a_second_rule_goes_on_when_the_first_has_ended(self) -> None:
        rules = "RRULE:FREQ=DAILY;UNTIL=20200101T000000Z\nRRULE:FREQ=WEEKLY"
        assert len(parsed(calendar(timed(":20191203T090000Z", more=rules))).events) == 3

    def test_a_series_that_counts_in_long_steps(self) -> None:
        for count, expected in ((3, 0), (4, 1)):
            data = calendar(timed(":20260901T090000Z", more=f"RRULE:FREQ=WEEKLY;INTERVAL=4;COUNT={count}"))
            assert len(parsed(data).events) == expected
            data = calendar(timed(":20260831T090000Z", more=f"RRULE:FREQ=DAILY;INTERVAL=28;COUNT={count}"))
            assert len(parsed(data).events) == expected

    def test_what_has_no_length_has_a_part_in_the_window_at_its_start_and_not_at_its_end(self) -> None:
        for moment, expected in (
            (START, 1),
            (END, 0),
            (END - timedelta(seconds=1), 1),
            (START - timedelta(seconds=1), 0),
        ):
            for more in ("", "RRULE:FREQ=DAILY;COUNT=1"):
                assert len(parsed(calendar(timed(f":{moment:%Y%m%dT%H%M%SZ}", more=more))).events) == expected


class TestZones:
    def test_nothing_is_carried_from_one_calendar_to_the_next(self) -> None:
        def made(offset: str) -> str:
            return (
                "BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
                f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\n"
            )

        event = timed(";TZID=Office:20261124T120000")
        assert starts(parsed(calendar(made("+0100"), event))) == {EventKey("a@x"): "1124T11"}
        assert starts(parsed(calendar(made("+0300"), event))) == {EventKey("a@x"): "1124T09"}
        assert starts(parsed(calendar(event))) == {EventKey("a@x"): "?"}
        both = crlf(HEAD + made("+0100") + event + TAIL + HEAD + made("+0300") + event.replace("a@x", "b@x") + TAIL)
        assert starts(parsed(both)) == {EventKey("a@x"): "1124T11", EventKey("b@x"): "1124T09"}

    def test_a_floating_time_without_any_zone_is_not_told(self) -> None:
        found = parsed(calendar(timed(":20261124T120000")), zone=None)
        assert starts(found) == {EventKey("a@x"): "?"}
        assert found.warnings == ("The time zone of this calendar is not known.",)

    def test_a_zone_with_summer_time(self) -> None:
        zone = (
            "BEGIN:VTIMEZONE\nTZID:Custom\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
            "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
            "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
            "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
        )
        data = calendar(zone, timed(";TZID=Custom:20260720T120000", more="RRULE:FREQ=MONTHLY"))
        found = occurrences(data, datetime(2026, 7, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), frozenset(), None)
        assert [event.start and event.start.hour for event in found.events] == [10, 10, 10, 10, 11, 11]


class TestEachOnce:
    def test_a_series_is_told_once_and_a_change_for_itself(self) -> None:
        data = calendar(WEEKLY, timed(FAR, more="RECURRENCE-ID:20261124T090000Z"), GOOD)
        found = [each for each in vevents(data, None) if isinstance(each, Event)]
        assert [(each.key, each.series) for each in found] == [
            (EventKey("a@x"), "a@x"),
            (EventKey("a@x", "20261124T090000Z"), "a@x"),
            (EventKey("good@x"), ""),
        ]

    def test_one_that_cannot_be_used_is_a_problem_in_its_place(self) -> None:
        first, second = vevents(calendar(timed(":whenever"), GOOD), None)
        assert isinstance(first, Problem)
        assert first.sentence == "The event “Interview” cannot be used: “whenever” is no date or time."
        assert isinstance(second, Event)

    def test_method_cancel_cancels(self) -> None:
        (event,) = vevents(calendar("METHOD:CANCEL\n", GOOD), None)
        assert isinstance(event, Event)
        assert event.status is Status.CANCELLED

    def test_an_event_of_outlook(self) -> None:
        (event,) = vevents(
            calendar(
                "NAME:Mine\n",
                vevent(
                    "DTSTART;TZID=tzone://Microsoft/Utc:20261124T090000\nX-ALT-DESC;FMTTYPE=text/html:<p>Join\\n</p>\n"
                    "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/1"
                ),
            ),
            None,
        )
        assert isinstance(event, Event)
        assert event.start == datetime(2026, 11, 24, 9, tzinfo=UTC)
        assert (event.description, event.calendar_name) == ("<p>Join\n</p>", "Mine")
        assert event.conference == ("https://teams.microsoft.com/l/1",)


@pytest.mark.parametrize("year", [1, 1900, 9999])
def test_windows_at_the_ends_of_time(year: int) -> None:
    start = datetime(year, 1, 2, tzinfo=UTC)
    assert occurrences(calendar(GOOD), start, start + timedelta(days=300), frozenset(), None).events == ()
