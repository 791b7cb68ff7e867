"""With whom: the employer's name and domain, and who stands between.

Every place that may name the employer makes a claim worth some points; claims that fold together add up. What nobody
names stays empty: the client of an agency is not guessed.
"""

from collections.abc import Iterable, Iterator

from showup.core.recognition.claims import Claim, claims
from showup.core.recognition.identity import folded
from showup.core.recognition.knowledge import Role
from showup.core.recognition.marks import squeezed
from showup.core.recognition.names import runs
from showup.core.recognition.parties import Party
from showup.core.recognition.reading import Reading
from showup.core.recognition.result import Employer, Memory

LEAST = 1.6
"""A name with fewer points than these is not given."""
_BETWEEN = (Role.AGENCY, Role.VENDOR, Role.SCHEDULER)


def employer(reading: Reading, memory: Memory) -> Employer:
    """The employer, as far as it is named. What the person called a domain before wins."""
    party = company(reading)
    domain = party.domain if party else ""
    name = memory.employers.get(domain, "") if domain else ""
    return Employer(name or _best(claims(reading, party)), domain, via(reading))


def company(reading: Reading) -> Party | None:
    """Whose domain is the employer's: the organiser's first; a colleague's where nobody else takes part."""
    people = reading.parties
    through = {label for name in named_between(reading) for label in [squeezed(name)]}
    direct = [one for one in people.companies if squeezed(one.label) not in through]
    if people.companies:
        return direct[0] if direct else None
    return people.colleagues[0] if people.colleagues and not people.having(*_BETWEEN) else None


def via(reading: Reading) -> str:
    """The agency, scheduler or outsourced interviewer between, "" if there is none."""
    for party in reading.parties.having(*_BETWEEN):
        return (party.sender.name if party.sender else "") or spelled(reading, party) or party.label.capitalize()
    return next(named_between(reading), "")


def named_between(reading: Reading) -> Iterator[str]:
    """Names that the title puts between: "via Portman Search"."""
    if any(hit.kind == "word.via" for hit in reading.title_hits):
        found = runs(reading.title, reading.title_hits, reading.parties.owner_words)
        yield from (run.name for run in found if "word.via" in run.before and run.upright)


def spelled(reading: Reading, party: Party) -> str:
    """A domain's own word as the title writes it."""
    return next((one.name for one in claims(reading, party) if folded(one.name) == folded(party.label)), "")


def _best(several: Iterable[Claim]) -> str:
    """The name with most points; of its spellings the first, which is the most carefully written one."""
    points: dict[str, dict[str, float]] = {}
    spelling: dict[str, str] = {}
    for claim in several:
        key = folded(claim.name)
        if not key:
            continue
        sources = points.setdefault(key, {})
        sources[claim.source] = max(sources.get(claim.source, 0.0), claim.points)
        spelling.setdefault(key, claim.name)
    totals = {key: sum(sources.values()) for key, sources in points.items()}
    best = max(totals, key=lambda key: totals[key], default="")
    return _capitalised(spelling[best]) if best and totals[best] >= LEAST else ""


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:] if name.islower() else name
