"""The participant list as a witness: who came when, and what must never be taken for an absence."""

import dataclasses
import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from showup.core.appointment import Appointment, Details
from showup.core.event import EventKey
from showup.core.evidence import Case, Sign
from showup.core.policy import Policy
from showup.core.recognition.result import Medium
from showup.core.verdict import judge
from showup.detectors.meet import MeetDetector
from showup.detectors.needs import GoogleAccount, Needs
from showup.google import connection
from showup.google.token import Token
from showup.ports import Findings
from tests.support.google_parts import NOW, Clock, Secrets, kept
from tests.support.meet_server import SCOPE, Meet, Meeting, Person, serving
from tests.support.session import wait_for

S = NOW
SAM, ANN = "117250000000000000001", "117250000000000000002"
LINK = "https://meet.google.com/abc-mnop-xyz?authuser=0"


def at(minutes: float) -> datetime:
    return S + timedelta(minutes=minutes)


def appointment(number: int = 1, link: str = LINK, medium: Medium | None = Medium.MEET) -> Appointment:
    details = Details("Interview with Acme", medium=medium, join=link)
    return Appointment(number, EventKey(f"a{number}"), S, at(60), at(-900), details)


def signed_in(*scopes: str, number: str = SAM) -> Secrets:
    secrets = kept("sam@example.org")
    token = Token.read(secrets.kept["google:sam@example.org"])
    token = dataclasses.replace(token, scopes=(*token.scopes, *scopes), number=number, expires=at(600))
    secrets.put("google:sam@example.org", token.text())
    return secrets


class Desk:
    """A detector, its clock and its server."""

    def __init__(self, meet: Meet, secrets: Secrets | None = None, *names: str) -> None:
        self.meet, self.clock, self.said = meet, Clock(), list[str]()
        self.sightings, self.watched = [], []  # type: ignore[var-annotated]  # as Findings has them
        account = GoogleAccount("sam@example.org", meet.address)
        needs = Needs(self.clock, self.said.append, secrets or signed_in(SCOPE), Policy(), (account,))
        self.detector = MeetDetector(dataclasses.replace(needs, options={"note_takers": names}))

    def hold(self, *people: Person, start: float = -5, end: float | None = None, code: str = "abc-mnop-xyz") -> None:
        self.meet.meetings.append(Meeting(code, at(start), None if end is None else at(end), list(people)))

    def read(self, minutes: float, *appointments: Appointment) -> Findings:
        """What one reading at this moment brings, from the beginning."""
        self.clock.passed = minutes * 60
        before = self.records
        self.detector.watch(())
        self.detector.watch(appointments or (appointment(),))
        wait_for(lambda: self.records > before and self.idle())
        return self.drain()

    def go_on(self, minutes: float) -> Findings:
        """The same, going on from the one before."""
        self.clock.passed = minutes * 60
        before = self.records
        reading = self.detector._reading
        assert reading
        reading._changed.set()
        wait_for(lambda: self.records > before and self.idle())
        return self.drain()

    def drain(self) -> Findings:
        found = self.detector.drain()
        self.sightings += found.sightings
        self.watched += found.watched
        return found

    def idle(self) -> bool:
        reading = self.detector._reading
        return reading is not None and not reading._changed.is_set() and reading.rests

    @property
    def records(self) -> int:
        return self.meet.asked.count("/v2/conferenceRecords")

    def verdict(self, minutes: float) -> tuple[str, str | None, int | None]:
        evidence = tuple(one.evidence for one in self.sightings)
        case = Case(appointment(), evidence, tuple(one.covered for one in self.watched))
        found = judge(case, Policy(), at(minutes))
        return found.outcome.value, found.certainty.value if found.certainty else None, found.minutes_late


@pytest.fixture
def meet() -> Iterator[Meet]:
    with serving() as server:
        yield server


@pytest.fixture
def desk(meet: Meet) -> Iterator[Desk]:
    made = Desk(meet)
    yield made
    made.detector.close()


def you(start: float = -1, end: float | None = None) -> Person:
    return Person(SAM, "Sam Delacroix", [(at(start), None if end is None else at(end))])


def ann(start: float, end: float | None = None, name: str = "Ann Acme", who: str = ANN) -> Person:
    return Person(who, name, [(at(start), None if end is None else at(end))])


def told(found: Findings) -> list[tuple[Sign, datetime]]:
    return [(Sign(one.evidence.sign), one.evidence.at) for one in found.sightings]


def test_who_came_later_is_late_by_the_lists_own_time(desk: Desk) -> None:
    desk.hold(you(), ann(12))
    found = desk.read(14)
    assert told(found) == [(Sign.YOU_IN, at(-1)), (Sign.THEY_IN, at(12))]
    assert {one.appointment_id for one in found.sightings} == {1}
    assert desk.verdict(20) == ("late", "confirmed", 12)


