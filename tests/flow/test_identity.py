"""identity: who is who, by recognition alone and by the person's word, on the real recogniser and record."""

from collections.abc import Callable

import pytest

from showup.core.event import Event, EventKey, Person
from showup.core.evidence import Word
from showup.core.problem import Problem, Usage
from showup.core.recognition.knowledge import Role
from showup.core.recognition.recognise import recognise
from showup.core.record import Company
from showup.core.spans import Span
from showup.flow.answer import Said, answer
from showup.flow.collect import Collector
from showup.flow.identity import Domains, alias, merge, rename, split
from showup.flow.judge import Judge
from showup.flow.keep import Rules
from showup.flow.remark import write_note
from showup.knowledge import load
from showup.ports import Record
from showup.store.database import Database
from tests.support.fakes import OWNER, FakeCalendar, at, poll

KNOWLEDGE = load()
SAM = Person("sam@example.org", you=True)


def between(address: str) -> bool:
    return KNOWLEDGE.sender(address.rpartition("@")[2]) is not None


DOMAINS = Domains(KNOWLEDGE.registrable, between)


def interview(uid: str, who: str, sender: str, title: str = "Interview with {}", **more: object) -> Event:
    """An invitation to a candidate, each on a day of its own."""
    hour = 60 * 24 * (1 + sum(map(ord, uid)) % 90)
    fields: dict[str, object] = {"organizer": Person(sender), "attendees": (SAM, Person(sender)), **more}
    return Event(EventKey(uid), at(hour), at(hour + 60), summary=title.format(who), **fields)  # type: ignore[arg-type]  # as each test says


class Desk:
    """A calendar that grows, read into a real record by the real recogniser."""

    def __init__(self, store: Database, judge: Judge) -> None:
        self.store, self.judge = store, judge
        self.calendar, self.now = FakeCalendar(), -9000.0
        self.start()

    def start(self) -> None:
        """As the daemon begins: every event is looked at anew."""
        rules = Rules(self.judge, OWNER, between)
        self.collector = Collector(
            self.calendar, "fake", self.store, rules, lambda event, memory: recognise(event, OWNER, KNOWLEDGE, memory)
        )

    def read(self, *events: Event) -> None:
        self.calendar.events = [*self.calendar.events, *events]
        self.now += 1
        poll(self.store, self.collector, at(self.now))

    def missed(self, uid: str) -> None:
        with self.store.transaction() as record:
            (one,) = record.named(uid)
            answer(record, self.judge, one, Said(Word.NO_SHOW), one.ends)

    def of(self) -> dict[str, tuple[str, str]]:
        """For each event its company's name, and the name that its appointment shows."""
        with self.store.reading() as record:
            found = {entry.appointment.key.uid: entry.appointment for entry in record.entries()}
            return {
                uid: (company.name, one.details.employer.name)
                for uid, one in found.items()
                if one.employer_id is not None and (company := record.company(one.employer_id))
            }

    def companies(self) -> dict[str, tuple[int, int]]:
        """By name: how many appointments are over, and how many no-shows count."""
        with self.store.reading() as record:
            return {one.name: (one.score.appointments, one.score.no_shows) for one in record.companies()}

    def say(self, what: Callable[..., Company], *arguments: object) -> Company:
        """The person's word."""
        with self.store.transaction() as record:
            return what(record, *arguments)

    def split(self, name: str, uids: list[str], new: str) -> Company:
        with self.store.transaction() as record:
            return split(record, self.judge, name, [one for uid in uids for one in record.named(uid)], new)


@pytest.fixture
def desk(store: Database, judge: Judge) -> Desk:
    return Desk(store, judge)


def both(name: str) -> tuple[str, str]:
    return name, name


# ---------------------------------------------------------------- what recognition does by itself
def test_spellings_and_the_domain_are_one_company(desk: Desk) -> None:
    desk.read(
        interview("a", "Acme, Inc.", "hr@acme.com"),
        interview("b", "ACME", "no-reply@greenhouse.io"),
        interview("c", "somebody", "hr@acme.com", "Phone interview", description="We look forward to it."),
    )
    assert len({company for company, _ in desk.of().values()}) == 1
    assert set(desk.of()) == {"a", "b", "c"}
    assert all(company == shown for company, shown in desk.of().values())


