"""Reports to keep: the same files that `showup report` writes. `?without=personal` leaves out what is personal."""

from showup.flow.report import report
from showup.web.asking import Asked, Kept
from showup.web.desk import Desk
from showup.web.report.writing import html, name


def everybody(desk: Desk, asked: Asked) -> Kept:
    """The report on all employers."""
    return _kept(desk, asked, None)


def one(desk: Desk, asked: Asked) -> Kept:
    """The report on one employer."""
    return _kept(desk, asked, asked.number)


def _kept(desk: Desk, asked: Asked, number: int | None) -> Kept:
    with desk.reviewing() as review:
        found = report(review, number, personal=asked.query.get("without") != "personal")
        return Kept(f"{name(found)}.html", html(found, review.judge.zone, review.judge.policy.score))
