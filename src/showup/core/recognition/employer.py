"""With whom: the employer's name and domain, and who stands between.

Every place that may name the employer makes a claim worth some points; claims that fold together add up. What nobody
names stays empty: the client of an agency is not guessed.
"""

from collections.abc import Iterable

from showup.core.recognition.claims import Claim, claims
from showup.core.recognition.identity import folded
from showup.core.recognition.knowledge import Role
from showup.core.recognition.parties import Party
from showup.core.recognition.reading import Reading
from showup.core.recognition.result import Employer, Memory

LEAST = 2.0
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
    if people.companies:
        return people.companies[0]
    return people.colleagues[0] if people.colleagues and not people.having(*_BETWEEN) else None


def via(reading: Reading) -> str:
    """The agency, scheduler or outsourced interviewer between, "" if there is none."""
    for party in reading.parties.having(*_BETWEEN):
        return (party.sender.name if party.sender else "") or spelled(reading, party) or party.label.capitalize()
    return ""


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
