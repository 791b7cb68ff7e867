"""By what an employer is known again: its domain, and its folded name."""

from showup.core.event import EventKey
from showup.core.recognition.identity import LEAST, folded
from showup.core.recognition.result import Employer

EVENT = "event:"
"""How the names of events begin."""


def keys(employer: Employer) -> tuple[str, ...]:
    """What to look an employer up by, the surest first; empty for one without a name.

    Domains hold a dot and folded names never do. Names of one or two letters are too common to match by.
    """
    if not employer.name:
        return ()
    name = folded(employer.name)
    domain = (employer.domain.casefold(),) if employer.domain else ()
    # A short name matches itself to the letter only, and never what another employer's name folds to.
    return (*domain, name if len(name) >= LEAST else f"={employer.name}")


def event_name(key: EventKey) -> str:
    """What leads one event to an employer, where the person said so; neither a domain nor a name holds a colon."""
    return EVENT + key.uid + (f"/{key.recurrence_id}" if key.recurrence_id else "")
