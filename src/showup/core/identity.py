"""By what an employer is known again: its domain, and its folded name."""

from showup.core.recognition.identity import LEAST, folded
from showup.core.recognition.result import Employer


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
