"""Interviews and employers in a few words, for every place that shows them; the values are those of the JSON."""

from showup.core.lengths import length

TYPE_CHECKING = False  # as in typing, which a status bar does not wait for
if TYPE_CHECKING:
    from showup.core.views import View


def who(view: "View") -> str:
    """The employer, or the title of the event where it is not known."""
    return str(view["employer"] or view["title"] or "?")


def outcome(view: "View") -> str:
    """How it went, in a few words."""
    words = str(view["outcome"]).replace("_", " ")
    if view["minutes_late"] is not None:
        words = f"{length(view['minutes_late'])} late"
    if view["notice_minutes"] is not None:
        words += f" {_notice(view['notice_minutes'])}"
    presumed = ", presumed" if view["certainty"] == "presumed" else ""
    return words + presumed


def counts(view: "View") -> str:
    """Whether it counts, and how much."""
    if view["outcome"] == "pending":
        return "Whether it counts is not decided."
    if not view["counted"]:
        return "It does not count."
    fault = float(view["fault"])
    if fault in {0.0, 1.0}:
        return "It counts fully against them." if fault else "It counts in their favour."
    return f"It counts against them with {fault:.2g} of a no-show."


def details(view: "View") -> str:
    """How, at which stage, and by whom else."""
    via = f"via {view['via']}" if view["via"] else ""
    return " · ".join(part for part in (view["employer"] or "", view["medium"] or "", stage(view), via) if part)


def stage(view: "View") -> str:
    """Which round; empty where it is not known."""
    return str(view["stage"] or "").replace("_", " ")


def round_name(stage: str) -> str:
    """A stage by its name in the record, also where it stands by itself."""
    return stage.replace("_", " ") or "round not known"


def score(view: "View") -> str:
    """An employer's score with its interval."""
    return f"{view['reliability']:.0f} ({view['low']:.0f}–{view['high']:.0f})" if view["n"] else "–"


def _notice(minutes: int) -> str:
    return f"{length(minutes)} ahead" if minutes >= 0 else f"{length(-minutes)} after the start"
