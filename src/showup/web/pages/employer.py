"""One employer: what the record says, how it came about, and the person's own side."""

from collections import Counter
from collections.abc import Mapping, Sequence

from showup.core.history import prior
from showup.core.remark import Colleagues, Feeling, Impression, Room
from showup.core.verdict.result import Outcome
from showup.flow.portrait import portrait
from showup.flow.remark import can_impress, write_note
from showup.web.asking import Asked, Goto
from showup.web.charts.course import course
from showup.web.desk import Desk
from showup.web.pages.overview import page_number, pages
from showup.web.pages.said import said
from showup.web.questions import worth_asking
from showup.web.showing import Shown

PART = 30
ASKED = (
    ("questions", "Time for your questions", {Room.ENOUGH: "enough", Room.LITTLE: "a little", Room.NONE: "none"}),
    ("colleagues", "Could you speak with future colleagues", {Colleagues.YES: "yes", Colleagues.NO: "no"}),
    ("feeling", "How it felt", {Feeling.GOOD: "good", Feeling.MIXED: "mixed", Feeling.BAD: "bad"}),
)
"""The two-way side: the name of each field, what is asked, and the answers in words."""
_COLUMNS = (
    (Outcome.ON_TIME, "on time"),
    (Outcome.LATE, "late"),
    (Outcome.NO_SHOW, "no-show"),
    (Outcome.MOVED, "moved"),
    (Outcome.CANCELLED, "cancelled"),
    (Outcome.EXCUSED, "excused"),
    (Outcome.UNKNOWN, "unknown"),
    (Outcome.PENDING, "to come"),
)


def look(desk: Desk, asked: Asked) -> Shown:
    """The page of the employer whose number is asked for."""
    page = page_number(asked.query.get("page", ""))
    with desk.reviewing() as review:
        found = portrait(review, asked.number, PART * (page - 1), PART)
        fresh = [visit for visit in found.visits if can_impress(Outcome(visit.interview["outcome"]))][:1]
        values = {
            "found": found,
            "course": course(found.steps, prior(review.judge.policy.score), review.judge.zone),
            "stages": _stages(found.stages),
            "felt": _felt(found.impressions),
            "fresh": next((visit for visit in fresh if visit.impression is None), None),
            "asked": ASKED,
            "pages": pages(page, found.count, {}, PART),
            "here": f"/employers/{found.id}",
            "worth_asking": worth_asking(desk.questions),
            "file": desk.questions.name,
            "said": said(review, asked.query.get("said", "")),
        }
    return Shown("employer.html", values)


def note(desk: Desk, asked: Asked) -> Goto:
    """Keep the person's words on an employer."""
    with desk.changing() as record:
        write_note(record, asked.number, asked.form.get("note", ""), desk.now())
    return Goto(f"/employers/{asked.number}#note")


def _stages(counts: Mapping[str, Mapping[Outcome, int]]) -> dict[str, object]:
    """A table of how each round went, with the outcomes that there are."""
    columns = [(outcome, name) for outcome, name in _COLUMNS if any(outcome in row for row in counts.values())]
    rows = [(stage, [row.get(outcome, 0) for outcome, _ in columns]) for stage, row in sorted(counts.items())]
    return {"columns": [name for _, name in columns], "rows": rows}


def _felt(impressions: Sequence[Impression]) -> list[tuple[str, str]]:
    """The two-way side over all interviews: what was asked, and how often which answer was given."""
    told = []
    for name, title, answers in ASKED:
        counts = Counter(getattr(one, name) for one in impressions)
        words = [f"{word} {counts[answer]}" for answer, word in answers.items() if counts[answer]]
        if words:
            told.append((title, " · ".join(words)))
    return told