def test_alone_to_the_end_is_a_no_show_and_nothing_less_is(desk: Desk) -> None:
    desk.hold(you())
    found = desk.read(0)
    assert told(found) == [(Sign.YOU_IN, at(-1))]
    assert [one.appointment_id for one in found.watched] == [1]
    for half_minutes in range(2, 62):
        desk.go_on(half_minutes / 2 - 2 / 60)
    assert desk.verdict(30.1) == ("no_show", "confirmed", None)
    spans = sorted(one.covered.span for one in desk.watched)
    assert all(later.start == earlier.end for earlier, later in itertools.pairwise(spans))


def test_it_is_read_from_the_start_on_and_every_half_minute_at_most(desk: Desk) -> None:
    desk.hold(you())
    desk.clock.passed = -60
    desk.detector.watch((appointment(),))
    wait_for(desk.idle)
    assert desk.records == 0
    moments = []
    for second in range(-5, 400):
        desk.clock.passed = second
        reading = desk.detector._reading
        assert reading
        if reading._next(appointment()) <= desk.clock.now():
            before = desk.records
            reading._changed.set()
            wait_for(lambda before=before: desk.records > before and desk.idle())  # type: ignore[misc]  # mypy wants no default
            moments.append(second)
    assert moments[0] == 0
    assert 298 in moments  # right before the late checkpoint
    assert min(later - earlier for earlier, later in itertools.pairwise(moments)) >= 30


@pytest.mark.parametrize(
    "people",
    [
        [ann(0)],
        [],
        [Person("anonymous", "Sam Delacroix", [(at(0), None)])],
    ],
    ids=["only_they", "nobody", "your_name_alone"],
)
def test_a_meeting_that_you_have_not_joined_says_nothing(desk: Desk, people: list[Person]) -> None:
    desk.hold(*people)
    assert desk.read(8) == Findings()
    assert desk.verdict(40)[0] == "unknown"


def test_no_meeting_at_all_says_nothing(desk: Desk) -> None:
    assert desk.read(8) == Findings()
    assert desk.said == []


def test_a_meeting_held_under_the_same_code_at_another_time_is_another(desk: Desk) -> None:
    desk.hold(you(-2000), ann(-2000), start=-2000, end=-1900)
    desk.hold(you(-200), ann(-200), start=-201, end=-180)
    desk.hold(you())
    assert told(desk.read(6)) == [(Sign.YOU_IN, at(-1))]


def test_a_meeting_that_ended_and_was_opened_again_counts_as_one(desk: Desk) -> None:
    desk.hold(you(-1, 8), start=-1, end=8)
    desk.hold(you(10), ann(11), start=10)
    assert told(desk.read(14)) == [
        (Sign.YOU_IN, at(-1)),
        (Sign.YOU_OUT, at(8)),
        (Sign.YOU_IN, at(10)),
        (Sign.THEY_IN, at(11)),
    ]


@pytest.mark.parametrize("name", ["Fireflies.ai Notetaker Sam", "otter.ai", "Sam's  NoteTaker", "Read.ai"])
def test_what_writes_along_is_nobody(desk: Desk, name: str) -> None:
    desk.hold(you(), ann(1, name=name), ann(1, name=name, who="anonymous"))
    assert told(desk.read(6)) == [(Sign.YOU_IN, at(-1))]


@pytest.mark.parametrize("name", ["Ann (Gong)", "Otter Pilotsen", "Anna Notetakerova", "", "Metaview Ann"])
def test_a_person_is_no_bot_whoever_they_work_for(desk: Desk, name: str) -> None:
    desk.hold(you(), ann(1, name=name))
    assert (Sign.THEY_IN, at(1)) in told(desk.read(6))


def test_bots_can_be_added_and_who_dials_in_is_a_person(meet: Meet) -> None:
    desk = Desk(meet, None, "Acme  Scribe")
    desk.hold(you(), ann(1, name="ACME scribe"), ann(3, name="Acme Scribe", who="phone"))
    assert told(desk.read(6)) == [(Sign.YOU_IN, at(-1)), (Sign.THEY_IN, at(3))]
    desk.detector.close()


def test_everybody_on_several_pages_is_seen_and_each_coming_and_going(desk: Desk) -> None:
    crowd = [ann(minute, minute + 1, who=f"9{minute}") for minute in range(1, 6)]
    back = Person(SAM, "Sam", [(at(-3), at(-2)), (at(-1), at(2)), (at(4), None)])
    desk.hold(*crowd, back)
    signs = told(desk.read(7))
    assert signs[-1] == (Sign.THEY_OUT, at(6))
    assert [moment for sign, moment in signs if sign is Sign.YOU_IN] == [at(-3), at(-1), at(4)]
    assert [moment for sign, moment in signs if sign is Sign.THEY_IN] == [at(1)]


def test_after_you_have_left_no_more_is_watched(desk: Desk) -> None:
    desk.hold(you())
    desk.read(0)
    desk.go_on(8)
    desk.meet.meetings[0].people = [you(-1, 8.2)]
    found = desk.go_on(9)
    assert told(found) == [(Sign.YOU_OUT, at(8.2))]
    assert len(found.watched) == 1
    assert desk.go_on(10) == Findings()


