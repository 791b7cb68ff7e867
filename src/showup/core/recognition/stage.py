"""Which round of the process an interview is."""

from showup.core.recognition.knowledge import Role
from showup.core.recognition.lexicon import Hit
from showup.core.recognition.reading import Reading
from showup.core.recognition.result import Medium, Stage

_ORDER = (
    Stage.FINAL,
    Stage.TECHNICAL,
    Stage.HIRING_MANAGER,
    Stage.ONSITE,
    Stage.PANEL,
    Stage.RECRUITER_SCREEN,
    Stage.PHONE_SCREEN,
)
"""Where a text names several stages, the first of these is meant: "final panel with the hiring manager" is final."""


def stage(reading: Reading, medium: Medium | None) -> Stage | None:
    """Say the stage that the title names, else the description, else what sender and medium suggest; None: nothing."""
    for hits in (reading.title_hits, reading.topic_hits, reading.body_hits):
        named = _named(hits)
        if named is not None:
            return named
    if reading.parties.having(Role.AGENCY):
        return Stage.RECRUITER_SCREEN
    if reading.parties.having(Role.VENDOR):
        return Stage.TECHNICAL
    return Stage.ONSITE if medium is Medium.ONSITE else None


def _named(hits: tuple[Hit, ...]) -> Stage | None:
    named = {hit.meaning for hit in hits if hit.family == "stage"}
    return next((one for one in _ORDER if one.value in named), None) if named else None
