"""Which phrases of a line are meant as they are filed: what stands beside them decides."""

from showup.core.recognition.lexicon import Hit, Text
from showup.core.recognition.names import LAST
from showup.core.recognition.writing import script

_STRONG = frozenset({"sure", "interview", "likely", "round", "recruiter", "application", "internal"})
"""In another language the same word may speak against an interview; a word that is both speaks for one."""
_JOB = frozenset({"sure", "round", "recruiter", "application", "opening", "internal"})
"""What speaks of a job. Beside it a place is where one works: "job interview, Kita Sonnenblick"."""
_PLACES = frozenset({"place", "outlet"})
_SUBJECTS = frozenset(
    {
        "admission",
        "fair",
        "media",
        "networking",
        "official",
        "personal",
        "reference",
        "research",
        "sales",
        "trade",
        "travel",
    }
    | {"volunteer", "work"}
)
"""What an occupation may be about: "admissions officer", "sales manager", "research assistant"."""
FOR = _STRONG | {"opening", "invite", "intro", "chat", "role"}
"""What speaks for an interview, or for neither side."""


def meant(hits: tuple[Hit, ...], within: Text, *, agency: bool, invited: bool = False) -> tuple[Hit, ...]:
    """The phrases of the family "say" that count.

    Left out are those against an interview that are in the same place a phrase for one, the subject of an occupation,
    the last word of a name ("Tesco Bank"), a place where a job is spoken of, and, where an agency writes, its client
    and its candidate, who is the owner; so is the candidate of a company's recruiters who invited the owner.
    """
    said = [hit for hit in hits if hit.family == "say"]
    if not said or all(hit.meaning in FOR for hit in said):
        return tuple(said)
    beside = _Beside(hits, said, within, agency=agency, invited=invited)
    return tuple(hit for hit in said if hit.meaning in FOR or not beside.overrules(hit))


class _Beside:
    """What stands beside the phrases of a line."""

    __slots__ = ("_agency", "_clients", "_endings", "_invited", "_job", "_openings", "_roles", "_strong", "_within")

    def __init__(self, hits: tuple[Hit, ...], said: list[Hit], within: Text, *, agency: bool, invited: bool) -> None:
        self._within, self._agency, self._invited = within, agency, invited
        self._strong = {(hit.first, hit.end) for hit in said if hit.meaning in _STRONG}
        self._roles = {hit.first for hit in said if hit.meaning == "role"}
        self._openings = {hit.first for hit in said if hit.meaning == "opening"}
        self._job = agency or any(hit.meaning in _JOB for hit in said)
        self._clients = {at for hit in hits if hit.kind == "word.client" for at in range(hit.first, hit.end)}
        lasting = [hit for hit in hits if hit.kind == LAST]
        taken = {at for hit in hits if lasting and hit.family != "part" for at in range(hit.first, hit.end)}
        self._endings = {(hit.first, hit.end) for hit in lasting if _follows_name(hit.first, within, taken)}

    def overrules(self, hit: Hit) -> bool:
        """Whether a phrase against an interview does not count."""
        kind, place = hit.meaning, (hit.first, hit.end)
        if _amid_katakana(hit, self._within):
            return True
        if place in self._strong or (self._job and kind in _PLACES):
            return True
        if kind in _SUBJECTS and (place in self._endings or self._before(hit, self._roles | self._openings)):
            return True
        if kind == "trade" and hit.first in self._roles:
            return True
        if kind == "mock":
            return self._before(hit, self._openings)
        if kind == "sales":
            return hit.first in self._clients and (self._agency or self._named(hit))
        return kind == "interviewer" and (self._agency or self._invited)

    def _named(self, hit: Hit) -> bool:
        """Whether a client is only named: "Buyer (client: Acme)"."""
        return self._within.raw[self._within.spans[hit.end - 1][1] :].lstrip()[:1] in (":", "：")

    def _before(self, hit: Hit, beginnings: set[int]) -> bool:
        """Whether one of the words begins right after the phrase."""
        within = self._within
        if hit.end >= len(within.words) or hit.end not in beginnings:
            return False
        return within.raw[within.spans[hit.end - 1][1] : within.spans[hit.end][0]] in " -"


def _amid_katakana(hit: Hit, within: Text) -> bool:
    """Whether it is but an end of a longer word, which is perhaps a name: "パス" of "ワークパス"."""
    start, end = within.spans[hit.first][0], within.spans[hit.end - 1][1]
    return any(script(within.raw[at - 1 : at]) == script(within.raw[at : at + 1]) == "katakana" for at in (start, end))


def _follows_name(at: int, within: Text, taken: set[int]) -> bool:
    """Whether word `at` follows one that means nothing and is written like a name."""
    if at == 0 or at - 1 in taken or within.parted(at) or within.words[at - 1].isdigit():
        return False
    name, own = within.raw[within.spans[at - 1][0]], within.raw[within.spans[at][0]]
    return not name.islower() and not own.islower()
