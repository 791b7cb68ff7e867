"""Checkpoints, verdicts and what they were judged by."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from showup.core.checkpoints import Point
from showup.core.policy import Policy
from showup.core.record import Entry
from showup.core.verdict.result import Verdict


class Judged(Protocol):
    """What was judged."""

    def done(self, appointment_ids: Iterable[int]) -> Mapping[int, frozenset[Point]]:
        """The checkpoints that were judged already."""
        ...

    def mark_done(self, appointment_id: int, points: Iterable[Point], at: datetime) -> None:
        """These checkpoints were judged."""
        ...

    def undo_done(self, after: datetime) -> None:
        """Take back the checkpoints judged later than this: the clock was set back."""
        ...

    def verdict(self, appointment_id: int) -> Verdict | None:
        """The verdict as it stands."""
        ...

    def save_verdict(self, appointment_id: int, verdict: Verdict, policy: Policy, at: datetime) -> None:
        """Keep a verdict with the policy it was judged by."""
        ...

    def policy_of(self, appointment_id: int) -> Mapping[str, object]:
        """The figures by which an appointment was judged."""
        ...

    def verdicts_on(self, employer_id: int) -> Mapping[int, Verdict]:
        """The verdicts in the record of an employer, by their appointments' ids, in the order of the starts."""
        ...

    def entries(self, employer_id: int | None = None) -> tuple[Entry, ...]:
        """Appointments with their verdicts, by start; those that the person said are no interviews are left out."""
        ...