@pytest.mark.parametrize(
    ("role", "first", "second"),
    [
        (Role.APPLICANTS, "no-reply@us.greenhouse-mail.io", "no-reply@us.greenhouse-mail.io"),
        (Role.APPLICANTS, "no-reply@greenhouse.io", "no-reply@greenhouse.io"),
        (Role.FREE_MAIL, "anna.recruits@gmail.com", "bert.recruits@gmail.com"),
        (Role.AGENCY, "jo@roberthalf.com", "jo@roberthalf.com"),
        (Role.AGENCY, "jo@harper-recruiting.com", "jo@harper-recruiting.com"),
    ],
)
def test_two_behind_one_sender_stay_apart(desk: Desk, role: Role, first: str, second: str) -> None:
    known = KNOWLEDGE.sender(first.rpartition("@")[2])
    assert (known.role if known else Role.AGENCY) is role
    desk.read(interview("a", "Borealis", first), interview("b", "Larkspur", second))
    assert desk.of() == {"a": both("Borealis"), "b": both("Larkspur")}


# ---------------------------------------------------------------- rename
def test_a_new_name_holds_for_what_is_and_what_comes(desk: Desk) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"), interview("z", "Birch", "hr@birch.com"))
    assert desk.say(rename, "acme.com", "Zenith").name == "Zenith"
    desk.read(
        interview("b", "Acme", "hr@acme.com"),
        interview("c", "Acme", "no-reply@greenhouse.io"),
        interview("d", "Zenith", "no-reply@greenhouse.io"),
    )
    assert desk.of() == {uid: both("Zenith") for uid in "abcd"} | {"z": both("Birch")}


def test_a_new_name_outlives_a_restart_and_a_change_of_the_event(desk: Desk) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"))
    desk.say(rename, "Acme", "Zenith")
    desk.calendar.events = [interview("a", "Acme", "hr@acme.com", "Final interview with {}")]
    desk.start()
    desk.read()
    assert desk.of() == {"a": both("Zenith")}
    with desk.store.reading() as record:
        assert record.named("a")[0].details.title.startswith("Final")


def test_another_spelling_of_the_same_name(desk: Desk) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"))
    assert desk.say(rename, "Acme", "ACME GmbH").name == "ACME GmbH"


# ---------------------------------------------------------------- merge
def test_merged_companies_are_one_with_one_score(desk: Desk) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"), interview("b", "Acme Labs", "hr@acmelabs.io"))
    for uid in "ab":
        desk.missed(uid)
    assert sorted(desk.companies().values()) == [(1, 1), (1, 1)]
    name = desk.of()["b"][0]
    before = facts(desk)
    assert all(before)
    done = desk.say(merge, desk.judge, name, "Acme")
    assert (done.name, done.score.no_shows, done.score.misses_in_a_row) == ("Acme", 2, 2)
    assert desk.companies() == {"Acme": (2, 2)}
    desk.read(interview("c", name, "hr@acmelabs.io"), interview("d", name, "no-reply@greenhouse.io"))
    assert desk.of() == {uid: both("Acme") for uid in "abcd"}
    assert facts(desk) == before


def facts(desk: Desk) -> list[object]:
    """All evidence, as it stands."""
    with desk.store.reading() as record:
        return [record.evidence(one.id, Span(at(0), at(0))) for uid in "ab" for one in record.named(uid)]


# ---------------------------------------------------------------- alias
@pytest.mark.parametrize(
    ("other", "who", "sender"),
    [
        ("Roadrunner Traps", "Roadrunner Traps", "no-reply@greenhouse.io"),
        ("rrtraps.io", "Roadrunner Traps", "hr@rrtraps.io"),
        ("careers.RRTRAPS.io", "Roadrunner Traps", "hr@mail.rrtraps.io"),
        ("hr@rrtraps.io", "Roadrunner Traps", "jo@rrtraps.io"),
    ],
)
def test_an_alias_leads_to_the_company(desk: Desk, other: str, who: str, sender: str) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"))
    desk.say(alias, "Acme", other, DOMAINS)
    desk.read(interview("b", who, sender))
    assert desk.of() == {"a": both("Acme"), "b": both("Acme")}


@pytest.mark.parametrize(
    "other", ["gmail.com", "jo@gmail.com", "greenhouse.io", "us.greenhouse-mail.io", "roberthalf.com"]
)
def test_a_domain_that_many_use_is_nobodys(desk: Desk, other: str) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"))
    with pytest.raises(Problem, match="Many companies write from"):
        desk.say(alias, "Acme", other, DOMAINS)


# ---------------------------------------------------------------- split
def test_split_parts_events_for_good_and_leaves_the_names(desk: Desk) -> None:
    desk.read(*(interview(uid, "Acme", "hr@acme.com") for uid in "abc"))
    for uid in "ab":
        desk.missed(uid)
    done = desk.split("Acme", ["b", "c"], "Acme Labs")
    assert (done.name, done.score.no_shows) == ("Acme Labs", 1)
    assert desk.companies() == {"Acme": (1, 1), "Acme Labs": (1, 1)}
    desk.start()
    desk.read(interview("d", "Acme", "hr@acme.com"), interview("e", "Acme Labs", "no-reply@greenhouse.io"))
    parted = {uid: both("Acme Labs") for uid in "bce"}
    assert desk.of() == parted | {uid: both("Acme") for uid in "ad"}


