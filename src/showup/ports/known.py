"""Employers: by what they are known again, and their scores."""

from collections.abc import Iterable
from typing import Protocol

from showup.core.event import EventKey
from showup.core.following import Candidate
from showup.core.recognition.result import Employer
from showup.core.record import Company
from showup.core.reliability import Reliability


class Known(Protocol):
    """Which employers there are."""

    def identify(self, employer: Employer, event: EventKey | None = None) -> int | None:
        """The employer's row, made where there is none; None for an employer without a name.

        What the person said of the `event` comes first, then the domain, then the name.
        """
        ...

    def known_by(self, key: str) -> Company | None:
        """The employer to which a key leads (see core.identity): a domain, a folded name, an event's name."""
        ...

    def add_names(self, employer_id: int, keys: Iterable[str]) -> None:
        """Let keys lead to this employer from now on, wherever they led before."""
        ...

    def rename(self, employer_id: int, name: str) -> None:
        """Show an employer, and its appointments, under this name. By what it is known again stays."""
        ...

    def move_names(self, employer_id: int, target: int) -> None:
        """Let everything that leads to one employer lead to another."""
        ...

    def move_appointments(self, numbers: Iterable[int], target: int) -> None:
        """Give appointments to another employer, under its name."""
        ...

    def forget_employer(self, employer_id: int) -> None:
        """Drop an employer whose appointments and names were moved, with its score."""
        ...

    def candidates(self, employer_id: int) -> tuple[Candidate, ...]:
        """An employer's appointments, as far as following goes."""
        ...

    def company(self, employer_id: int) -> Company | None:
        """The employer with this id."""
        ...

    def companies(self) -> tuple[Company, ...]:
        """All employers, the one with the lowest lower end first."""
        ...

    def company_named(self, name: str) -> Company | None:
        """The employer with this name or domain."""
        ...

    def save_score(self, employer_id: int, score: Reliability) -> None:
        """Renew an employer's score."""
        ...
