"""Revise: what was said is closed where it no longer holds, and worded anew where something has another name."""

from datetime import datetime

from showup.core.record import Entry, Notice
from showup.core.telling import Scene, holds, stale
from showup.core.wording import is_blind
from showup.flow.judge import Judge
from showup.ports import Record

_MOST = 200
"""So many notices are revised with each beat; of more, those behind come to the front as others are closed."""


class Reviser:
    """Looks over the notices with each beat; those of which nothing changed cost a comparison."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._revised: dict[int, tuple[object, ...]] = {}

    def revise(self, record: Record, now: datetime) -> None:
        """Close the notices that no longer hold, and let the others say things as they are called now."""
        before, self._revised = self._revised, {}
        for notice in record.foremost(_MOST):
            entry = record.entry(notice.appointment_id) if notice.appointment_id is not None else None
            if entry and not self._stands(notice, entry, now):
                record.close_notice(notice.id, now)
            elif entry:
                basis = (
                    notice.message,
                    notice.created,
                    entry,
                    self._judge.basis(record, notice.kind, entry.appointment),
                )
                if basis != before.get(notice.id):
                    self._reword(record, notice, entry)
                self._revised[notice.id] = basis

    def _stands(self, notice: Notice, entry: Entry, now: datetime) -> bool:
        scene = Scene(entry.appointment, entry.verdict, self._judge.policy, now)
        return holds(notice.kind, scene) and not stale(notice.kind, notice.created, now)

    def _reword(self, record: Record, notice: Notice, entry: Entry) -> None:
        """Another name, another link: said as of then. The answers stay, as somebody may be about to press one."""
        readable = not is_blind(notice.message)
        scene = Scene(entry.appointment, entry.verdict, self._judge.policy, notice.created, readable)
        words = self._judge.words(record, notice.kind, scene)
        if words != notice.message and words.answers == notice.message.answers:
            record.reword(notice.id, words)
