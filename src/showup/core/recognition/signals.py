"""What in an event speaks for an interview, and what against it. Data says what each signal weighs, and why.

A signal counts once, with what was seen first. The wording of a title weighs more than that of a description.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial

from showup.core.recognition.knowledge import Knowledge, Role
from showup.core.recognition.lexicon import Hit, Text
from showup.core.recognition.marks import named
from showup.core.recognition.names import runs
from showup.core.recognition.parties import Parties, Party
from showup.core.recognition.reading import Reading
from showup.core.recognition.result import Memory
from showup.core.recognition.wording import meant

Signal = tuple[str, str]
"""A signal's name, as in the data file, and what was seen."""

PLAIN = 2
"""So many words without a meaning may be a name in a title without capitals."""
CROWD = 8
"""With more people than these it is rather a meeting of many."""
SHORT, LONG = timedelta(minutes=10), timedelta(hours=10)
_NAMED_WITH = frozenset(
    {
        "say.sure",
        "say.interview",
        "say.likely",
        "say.round",
        "say.intro",
        "say.recruiter",
        "say.chat",
        "say.role",
        "say.opening",
        "say.application",
    }
)
_TRADE = frozenset({"title.trade", "text.trade", "sender.trade"})
_INTRO = frozenset({"title.intro", "text.intro"})
_INTERVIEW = frozenset({"say.interview", "say.likely"})
_JOB = frozenset(
    {"say.sure", "say.role", "say.round", "say.recruiter", "say.application", "say.opening", "say.internal"}
)
_ROUTINE = frozenset({"focusTime", "outOfOffice", "workingLocation", "birthday"})


def signals(reading: Reading, memory: Memory) -> dict[str, str]:
    """Every signal of an event, and what was seen."""
    found: dict[str, str] = {}
    for name, detail in _all(reading, memory):
        found.setdefault(name, detail)
    if _TRADE.isdisjoint(found):
        return found
    without = _without(found, reading.knowledge)
    return {name: detail for name, detail in found.items() if name not in without}