FAULTS = {
    "status 500": "",
    "status 403": "",
    "status 404": "",
    "status 429": "",
    "hang": "",
    "body <html>sign in</html>": "",
    "body {": "",
    "body []": "",
    'body {"kind": "calendar#events"}': "",
    'body {"conferenceRecords": 1}': "",
    'body {"conferenceRecords": [{"name": "x", "startTime": "soon"}]}': "",
    'body {"conferenceRecords": [{"name": 5, "startTime": "2026-11-24T09:00:00"}]}': "",
    "status 403 SERVICE_DISABLED": "The Google Meet REST API is not enabled in your project.",
    "status 403 ACCESS_TOKEN_SCOPE_INSUFFICIENT": "does not allow lists of participants to be read.",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_says_anything_of_anybody(desk: Desk, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SECONDS", 0.3)
    desk.hold(you())
    desk.meet.fault = fault
    assert desk.read(6) == Findings()
    assert len(desk.said) == bool(FAULTS[fault])
    assert FAULTS[fault] in " ".join(desk.said)
    for place in ("/participants", "/participantSessions") if fault != "status 404" else ():
        desk.meet.fault_at = place
        found = desk.read(7)
        assert found == Findings() or told(found) == [(Sign.YOU_IN, at(-1))]


def test_after_a_fault_it_begins_anew_and_claims_nothing_between(desk: Desk) -> None:
    desk.hold(you())
    desk.read(0)
    desk.meet.fault = "status 400"
    assert desk.go_on(4) == Findings()
    desk.meet.fault = ""
    (watched,) = desk.go_on(5).watched
    assert watched.covered.span.start == watched.covered.span.end == at(5)


def test_a_lasting_trouble_is_said_once_and_a_passing_one_late(desk: Desk) -> None:
    desk.meet.fault = "status 400"
    desk.read(0)
    for minute in (1, 2, 3, 4):
        assert len(desk.said) == (minute > 2)
        desk.go_on(minute)
    assert desk.said == [
        "Google Meet: Google refuses to give out the list of participants (400). It is tried again soon."
    ]


@pytest.mark.parametrize(("scopes", "number"), [((), SAM), ((SCOPE,), "")])
def test_a_sign_in_that_does_not_do_is_said_with_the_command(meet: Meet, scopes: tuple[str, ...], number: str) -> None:
    desk = Desk(meet, signed_in(*scopes, number=number))
    desk.detector.watch((appointment(),))
    wait_for(lambda: bool(desk.said))
    assert desk.said == [
        (
            "Google Meet: The sign-in with Google does not allow lists of participants to be read. "
            "Sign in with `showup calendar add google --account sam@example.org --meet`."
        )
    ]
    assert meet.asked == []
    desk.detector.close()


@pytest.mark.parametrize(
    "other",
    [
        appointment(link="https://meet.google.com.evil.example/abc-mnop-xyz"),
        appointment(link="https://evil.example/https://meet.google.com/abc-mnop-xyz"),
        appointment(link="https://meet.google.com/lookup/abcdef"),
        appointment(link=""),
        appointment(medium=Medium.ZOOM),
        appointment(medium=None),
    ],
    ids=str,
)
def test_nothing_else_is_ever_asked_for(desk: Desk, other: Appointment) -> None:
    desk.detector.watch((other,))
    assert desk.detector._reading is None


def test_a_server_that_hangs_holds_nobody_up(desk: Desk) -> None:
    desk.meet.fault = "hang"
    desk.detector.watch((appointment(),))
    wait_for(lambda: bool(desk.meet.asked))
    assert desk.detector.drain() == Findings()
    desk.detector.restart()
    desk.detector.watch(())
    desk.detector.close()


def test_no_name_is_in_what_it_tells(desk: Desk) -> None:
    desk.hold(you(), ann(1, name="Ann Secret"))
    assert "Secret" not in repr(desk.read(6)) + "".join(desk.said)
    assert "Delacroix" not in repr(desk.sightings)


def stranger(number: int) -> Appointment:
    """One of many meetings, each with a link of its own."""
    code = "".join("abcdefghij"[int(digit)] for digit in str(number))
    return appointment(number, f"https://meet.google.com/x-{code}-x")


def test_a_crowd_of_meetings_takes_turns_and_the_one_where_you_are_is_read_each_time(desk: Desk) -> None:
    desk.hold(you(), ann(2))
    crowd = (*map(stranger, range(100, 250)), appointment())
    assert told(desk.read(1, *crowd)) == []
    assert desk.records == 60
    desk.go_on(1.5)
    assert desk.records == 120
    assert told(desk.go_on(2.5)) == [(Sign.YOU_IN, at(-1)), (Sign.THEY_IN, at(2))]  # it was the last of them
    assert desk.records == 180
    for minutes in (3.5, 4.5, 5.5):
        found = desk.go_on(minutes)
        assert [one.covered.span.end for one in found.watched] == [at(minutes)]
    assert desk.records <= 180 + 3 * 61
