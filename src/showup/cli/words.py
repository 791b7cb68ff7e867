"""How outcomes and labels look in a terminal; the words are the core's."""

from showup.cli.screen import Cell
from showup.core import phrases
from showup.core.views import View

_STYLES = {"on_time": "green", "late": "yellow", "no_show": "red", "pending": "dim", "unknown": "dim", "excused": "dim"}
_LABELS = {"reliable": "green", "forgivable": "yellow", "watch": "yellow", "pattern": "red", "no history": "dim"}


def outcome(view: View) -> Cell:
    """How it went, in a few words."""
    return Cell(phrases.outcome(view), _STYLES.get(view["outcome"], ""))


def label(view: View) -> Cell:
    """An employer's label."""
    return Cell(view["label"], _LABELS.get(view["label"], ""))
