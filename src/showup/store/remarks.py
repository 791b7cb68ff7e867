"""What the person keeps beside the record: notes on employers, and how interviews were for them."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select

from showup.core.remark import Impression, Note
from showup.store import rows, tables
from showup.store.answers import reads, writes
from showup.store.prepared import Part
from showup.store.tables import appointments, impressions, notes
from showup.store.upsert import upsert

_NOTE = select(notes).where(notes.c.employer_id == bindparam("employer"))
_NOTES = select(notes)
_SAVE_NOTE = upsert(notes)
_DROP_NOTE = delete(notes).where(notes.c.employer_id == bindparam("employer"))
_IMPRESSION = select(impressions).where(impressions.c.appointment_id == bindparam("number"))
_IMPRESSIONS_OF = select(impressions).join(appointments).where(appointments.c.employer_id == bindparam("employer"))
_SAVE_IMPRESSION = upsert(impressions)
_DROP_IMPRESSION = delete(impressions).where(impressions.c.appointment_id == bindparam("number"))


class Remarks(Part):
    """The part of the repository that knows the person's own side."""

    @reads(tables.notes)
    def note(self, employer_id: int) -> Note | None:
        """See the port Record, here and below."""
        return self._one(rows.note, _NOTE, {"employer": employer_id})

    @reads(tables.notes)
    def notes(self) -> Mapping[int, Note]:
        """All of them."""
        return {row.employer_id: rows.note(row) for row in self._all(_NOTES)}

    @writes(tables.notes)
    def save_note(self, employer_id: int, note: Note) -> None:
        """An empty one is none."""
        if note.text:
            self._write(_SAVE_NOTE, {"employer_id": employer_id, "text": note.text, "written": note.written})
        else:
            self._write(_DROP_NOTE, {"employer": employer_id})

    @reads(tables.impressions)
    def impression(self, appointment_id: int) -> Impression | None:
        """Of one interview."""
        return self._one(rows.impression, _IMPRESSION, {"number": appointment_id})

    @reads(tables.impressions, tables.appointments)
    def impressions(self, employer_id: int) -> Mapping[int, Impression]:
        """Of an employer's interviews."""
        found = self._all(_IMPRESSIONS_OF, {"employer": employer_id})
        return {row.appointment_id: rows.impression(row) for row in found}

    @writes(tables.impressions)
    def save_impression(self, appointment_id: int, impression: Impression) -> None:
        """An empty one is none."""
        if impression.empty:
            self._write(_DROP_IMPRESSION, {"number": appointment_id})
        else:
            self._write(_SAVE_IMPRESSION, {"appointment_id": appointment_id, **rows.of_impression(impression)})
