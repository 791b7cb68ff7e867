"""What is on now and next, found in an agenda: interviews ahead, with all that it takes to tell how they stand later.

A status bar goes through here every few seconds: nothing is imported that takes time.
"""

from datetime import datetime

TYPE_CHECKING = False  # as in typing, which is not imported for it
if TYPE_CHECKING:
    from showup.core.verdict.result import Verdict
    from showup.core.views import View

ABSENT, HERE, AWAY, UNKNOWN = "absent", "here", "away", "unknown"
"""What is known of the other side: not there yet, there (or there before), did not come, or nothing."""


def status(agenda: "View", now: datetime) -> "View":
    """The status at the moment `now` (aware UTC): docs/json.md has its keys, but for `running`."""
    present, coming = current(agenda, now), following(agenda, now)
    return {
        "now": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "next": coming["interview"] if coming else None,
        "current": present["interview"] if present else None,
        "questions": agenda["questions"],
        "calendars": agenda["calendars"],
    }


def current(agenda: "View", now: datetime) -> "View | None":
    """The entry of the interview that is on, the one that began last."""
    begun = [one for one in agenda["interviews"] if start(one) <= now < end(one)]
    return begun[-1] if begun else None


def following(agenda: "View", now: datetime) -> "View | None":
    """The entry of the interview that comes next."""
    return next((one for one in agenda["interviews"] if start(one) > now), None)


def they(verdict: "Verdict") -> str:
    """What is known of the other side at the moment of this verdict; nothing that is only presumed."""
    if verdict.seen or verdict.outcome in {"on_time", "late"}:
        return HERE
    if verdict.outcome == "no_show" and verdict.certainty == "confirmed":
        return AWAY
    return ABSENT if verdict.outcome == "pending" and verdict.absence == "known" else UNKNOWN


def start(entry: "View") -> datetime:
    """When an entry's interview was planned for: aware UTC."""
    return _moment(entry["interview"]["start"])


def end(entry: "View") -> datetime:
    """When it ends, or is taken to end: aware UTC."""
    return _moment(entry["end"])


def asks_from(entry: "View") -> datetime:
    """From when on it is asked whether they have come: aware UTC."""
    return _moment(entry["late"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
