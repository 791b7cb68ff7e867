"""Tell: what waits in the outbox is shown, what no longer holds is taken back, what was pressed is answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from showup.core.evidence import Word
from showup.core.notice import Choice, Message
from showup.core.record import Issue, Notice
from showup.flow.answer import Said, answer
from showup.flow.judge import Judge
from showup.ports import Closed, Happening, Notifier, NotifierAway, Pressed, Record, Returned, Store

SCREEN = 20
"""So many notices are on the screen at most; the others wait. Nobody reads more, and strangers can cause any number."""
_LATELY = timedelta(days=1)
"""A notice that was closed longer ago has left every screen, and its id may be another program's by now."""
_AGAIN = timedelta(minutes=10)
"""So long after a server took from the screen what was to stay there, it is shown once more."""

Places = dict[int | None, tuple[int, int]]
"""What is overtaken, by appointment: the server's id, free for another notice, and the number of the old one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the person did with a notice: they chose one of its answers, or closed it."""

    notice: Notice
    choice: Choice | None


class Teller:
    """The outbox and the screen. What is on the screen is known by the server's ids, over restarts as well.

    `_open` holds what is there now; `_told` what was shown to the person, and `_unseen` what the server keeps to itself
    while the person is not to be disturbed. `_lapsed` holds when the server took something away though it was to stay;
    None once that was shown again, which is done once.
    """

    def __init__(self, notifier: Notifier, store: Store, judge: Judge) -> None:
        self._notifier, self._store, self._judge = notifier, store, judge
        self._open: dict[int, Notice] = {}
        self._told = set[Issue]()
        self._unseen = set[Issue]()
        self._lapsed: dict[Issue, datetime | None] = {}
        self._reissue = self._first = True
        self._away = False

    @property
    def behind(self) -> bool:
        """Whether something is still to be shown, or to be shown again: the next beat has to look."""
        return self._reissue or self._away or bool(self._unseen) or any(self._lapsed.values())

    @property
    def open(self) -> bool:
        """Whether anything is on the screen."""
        return bool(self._open)

    def listen(self, now: datetime) -> tuple[Heard, ...]:
        """What the person did since the last time; nothing is changed by it yet."""
        return tuple(heard for happening in self._notifier.drain() if (heard := self._heard(happening, now)))

    def hear(self, record: Record, heard: Heard, now: datetime) -> None:
        """An answer becomes evidence; a notice that was closed is done with."""
        number = heard.notice.appointment_id
        if heard.choice is None:
            record.close_notice(heard.notice.id, now)
            record.mark_handed(heard.notice.id, 0)
            return
        appointment = record.appointment(number) if number is not None else None
        if appointment is not None:
            said = Said(Word(heard.choice.word), heard.choice.minutes)
            answer(record, self._judge, appointment, said, now)

    def tell(self, unclosed: Sequence[Notice], now: datetime) -> None:
        """Bring the screen in line with the outbox, as far as there is one; see `behind`.

        What is overtaken by another notice of the same appointment gives it its place; else it leaves the screen.
        """
        on_screen = {notice.issue: (shown_id, notice.message) for shown_id, notice in self._open.items()}
        self._away = True
        try:
            due = [notice for notice in unclosed if self._due(notice, on_screen.get(notice.issue), now)]
            places = self._clear(unclosed, {notice.appointment_id for notice in due if notice.appointment_id}, now)
            for notice in due:
                shown_id, _ = on_screen.get(notice.issue, (notice.shown_id, None))
                self._show(notice, places.pop(notice.appointment_id, (shown_id, 0)), now)
        except NotifierAway:
            return
        self._reissue = self._away = False

    def _clear(self, unclosed: Sequence[Notice], coming: Collection[int | None], now: datetime) -> Places:
        """Take from the screen what no longer stands; the ids that are left to what is coming, by appointment."""
        standing = {notice.issue for notice in unclosed}
        self._unseen &= standing
        self._told &= standing
        self._lapsed = {issue: when for issue, when in self._lapsed.items() if issue in standing}
        places: Places = {}
        gone = list[int]()
        for shown_id, notice in [*self._open.items(), *self._left_over(now)]:
            if notice.issue in standing:
                continue
            if notice.appointment_id in coming and notice.appointment_id not in places:
                places[notice.appointment_id] = (shown_id, notice.id)
            else:
                self._notifier.withdraw(shown_id)
                self._open.pop(shown_id, None)
                gone.append(notice.id)
        if gone:
            with self._store.transaction() as record:
                for number in gone:
                    record.mark_handed(number, 0)
        return places

    def _left_over(self, now: datetime) -> list[tuple[int, Notice]]:
        """What was answered lately, while nobody was there to take it from the screen."""
        if not self._first:
            return []
        self._first = False
        with self._store.reading() as record:
            notices = record.handed(now - _LATELY)
        taken = {notice.shown_id for notice in notices if notice.closed is None}
        return [(one.shown_id, one) for one in notices if one.closed and one.shown_id not in taken]

    def _heard(self, happening: Happening, now: datetime) -> Heard | None:
        match happening:
            case Pressed(shown_id, place) if shown_id in self._open:
                notice = self._open[shown_id]
                choices = notice.message.choices
                # A link was opened by the desktop, and says nothing.
                answered = 0 <= place < len(choices) and choices[place].word and notice.appointment_id is not None
                return Heard(notice, choices[place]) if answered else None
            case Closed(shown_id, dismissed, lapsed) if shown_id in self._open:
                notice = self._open.pop(shown_id)
                if lapsed:
                    self._lapsed.setdefault(notice.issue, now)
                return Heard(notice, None) if dismissed else None
            case Returned():
                self._reissue = True
            case _:
                pass  # somebody else's notice, or one that is gone already
        return None

    def _due(self, notice: Notice, on_screen: tuple[int, Message] | None, now: datetime) -> bool:
        """New, to be issued again after a restart (of ours or of the server), put in other words, or not seen yet."""
        if self._reissue or (on_screen is not None and on_screen[1] != notice.message):
            return True
        gone = self._lapsed.get(notice.issue)
        if notice.issue in self._unseen or (gone and now - gone >= _AGAIN):
            return not self._notifier.quiet
        return notice.shown is None and notice.issue not in self._told

    def _show(self, notice: Notice, place: tuple[int, int], now: datetime) -> None:
        replaces, overtaken = place
        shown_id = self._notifier.show(notice.message, replaces)
        told = notice.shown is not None or notice.issue in self._told
        unseen = not told and self._notifier.quiet
        if not told or overtaken or shown_id != notice.shown_id:
            with self._store.transaction() as record:
                if unseen:
                    record.mark_handed(notice.id, shown_id)
                else:
                    record.mark_shown(notice.id, now, shown_id)  # the first moment is kept
                if overtaken:
                    record.mark_handed(overtaken, 0)
        (self._unseen if unseen else self._told).add(notice.issue)
        if self._lapsed.get(notice.issue):
            self._lapsed[notice.issue] = None
        self._unseen -= self._told
        for old in (replaces, notice.shown_id):
            self._open.pop(old, None)
        self._open[shown_id] = notice
