"""Between rows and the frozen values of the core."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row

from showup.core.appointment import Appointment, Details, Side
from showup.core.change import State, Tracked
from showup.core.event import EventKey
from showup.core.evidence import Covered, Evidence, Sign, Source, Word
from showup.core.notice import Choice, Kind, Message, Urgency
from showup.core.paging import Mark
from showup.core.policy import Policy
from showup.core.recognition.result import Decision, Employer, Medium, Stage
from showup.core.record import CalendarState, Company, Notice
from showup.core.reliability import Label, Reliability
from showup.core.remark import Colleagues, Feeling, Impression, Note, Room
from showup.core.spans import Span
from showup.core.verdict.result import Absence, Certainty, Outcome, Rule, Verdict

Values = dict[str, Any]
AnyRow = Row[Any]


def calendar_state(row: AnyRow) -> CalendarState:
    """A row of `calendars`."""
    return CalendarState(*row)


def of_calendar_state(value: CalendarState) -> Values:
    """The columns of a calendar's state."""
    return value._asdict()


def appointment(row: AnyRow) -> Appointment:
    """A row of `appointments`."""
    details = Details(
        title=row.title,
        employer=Employer(row.employer, row.domain, row.via),
        medium=Medium(row.medium) if row.medium else None,
        stage=Stage(row.stage) if row.stage else None,
        organiser=Side(row.organiser),
        join=row.join_link,
        contact=row.contact,
        declined=row.declined,
        reachable=row.reachable,
        decision=Decision(row.decision),
        reasons=tuple(row.reasons),
    )
    key = EventKey(row.uid, row.recurrence_id)
    return Appointment(row.id, key, row.start, row.end, row.created, details, row.employer_id, row.follows, row.changed)


def of_appointment(value: Appointment) -> Values:
    """The columns of an appointment, without its id."""
    details = value.details
    return {
        "uid": value.key.uid,
        "recurrence_id": value.key.recurrence_id,
        "start": value.start,
        "end": value.end,
        "created": value.created,
        "changed": value.changed,
        "employer_id": value.employer_id,
        "follows": value.follows,
        "title": details.title,
        "employer": details.employer.name,
        "domain": details.employer.domain,
        "via": details.employer.via,
        "medium": details.medium,
        "stage": details.stage,
        "organiser": details.organiser,
        "join_link": details.join,
        "contact": details.contact,
        "declined": details.declined,
        "reachable": details.reachable,
        "decision": details.decision,
        "reasons": list(details.reasons),
    }


def tracked(row: AnyRow) -> Tracked:
    """A row of `occurrences`."""
    return Tracked(
        key=EventKey(row.uid, row.recurrence_id),
        calendar=row.calendar,
        appointment_id=row.appointment_id,
        start=row.start,
        end=row.end,
        state=State(row.state),
        updated=row.updated,
        series=row.series,
        missing_since=row.missing_since,
        shown=row.shown,
    )


def of_tracked(value: Tracked) -> Values:
    """The columns of an occurrence."""
    columns = _columns(value)
    key = columns.pop("key")
    return {**columns, "uid": key.uid, "recurrence_id": key.recurrence_id}


def evidence(row: AnyRow) -> Evidence:
    """A row of `evidence`; its id tells answers of the same moment apart."""
    sign = Word(row.sign) if row.source == Source.ANSWER else Sign(row.sign)
    return Evidence(
        at=row.at,
        source=Source(row.source),
        sign=sign,
        noted=row.noted,
        minutes=row.minutes,
        moment=row.moment,
        side=Side(row.side),
        detail=row.detail,
        order=row.id,
    )


def of_evidence(appointment_id: int | None, value: Evidence) -> Values:
    """The columns of a piece of evidence."""
    columns = _columns(value)
    del columns["order"]
    return {**columns, "appointment_id": appointment_id}


def covered(row: AnyRow) -> Covered:
    """A row of `coverage`."""
    return Covered(Span(row.start, row.end), Source(row.source))


def of_covered(value: Covered) -> Values:
    """The columns of a stretch of coverage."""
    return {"source": value.source, "start": value.span.start, "end": value.span.end}


def verdict(row: AnyRow) -> Verdict:
    """A row of `verdicts`."""
    return Verdict(
        outcome=Outcome(row.outcome),
        certainty=Certainty(row.certainty) if row.certainty else None,
        rule=Rule(row.rule),
        minutes_late=row.minutes_late,
        notice_minutes=row.notice_minutes,
        fault=row.fault,
        counted=row.counted,
        reasons=tuple(row.reasons),
        waited=row.waited,
        came=row.came,
        seen=row.seen,
        absence=Absence(row.absence),
        ask=row.ask,
    )


def verdict_on(row: AnyRow) -> tuple[int, Verdict]:
    """The same, with the id of the appointment that it is on."""
    return row.appointment_id, verdict(row)


def of_verdict(value: Verdict) -> Values:
    """The columns of a verdict."""
    return {**value._asdict(), "reasons": list(value.reasons)}


def company(row: AnyRow) -> Company:
    """A row of `employers` joined with `scores`."""
    figures: Values = {name: getattr(row, name) for name in _names(Reliability)}
    return Company(row.id, row.name, row.domain, Reliability(**{**figures, "label": Label(row.label)}))


def of_score(value: Reliability) -> Values:
    """The columns of a score."""
    return _columns(value)


def mark(row: AnyRow) -> Mark:
    """An appointment joined with its verdict, as far as a dot shows it."""
    certainty = Certainty(row.certainty) if row.certainty else None
    return Mark(
        row.id, row.start, Outcome(row.outcome), certainty, row.minutes_late, row.notice_minutes, bool(row.counted)
    )


def note(row: AnyRow) -> Note:
    """A row of `notes`."""
    return Note(row.text, row.written)


def impression(row: AnyRow) -> Impression:
    """A row of `impressions`."""
    return Impression(
        Room(row.questions) if row.questions else None,
        Colleagues(row.colleagues) if row.colleagues else None,
        Feeling(row.feeling) if row.feeling else None,
    )


def of_impression(value: Impression) -> Values:
    """The columns of an impression."""
    return _columns(value)


def notice(row: AnyRow) -> Notice:
    """A row of `notices`."""
    choices = tuple(Choice(**choice) for choice in row.choices)
    about = str(row.appointment_id) if row.appointment_id is not None else ""
    words = Message(Kind(row.kind), row.title, row.body, choices, Urgency(row.urgency), about)
    return Notice(
        id=row.id,
        subject=row.subject,
        kind=Kind(row.kind),
        message=words,
        created=row.created,
        appointment_id=row.appointment_id,
        shown=row.shown,
        shown_id=row.shown_id,
        closed=row.closed,
        forwarded=row.forwarded,
    )


def of_message(value: Message) -> Values:
    """The columns of a notice's words."""
    choices = [choice._asdict() for choice in value.choices]
    return {"title": value.title, "body": value.body, "choices": choices, "urgency": value.urgency}


def _columns(value: Any) -> Values:  # noqa: ANN401 - any dataclass
    """The fields of a value that is kept as it is."""
    return {name: getattr(value, name) for name in _names(value.__class__)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def of_policy(value: Policy) -> str:
    """A policy as JSON, times in seconds: equal policies give equal text."""
    return json.dumps(asdict(value), default=_seconds, sort_keys=True)


@cache
def policy_figures(text: str) -> Mapping[str, Any]:
    """The same, read back for showing; thousands were judged by the same."""
    figures: Mapping[str, Any] = json.loads(text)
    return figures


def _seconds(value: timedelta) -> float:
    return value.total_seconds()
