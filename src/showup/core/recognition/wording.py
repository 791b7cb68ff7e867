"""Which phrases of a line are meant as they are filed: what stands beside them decides."""

from collections.abc import Iterator

from showup.core.recognition.lexicon import Hit, Text
from showup.core.recognition.names import LAST

_STRONG = frozenset({"sure", "interview", "likely", "round", "recruiter", "application", "internal"})
"""In another language the same word may speak against an interview; a word that is both speaks for one."""
_JOB = frozenset({"sure", "round", "recruiter", "application", "opening", "internal"})
"""What speaks of a job. Beside it a place is where one works: "job interview, Kita Sonnenblick"."""
_PLACES = frozenset({"place", "outlet"})
_SUBJECTS = frozenset(
    {"admission", "fair", "media", "networking", "official", "personal", "reference", "research", "sales", "travel"}
    | {"volunteer", "work"}
)
"""What an occupation may be about: "admissions officer", "sales manager", "research assistant"."""
FOR = _STRONG | {"opening", "invite", "chat", "role"}
"""What speaks for an interview, or for neither side."""


def meant(hits: tuple[Hit, ...], within: Text, *, agency: bool) -> Iterator[Hit]:
    """The phrases of the family "say" that count.

    Left out are those against an interview that are in the same place a phrase for one, the subject of an occupation,
    the last word of a name ("Tesco Bank"), and, where an agency writes, its client and its candidate, who is the owner.
    """
    said = [hit for hit in hits if hit.family == "say"]
    strong = {(hit.first, hit.end) for hit in said if _kind(hit) in _STRONG}
    roles = {hit.first for hit in said if _kind(hit) == "role"}
    openings = {hit.first for hit in said if _kind(hit) == "opening"}
    clients = {at for hit in hits if hit.kind == "word.client" for at in range(hit.first, hit.end)} if agency else set()
    job = agency or any(_kind(hit) in _JOB for hit in said)
    endings = {(hit.first, hit.end) for hit in hits if hit.kind == LAST}
    taken = {at for hit in hits for at in range(hit.first, hit.end) if hit.family != "part"}
    for hit in said:
        kind = _kind(hit)
        if kind in FOR or not (
            (hit.first, hit.end) in strong
            or (kind in _SUBJECTS and hit.end in roles | openings and _adjoin(hit, within))
            or (kind in _SUBJECTS and (hit.first, hit.end) in endings and _ends(hit, within, taken))
            or (job and kind in _PLACES)
            or (kind == "mock" and hit.end in openings and _adjoin(hit, within))
            or (kind == "sales" and hit.first in clients)
            or (kind == "interviewer" and agency)
        ):
            yield hit


def _ends(hit: Hit, within: Text, taken: set[int]) -> bool:
    """Whether it follows a word that means nothing and is written like a name."""
    before = hit.first - 1
    if before < 0 or before in taken or within.parted(hit.first) or within.words[before].isdigit():
        return False
    name, own = within.raw[within.spans[before][0]], within.raw[within.spans[hit.first][0]]
    return not name.islower() and not own.islower()


def _kind(hit: Hit) -> str:
    return hit.kind.partition(".")[2]


def _adjoin(hit: Hit, within: Text) -> bool:
    return hit.end < len(within.words) and within.raw[within.spans[hit.end - 1][1] : within.spans[hit.end][0]] in " -"