def _without(found: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """What does not count beside another trade: the trade where a job is spoken of, else a first talk with it."""
    if not knowledge.signs.job.isdisjoint(found):
        return _TRADE
    return frozenset() if "title.role" in found else _INTRO


def _all(reading: Reading, memory: Memory) -> Iterator[Signal]:
    yield "base", ""
    people = reading.parties
    agency = any(one not in people.colleagues for one in people.having(Role.AGENCY)) and not people.organized_by_owner
    invited = any(one.role is None and _is_desk(one, reading) for one in people.others) and not _inside(people)
    said = partial(meant, agency=agency, invited=invited)
    yield from _wording("title", reading.title, said(reading.title_hits, reading.title))
    yield from _planned(reading)
    yield from _wording("title", reading.topic, said(reading.topic_hits, reading.topic))
    yield from _wording("text", reading.body, said(reading.body_hits, reading.body))
    yield from _naming(reading)
    yield from _senders(reading, memory)
    yield from _sides(reading)
    yield from _links(reading)
    yield from _shape(reading)


def _wording(where: str, within: Text, hits: Iterable[Hit]) -> Iterator[Signal]:
    for hit in hits:
        yield f"{where}.{hit.meaning}", within.between(hit.first, hit.end)


def _inside(people: Parties) -> bool:
    """Whether the owner takes part for a company of his own, or invited the others."""
    return people.organized_by_owner or people.at_work or bool(people.colleagues)


def _planned(reading: Reading) -> Iterator[Signal]:
    """What the title says around the interview: what is done for it, and what one has to do oneself."""
    alone = reading.parties.organized_by_owner or not reading.parties.others
    for hit in reading.title_hits:
        if hit.kind == "around.for":
            yield "title.around", reading.phrase(hit, reading.title)
        elif hit.kind == "around.todo" and alone and (hit.first == 0 or hit.end == len(reading.title.words)):
            yield "title.todo", reading.phrase(hit, reading.title)
        elif hit.kind == "around.about" and _is_subject(hit, reading):
            yield "title.subject", reading.phrase(hit, reading.title)


def _is_subject(about: Hit, reading: Reading) -> bool:
    """Whether an interview is about some matter: "interview with the Herald about the port strike"."""
    title, said = reading.title, {hit.kind for hit in reading.title_hits if hit.family == "say"}
    if said & _JOB or not said & _INTERVIEW or len(title.words) < about.end + 2:
        return False
    return not title.raw[title.spans[about.end][0]].isupper()


def _naming(reading: Reading) -> Iterator[Signal]:
    """Whether the title names somebody beside what is to happen: "hm screen - stripe"."""
    title, hits, people = reading.title, reading.title_hits, reading.parties
    if not {hit.kind for hit in hits} & _NAMED_WITH:
        return
    found = list(runs(title, hits, people.owner_words))
    names = [run for run in found if run.upright]
    capitals = any(word[:1].isupper() and word[1:].islower() for word in title.raw.split())
    if not names and not capitals and found and sum(len(run.words) for run in found) <= PLAIN:
        names = found[:1]
    if names:
        yield "title.name", names[0].name
        if names[0].before & {"word.with", "word.client"} or "@" in names[0].gap:
            yield "title.with", names[0].name
    elif found and not named(title, reading.marks):
        yield "title.unknown", found[0].name
    if people.others and not people.organized_by_owner and people.owner_words.intersection(title.words):
        yield "title.you", title.raw


def _senders(reading: Reading, memory: Memory) -> Iterator[Signal]:
    people = reading.parties
    for party in people.others:
        if party.role is not None:
            yield f"sender.{party.role.value}", party.email
        if _is_desk(party, reading):
            yield "sender.desk", party.name or party.email
        elif kind := party.office:
            yield f"sender.{kind}", party.email
        if party.domain in memory.employers:
            yield "sender.known", memory.employers[party.domain] or party.domain
    if people.companies:
        yield "sender.company", people.companies[0].domain


def _is_desk(party: Party, reading: Reading) -> bool:
    """Whether it is a mailbox or calendar of people who hire, and not those of the owner's own company."""
    people = reading.parties
    if party in people.colleagues or (party.role is Role.CALENDAR and people.colleagues):
        return False
    return party.desk


def _sides(reading: Reading) -> Iterator[Signal]:
    """On which side of the table the owner sits."""
    people = reading.parties
    outside = [one for one in people.others if one not in people.colleagues and one.role is not Role.CALENDAR]
    if people.organized_by_owner and people.others:
        yield from _invited(reading)
    elif people.organized_by_owner or not people.others:
        yield ("side.own_entry_at_work" if people.at_work else "side.own_entry"), ""
    if people.colleagues:
        yield ("side.colleagues_and_guests" if outside else "side.colleagues"), people.colleagues[0].email
    elif people.at_work and outside:
        yield "side.at_work", outside[0].email


def _invited(reading: Reading) -> Iterator[Signal]:
    """The owner invited somebody: the company that the title names, or rather somebody to be interviewed."""
    people = reading.parties
    guest = people.others[0].email
    private = people.having(Role.FREE_MAIL)
    if not (private or people.colleagues) and people.companies and named(reading.title, reading.marks):
        yield "side.own_entry_with", people.companies[0].domain
        return
    yield "side.owner_invites", guest
    if people.at_work or any(one.role is Role.AGENCY for one in people.colleagues):
        yield "side.owner_invites_from_work", guest


def _links(reading: Reading) -> Iterator[Signal]:
    for link in reading.links:
        for rule in link.rules(reading.knowledge):
            yield f"link.{rule.meaning}", link.host


def _shape(reading: Reading) -> Iterator[Signal]:
    event = reading.event
    if event.kind in _ROUTINE:
        yield "shape.routine", event.kind
    if event.series:
        yield "shape.recurring", ""
    if len(reading.parties.others) > CROWD:
        yield "shape.crowd", str(len(reading.parties.others))
    if event.start and event.end and not SHORT <= event.end - event.start <= LONG:
        yield "shape.length", ""