def test_an_event_that_moves_after_a_split_stays_where_it_was_put(desk: Desk) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"), interview("b", "Acme", "hr@acme.com"))
    desk.split("Acme", ["b"], "Birch")
    first, second = desk.calendar.events
    later = Event(second.key, at(9000), at(9060), summary=second.summary, organizer=second.organizer)
    desk.calendar.events = [first, later]
    desk.read()
    with desk.store.reading() as record:
        assert [one.details.employer.name for one in record.named("b")] == ["Birch", "Birch"]


def test_a_split_can_be_taken_back_and_made_again(desk: Desk) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"), interview("b", "Acme", "hr@acme.com"))
    desk.split("Acme", ["b"], "Birch")
    desk.say(merge, desk.judge, "Birch", "Acme")
    assert desk.of() == {"a": both("Acme"), "b": both("Acme")}
    desk.start()
    desk.read()
    assert desk.of() == {"a": both("Acme"), "b": both("Acme")}
    desk.split("Acme", ["b"], "Cedar")
    assert desk.of() == {"a": both("Acme"), "b": both("Cedar")}


def test_a_split_goes_to_a_company_that_is_there(desk: Desk) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"), interview("b", "Birch", "hr@birch.com"))
    desk.split("Acme", ["a"], "BIRCH")
    assert desk.of() == {"a": both("Birch"), "b": both("Birch")}


# ---------------------------------------------------------------- what is refused
def _split(record: Record, judge: Judge, uid: str, new: str) -> Company:
    return split(record, judge, "Acme", record.named(uid), new)


@pytest.mark.parametrize(
    ("what", "arguments", "said"),
    [
        (rename, ("Nobody", "Zed"), "There is no company “Nobody” on record. `showup companies` lists them."),
        (
            rename,
            ("Acme", "birch"),
            "Birch is known by that name already. `showup company merge Birch Acme` makes them one.",
        ),
        (rename, ("Acme", "\x1b[31m\u202e "), "That is no company's name. Give one of 1 to 100 characters."),
        (rename, ("Acme", "x" * 101), "That is no company's name. Give one of 1 to 100 characters."),
        (merge, ("Acme", "Nobody"), "There is no company “Nobody” on record. `showup companies` lists them."),
        (
            merge,
            ("Acme", "acme.com"),
            "“Acme” and “acme.com” are one company already. `showup company Acme` shows it.",
        ),
        (
            alias,
            ("Acme", "birch.com"),
            "Birch is known by that name already. `showup company merge Birch Acme` makes them one.",
        ),
        (
            _split,
            ("b", "Zed"),
            "Interview 2 is with Birch, not with Acme. `showup company Acme` lists theirs.",
        ),
        (_split, ("a", "ACME"), "“ACME” is a name of Acme itself. Choose one that tells them apart."),
    ],
)
def test_what_is_refused_changes_nothing(
    desk: Desk, what: Callable[..., Company], arguments: tuple[str, ...], said: str
) -> None:
    desk.read(interview("a", "Acme", "hr@acme.com"), interview("b", "Birch", "hr@birch.com"))
    before = desk.of()
    more = {merge: (desk.judge,), _split: (desk.judge,)}.get(what, ())
    after = (DOMAINS,) if what is alias else ()
    with pytest.raises(Problem) as refused:
        desk.say(what, *more, *arguments, *after)
    assert str(refused.value) == said
    assert isinstance(refused.value, Usage) == said.startswith("That is no")
    assert desk.of() == before


def test_a_note_goes_with_the_company_that_becomes_part_of_another(desk: Desk) -> None:
    desk.read(interview("a", "Acme", "hr@acme.example"), interview("b", "Acme Labs", "hr@acmelabs.example"))
    with desk.store.transaction() as record:
        first, second = record.company_named("Acme"), record.company_named("Acme Labs")
        assert first
        assert second
        write_note(record, first.id, "Kind people.", at(1))
        write_note(record, second.id, "Far away.", at(2))
        merge(record, desk.judge, "Acme Labs", "Acme")
        kept = record.note(first.id)
        assert kept
        assert kept.text == "Kind people.\n\nFar away."
        with pytest.raises(Problem, match="no such company"):
            write_note(record, second.id, "Gone.", at(3))
