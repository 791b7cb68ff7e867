"""The keys of the JSON that the commands print (DESIGN.md, section 6): one function a thing, plain values out."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence
from showup.core.record import Company, Entry, Notice, event_of
from showup.core.remark import Impression, Note

View = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second where it is whole."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def notice(value: Notice, appointment: Appointment | None) -> View:
    """One that was shown."""
    return {
        "at": moment(value.shown),
        "uid": appointment.key.uid if appointment else event_of(value.subject),
        "start": moment(appointment.start) if appointment else None,
        "kind": value.kind.value,
        "title": value.message.title,
        "body": value.message.body,
        "choices": [choice.label for choice in value.message.choices],
    }


def appointment(entry: Entry, by_id: Mapping[int, Appointment]) -> View:
    """An appointment with its verdict."""
    planned, verdict = entry.appointment, entry.verdict
    followed = by_id.get(planned.follows) if planned.follows is not None else None
    return {
        "uid": planned.key.uid,
        "start": moment(planned.start),
        "employer": planned.details.employer.name or None,
        "outcome": verdict.outcome.value,
        "certainty": verdict.certainty.value if verdict.certainty else None,
        "minutes_late": verdict.minutes_late,
        "notice_minutes": verdict.notice_minutes,
        "counted": verdict.counted,
        "fault": verdict.fault,
        "follows": {"uid": followed.key.uid, "start": moment(followed.start)} if followed else None,
        "reasons": list(verdict.reasons),
    }


def interview(entry: Entry, by_id: Mapping[int, Appointment]) -> View:
    """The same with what the record knows besides."""
    planned = entry.appointment
    return {
        "id": planned.id,
        **appointment(entry, by_id),
        "title": planned.details.title,
        "medium": planned.details.medium.value if planned.details.medium else None,
        "stage": planned.details.stage.value if planned.details.stage else None,
        "via": planned.details.employer.via or None,
    }


def employer(company: Company) -> View:
    """An employer with its score, unrounded."""
    score = company.score
    return {
        "name": company.name,
        "n": score.n,
        "reliability": score.reliability,
        "low": score.low,
        "high": score.high,
        "pattern": score.pattern,
        "label": score.label.value,
        "no_shows": score.no_shows,
        "misses_in_a_row": score.misses_in_a_row,
        "minutes_waited": score.minutes_waited,
        "appointments": score.appointments,
        "on_time": score.on_time,
        "late": score.late,
        "late_median": score.late_median,
        "moved": score.moved,
        "notice_median": score.notice_median,
    }


def note(company: Company, value: Note) -> View:
    """The person's own words on an employer."""
    return {"employer": company.name, "text": value.text, "written": moment(value.written)}


def impression(value: Impression) -> View:
    """How an interview was for the person."""
    return {
        "questions": value.questions.value if value.questions else None,
        "colleagues": value.colleagues.value if value.colleagues else None,
        "feeling": value.feeling.value if value.feeling else None,
    }


def evidence(item: Evidence) -> View:
    """One fact."""
    return {
        "at": moment(item.at),
        "source": item.source.value,
        "you": item.you.value if item.you else None,
        "they": item.they.value if item.they else None,
        "detail": " · ".join(part for part in (item.sign.value, _minutes(item), item.detail) if part),
    }


def covered(items: Iterable[Covered]) -> list[View]:
    """When anybody was watching."""
    ordered = sorted(items, key=lambda item: (item.span.start, item.source))
    return [
        {"from": moment(item.span.start), "to": moment(item.span.end), "source": item.source.value} for item in ordered
    ]


def _minutes(item: Evidence) -> str:
    return f"{item.minutes} minutes" if item.minutes is not None else ""
