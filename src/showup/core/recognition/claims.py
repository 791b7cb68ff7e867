"""Who names the employer, and how far each is believed."""

from collections.abc import Iterator
from dataclasses import dataclass

from showup.core.recognition.identity import folded
from showup.core.recognition.knowledge import Role
from showup.core.recognition.lexicon import Hit, Text, found, latin, text, unspaced
from showup.core.recognition.links import tenants, vanity
from showup.core.recognition.marks import match, reach, sender_tenants, squeezed
from showup.core.recognition.names import LONGEST, Run, runs
from showup.core.recognition.parties import Party
from showup.core.recognition.reading import Reading

_SERVICES = (
    Role.APPLICANTS,
    Role.SCHEDULER,
    Role.BOOKING,
    Role.BOARD,
    Role.CALENDAR,
    Role.VENDOR,
    Role.ONEWAY,
)
"""Senders whose shown name may be the employer's."""
_ANYBODY = (Role.BOARD, Role.BOOKING)
"""Services whose mailboxes may bear a person's name as well."""
_IMPERSONAL = tuple(role for role in _SERVICES if role not in _ANYBODY)
_ENDINGS = ("hq", "app", "inc", "jobs", "careers")
_BEGINNINGS = ("get", "try", "join", "hello", "team", "work")
"""What companies put around their name to find a free domain."""
_IN_NAMES = frozenset({"say.outlet", "say.trade"})
"""What a name may be made of: "Radio Bremen", "Atlas Sigorta"."""
_BETWEEN = (Role.AGENCY, Role.VENDOR, Role.SCHEDULER, Role.APPLICANTS, Role.BOARD, Role.BOOKING)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's word that this is the employer. Of one source only the strongest claim for a name counts."""

    name: str
    points: float
    source: str


def claims(reading: Reading, company: Party | None) -> Iterator[Claim]:
    """Everybody's claims, the most carefully written spelling first."""
    marks = _Marks.of(reading, company)
    yield from (Claim(value, 5.0, "field") for value in reading.answers("employer") for value in _clean(value, reading))
    yield from _from_line(reading.title, reading.title_hits, marks, "title")
    yield from _from_line(reading.topic, reading.topic_hits, marks, "topic")
    yield from _from_names(reading, marks)
    yield from _from_body(reading, marks)
    yield from _from_place(reading)
    yield from _from_addresses(reading, company)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What names are compared with: words of addresses that may be the employer's, and names that cannot be it."""

    labels: frozenset[str]
    between: frozenset[str]
    known: frozenset[str]
    doubt: float
    """What a name in a line loses where an address or a mailbox names the company already, and differently."""

    @classmethod
    def of(cls, reading: Reading, company: Party | None) -> "_Marks":
        people = reading.parties
        own = frozenset({squeezed(company.label)} if company else ()) - reading.knowledge.generic
        between = [name for party in people.having(*_BETWEEN) for name in _names_of(party)]
        marked = reading.marks | own
        known = people.owner_words | _persons(reading, marked)
        doubt = 0.8 if marked or any(map(_shows, people.having(*_IMPERSONAL))) else 0.0
        return cls(marked, frozenset(map(folded, between)), known, doubt)


def _shows(party: Party) -> bool:
    """Whether a service's mailbox bears another name than the service's own."""
    if not party.name or party.sender is None:
        return False
    name, service = folded(party.name), folded(party.sender.name)
    return service not in name and name not in service and name != folded(party.label)


def _names_of(party: Party) -> Iterator[str]:
    yield party.label
    if party.sender and party.sender.name:
        yield party.sender.name


def _persons(reading: Reading, labels: frozenset[str]) -> frozenset[str]:
    """Words of the names of people who take part, unless they are the company's."""
    words: set[str] = set()
    for party in reading.parties.others:
        named = text(party.name)
        if party.role in _SERVICES or party.desk:
            continue
        if not any(match(named.words, label) for label in labels):
            words |= set(named.words) | set(text(party.local.replace("_", " ")).words)
    return frozenset(words - labels - reading.knowledge.generic)


# ---------------------------------------------------------------- lines of text


