"""The overview: what is asked, and the employers by the lower end of their reliability."""

from enum import StrEnum
from typing import TypeVar

from showup.core.paging import Order, Wanted
from showup.core.reliability import Label
from showup.core.text import plain
from showup.flow.overview import Row, overview
from showup.flow.review import Review
from showup.web.asking import Asked
from showup.web.charts import marks
from showup.web.desk import Desk
from showup.web.pages.links import query
from showup.web.pages.said import said
from showup.web.showing import Shown

PART = 25
_LAST = 100_000
_ROOM = 80
_Choice = TypeVar("_Choice", bound=StrEnum)
ORDERS = {
    Order.RELIABILITY: "least reliable first",
    Order.MISSES: "misses in a row",
    Order.LATEST: "latest interview",
    Order.WAITED: "longest waited for",
    Order.APPOINTMENTS: "most interviews",
    Order.NAME: "name",
}


def look(desk: Desk, asked: Asked) -> Shown:
    """The page that is wanted of the employers, with whatever is asked on top."""
    page = page_number(asked.query.get("page", ""))
    wanted = Wanted(
        search=plain(asked.query.get("q", ""), _ROOM),
        label=_one_of(Label, asked.query.get("label", "")),
        order=_one_of(Order, asked.query.get("sort", "")) or Order.RELIABILITY,
        offset=PART * (page - 1),
        limit=PART,
    )
    with desk.reviewing() as review:
        found = overview(review, wanted)
        values = {
            "questions": found.questions,
            "rows": [(row, _marks(row, review)) for row in found.rows],
            "found": found.found,
            "known": found.known,
            "wanted": wanted,
            "orders": ORDERS,
            "labels": [label.value for label in Label],
            "pages": pages(page, found.found, _filters(wanted)),
            "here": f"/{query({**_filters(wanted), 'page': page if page > 1 else 0})}",
            "said": said(review, asked.query.get("said", "")),
        }
    return Shown("overview.html", values)


def pages(page: int, count: int, filters: dict[str, str | int], part: int = PART) -> dict[str, object]:
    """Which page this is of how many, and the links to those beside it."""
    last = max(1, -(-count // part))
    return {
        "page": page,
        "last": last,
        "earlier": query({**filters, "page": min(page - 1, last)}) or "?" if page > 1 else "",
        "later": query({**filters, "page": page + 1}) if page < last else "",
    }


def page_number(text: str) -> int:
    """A page's number, from 1 on; 1 for what is none."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(_LAST)) else 1
    return max(1, number)


def _filters(wanted: Wanted) -> dict[str, str | int]:
    order = wanted.order.value if wanted.order is not Order.RELIABILITY else ""
    return {"q": wanted.search, "label": wanted.label.value if wanted.label else "", "sort": order}


def _marks(row: Row, review: Review) -> marks.Row:
    coming = sum(mark.outcome == "pending" for mark in row.marks)
    older = int(row.employer["appointments"]) + coming - len(row.marks)
    return marks.row(row.marks, review.judge.zone, more=older)


def _one_of(kind: type[_Choice], text: str) -> _Choice | None:
    return kind(text) if text in {each.value for each in kind} else None
