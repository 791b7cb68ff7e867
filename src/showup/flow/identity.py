"""Identity: the person's word on which names, domains and appointments are of one company.

It is remembered by what later events are known again by; evidence is never touched, and the scores follow at once.
"""

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from showup.core.appointment import Appointment
from showup.core.identity import event_name, keys
from showup.core.problem import Problem, Usage
from showup.core.recognition.result import Employer
from showup.core.record import Company
from showup.core.text import plain
from showup.flow.judge import Judge
from showup.flow.keep import relink
from showup.flow.remark import join_notes
from showup.ports import Record

_NAME = 100


@dataclass(frozen=True, slots=True)
class Domains:
    """What is known of domains.

    `registrable` gives the part of a host that somebody can own, "" where there is none. `shared` says of a host
    whether it is an agency's, an applicant system's or free mail's: many companies write from it.
    """

    registrable: Callable[[str], str]
    shared: Callable[[str], bool]


def rename(record: Record, name: str, new: str) -> Company:
    """Call a company otherwise. It goes on to be known by its names so far.

    Raises:
        Problem: it is not on record, or another one is called so.
        Usage: that is no name.
    """
    company, called = _known(record, name), _name(new)
    names = keys(Employer(called))
    _free(record, company, names)
    record.add_names(company.id, names)
    record.rename(company.id, called)
    return _now(record, company)


def merge(record: Record, judge: Judge, name: str, into: str) -> Company:
    """Make one company part of another: its appointments, and everything that it is known by.

    Raises:
        Problem: one of them is not on record, or they are one.
    """
    company, target = _known(record, name), _known(record, into)
    if company.id == target.id:
        raise Problem(
            f"“{_shown(name)}” and “{_shown(into)}” are one company already.",
            f"`showup company {_quoted(target.name)}` shows it.",
        )
    record.move_appointments([one.id for one in record.candidates(company.id)], target.id)
    record.move_names(company.id, target.id)
    join_notes(record, company.id, target.id)
    record.forget_employer(company.id)
    relink(record, target.id)
    judge.rescore(record, target.id)
    return _now(record, target)


def alias(record: Record, name: str, other: str, domains: Domains) -> Company:
    """Know a company by another name or domain as well.

    Raises:
        Problem: it is not on record, another one is known by it, or many companies share the domain.
        Usage: that is no name.
    """
    company, called = _known(record, name), _name(other)
    names = keys(Employer(called, _domain(called, domains)))
    _free(record, company, names)
    record.add_names(company.id, names)
    return _now(record, company)


def split(record: Record, judge: Judge, name: str, parted: Sequence[Appointment], new: str) -> Company:
    """Give some of a company's appointments to another, made where there is none.

    An event goes as a whole, with all the times it was planned for, and stays there. Later events that bear the old
    name or domain are the old company's.

    Raises:
        Problem: the company is not on record, an appointment is another one's, or the new name is one of its own.
        Usage: that is no name.
    """
    company, called = _known(record, name), _name(new)
    for one in parted:
        _belongs(record, company, one)
    target = record.identify(Employer(called))
    if target is None or target == company.id:
        raise Problem(f"“{called}” is a name of {_shown(company.name)} itself.", "Choose one that tells them apart.")
    events = {one.key for one in parted}
    whole = {one.id for key in events for one in record.named(key.uid) if one.key == key}
    record.add_names(target, map(event_name, sorted(events, key=event_name)))
    record.move_appointments(sorted(whole), target)
    for number in (company.id, target):
        relink(record, number)
        judge.rescore(record, number)
    return _now(record, company, target)


def _known(record: Record, name: str) -> Company:
    found = record.company_named(name)
    if found is None:
        raise Problem(f"There is no company “{_shown(name)}” on record.", "`showup companies` lists them.")
    return found


def _now(record: Record, company: Company, number: int | None = None) -> Company:
    """As it stands after the change."""
    return record.company(company.id if number is None else number) or company


def _name(text: str) -> str:
    called = plain(text, _NAME)
    if not called or len(text) > _NAME:
        raise Usage("That is no company's name.", f"Give one of 1 to {_NAME} characters.")
    return called


def _domain(text: str, domains: Domains) -> str:
    """The domain that a text is, or that an address is of; "" for one that is none."""
    host = text.rpartition("@")[2].casefold()
    if "." not in host or " " in host:
        return ""
    if domains.shared(host):
        raise Problem(f"Many companies write from {host}.", "Give a name, or a domain that is theirs alone.")
    return domains.registrable(host)


def _free(record: Record, company: Company, names: Iterable[str]) -> None:
    """Refuse names by which another company is known."""
    for key in names:
        other = record.known_by(key)
        if other and other.id != company.id:
            raise Problem(
                f"{_shown(other.name)} is known by that name already.",
                f"`showup company merge {_quoted(other.name)} {_quoted(company.name)}` makes them one.",
            )


def _belongs(record: Record, company: Company, appointment: Appointment) -> None:
    if appointment.employer_id == company.id:
        return
    other = record.company(appointment.employer_id) if appointment.employer_id is not None else None
    raise Problem(
        f"Interview {appointment.id} is with {_shown(other.name) if other else 'nobody known'}, "
        f"not with {_shown(company.name)}.",
        f"`showup company {_quoted(company.name)}` lists theirs.",
    )


def _shown(name: str) -> str:
    return plain(name, 80)


def _quoted(name: str) -> str:
    """As a shell takes it for one word."""
    return shlex.quote(_shown(name))