def _from_line(line: Text, hits: tuple[Hit, ...], marks: _Marks, source: str) -> Iterator[Claim]:
    for run in runs(line, [hit for hit in hits if hit.kind not in _IN_NAMES], marks.known):
        named = _matched(run, marks)
        points = _worth(run) + (3.5 if named else -marks.doubt * latin(run.name))
        name = named or run.name
        if "word.via" in run.before and run.upright:
            continue
        if _of_between(run, marks):
            name = _beyond(run, marks)
        if name and folded(name) not in marks.between and not _anonymous(run, line):
            yield Claim(name, points, source)


def _worth(run: Run) -> float:
    """What a name in a line is worth by how it stands there."""
    points = 2.0 if run.capital else 1.6
    points += 1.5 if "word.with" in run.before or "@" in run.gap else 0.0
    points += 2.5 if "word.client" in run.before or "→" in run.gap else 0.0
    points += 0.5 if any(_leads(kind) for kind in run.before | run.after) else 0.0
    points += 2.0 if run.incorporated else 0.0
    points -= 0.4 if "say.role" in run.after else 0.0
    points -= 1.5 if "say.role" in run.before and not run.capital else 0.0
    points -= 1.0 if "word.via" in run.before else 0.0
    points -= 0.9 if {"say.role", "word.and"} <= run.before else 0.0
    points -= 2.0 if run.before & {"word.given", "word.title"} or run.after & {"word.honorific"} else 0.0
    points += 0.6 if run.led else 0.0
    points -= 1.5 if run.town else 0.0
    points -= 0.5 if run.aside else 0.0
    return points


def _leads(kind: str) -> bool:
    return kind.startswith(("say.", "stage.")) and kind != "say.role"


def _anonymous(run: Run, line: Text) -> bool:
    """Whether it is somebody's and nobody named: "fitness-app client", in a line that has capitals elsewhere."""
    if not run.name.islower() or line.raw.islower():
        return False
    return "word.client" in run.after or "say.sales" in run.before


def _of_between(run: Run, marks: _Marks) -> bool:
    return any(match(run.words, other) for other in marks.between)


def _beyond(run: Run, marks: _Marks) -> str:
    """Whom an agency writes for: "Acme Robotics" of "Portman for Acme Robotics"."""
    named = text(run.name)
    for _, end in filter(None, (match(run.words, other) for other in marks.between)):
        if end + 1 < len(run.words) and named.between(end, end + 1).islower():
            return named.between(end + 1, len(run.words))
    return ""


def _matched(run: Run, marks: _Marks) -> str:
    """The part of the run that an address bears out, as it is written: of hr@acme.com, "at Acme" gives "Acme"."""
    for label in marks.labels:
        if _but_little_words(run, label):
            return run.name
        part = _exactly(run, label) or match(run.words, label)
        if part is not None:
            whole = part == (0, len(run.words)) or (run.led and part[1] == len(run.words))
            return run.name if whole else text(run.name).between(*part)
    return ""


def _but_little_words(run: Run, label: str) -> bool:
    """Whether the label leaves out what is small in the name: "hotel-remparts" of "Hôtel des Remparts"."""
    if len(run.words) < 3 or not label.startswith(run.words[0]) or not label.endswith(run.words[-1]):
        return False
    named = text(run.name)
    large = [at for at, (start, _) in enumerate(named.spans) if not run.name[start].islower()]
    return "".join(named.words[at] for at in large) == label


def _exactly(run: Run, label: str) -> tuple[int, int] | None:
    """The words that are the label and no more, where the rest is no name: "RNLI" of "RNLI Fundraising Lead"."""
    end = reach(run.words, 0, len(label))
    if end == len(run.words) or "".join(run.words[:end]) != label:
        return None
    rest = text(run.name).between(end, len(run.words))
    return (0, end) if "say.role" in run.after or rest.islower() else None


# ---------------------------------------------------------------- names, description, addresses


def _from_names(reading: Reading, marks: _Marks) -> Iterator[Claim]:
    """Shown names of mailboxes: "Acme Recruiting", "Acme via CS Jobs"."""
    for party in reading.parties.others:
        if party.role is Role.AGENCY or not party.name:
            continue
        named = text(party.name)
        hits = [hit for hit in found(reading.knowledge.lexicon, party.name) if _tells(hit, named)]
        service = party.role in _SERVICES
        sure = party.desk or (service and party.role not in _ANYBODY)
        whole = sure or service or any(match(named.words, label) for label in marks.labels)
        for run in runs(named, hits, reading.parties.owner_words):
            added = not sure and _added(run, named)
            if folded(run.name) in marks.between or "word.via" in run.before or not (whole or added):
                continue
            points = 3.4 if sure else 2.6 if added else 1.5
            yield Claim((not added and _matched(run, marks)) or run.name, points, "name")


