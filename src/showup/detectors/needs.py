"""What a detector is made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from showup.core.policy import Policy
from showup.ports import Clock, Detector, SecretStore


@dataclass(frozen=True, slots=True)
class GoogleAccount:
    """A sign-in with Google by its name; `meet_endpoint` is another Meet API than Google's, else empty."""

    name: str
    meet_endpoint: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Needs:
    """All that a detector may use of the rest of showup.

    `say` takes one calm sentence for the person, from any thread. `options` are the detector's own settings: the table
    [detectors.NAME]. Time comes from `clock` alone. `secrets` may be slow, and belongs into a thread.
    """

    clock: Clock
    say: Callable[[str], None]
    secrets: SecretStore
    policy: Policy = field(default_factory=Policy)
    accounts: tuple[GoogleAccount, ...] = ()
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


Factory = Callable[[Needs], Detector]
"""What an entry point of the group `showup.detectors` names. It must return at once, and may raise a Problem."""