def _tells(hit: Hit, within: Text) -> bool:
    """Whether a phrase means something in a shown name: a lone syllable is of the name, and so is "Pan"."""
    particle = hit.end - hit.first == 1 and unspaced(within.words[hit.first]) and hit.family == "word"
    return hit.family == "part" or (not particle and hit.kind != "word.title" and hit.family == "word")


def _added(run: Run, within: Text) -> bool:
    """Whether it stands after a person's name: "Lao Pan (Acme Games)", "Ada Holm, Acme & Sons"."""
    if not run.upright or run.town or run.after & {"say.role"}:
        return False
    return run.aside or ("," in run.gap and len(run.words) > 1 and run.words[0] != within.words[0])


def _from_body(reading: Reading, marks: _Marks) -> Iterator[Claim]:
    """Names in the description: after "our client", before "Recruiting", at an address's word."""
    for run in runs(reading.body, reading.body_hits, marks.known):
        if not run.capital or folded(run.name) in marks.between or _of_between(run, marks):
            continue
        named = _matched(run, marks)
        if named:
            yield Claim(named, 2.0, "body")
        elif "word.client" in run.before and "." not in run.gap:
            yield Claim(run.name, 3.5, "body")
        elif "word.hiring" in run.after or "say.invite" in run.after:
            yield Claim(run.name, 2.2, "body")
        elif "word.with" in run.before and "\n" not in run.gap:
            yield Claim(run.name, 1.4, "body")


def _from_place(reading: Reading) -> Iterator[Claim]:
    """A place that begins with a name of the title: "Nordstrom, 21725 Victory Blvd"."""
    name, comma, _ = reading.place.raw.partition(",")
    name = name.partition("(")[0].strip() if comma else ""
    words = text(name).words
    said = {at for hit in reading.place_hits for at in range(hit.first, hit.end) if hit.family in {"medium", "say"}}
    plain = words and len(words) <= LONGEST and not any(map(str.isdigit, name)) and not said >= set(range(len(words)))
    if plain and _within(words, reading.title.words):
        yield Claim(name, 4.5, "place")


def _within(words: tuple[str, ...], line: tuple[str, ...]) -> bool:
    return any(line[at : at + len(words)] == words for at in range(len(line) - len(words) + 1))


def _from_addresses(reading: Reading, company: Party | None) -> Iterator[Claim]:
    links = (*reading.links, *reading.room_links)
    if company:
        yield Claim(_pretty(company.label), 2.2 if latin(reading.title.raw) else 1.8, "domain")
    for tenant in sender_tenants(reading.parties, reading.knowledge):
        yield Claim(_pretty(tenant), 2.6, "tenant")
    for tenant in tenants(links, reading.knowledge):
        yield Claim(_pretty(tenant), 2.4, "board")
    for label in vanity(links, reading.knowledge):
        yield Claim(_pretty(label), 2.0, "room")


def _pretty(label: str) -> str:
    words = [word[:1].upper() + word[1:] for word in _bare(label).replace("_", "-").split("-") if word]
    return " ".join(words)


def _bare(label: str) -> str:
    """Without what was put around the name to find a free domain: "sundialhq", "getharbor"."""
    for ending in _ENDINGS:
        if label.endswith(ending) and len(label) >= len(ending) + 4:
            return label.removesuffix(ending).rstrip("-")
    for beginning in _BEGINNINGS:
        if label.startswith(beginning + "-") and len(label) >= len(beginning) + 4:
            return label.removeprefix(beginning + "-")
    return label


def _clean(value: str, reading: Reading) -> Iterator[str]:
    """A field's answer, up to the first comma or bracket."""
    name = value.partition("(")[0].partition(",")[0].strip(" .*")
    if name and len(name) <= 60 and not set(text(name).words) <= reading.parties.owner_words:
        yield name
