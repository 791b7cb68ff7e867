"""Tell: what waits in the outbox is shown, what no longer holds is taken back, what was pressed is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from showup.core.evidence import Word
from showup.core.notice import Choice
from showup.core.record import Notice
from showup.flow.answer import Said, answer
from showup.flow.judge import Judge
from showup.ports import Closed, Happening, Notifier, NotifierAway, Pressed, Record, Returned, Store


@dataclass(frozen=True, slots=True)
class Heard:
    """What the person did with a notice: they chose one of its answers, or closed it."""

    notice: Notice
    choice: Choice | None


class Teller:
    """The outbox and the screen. What is on the screen is known by the server's ids, over restarts as well."""

    def __init__(self, notifier: Notifier, store: Store, judge: Judge) -> None:
        self._notifier, self._store, self._judge = notifier, store, judge
        self._open: dict[int, Notice] = {}
        self._reissue = True

    @property
    def open(self) -> bool:
        """Whether anything is on the screen."""
        return bool(self._open)

    def listen(self) -> tuple[Heard, ...]:
        """What the person did since the last time; nothing is changed by it yet."""
        return tuple(heard for happening in self._notifier.drain() if (heard := self._heard(happening)))

    def hear(self, record: Record, heard: Heard, now: datetime) -> None:
        """An answer becomes evidence; a notice that was closed is done with."""
        number = heard.notice.appointment_id
        if heard.choice is None:
            record.close_notice(heard.notice.id, now)
            return
        appointment = record.appointment(number) if number is not None else None
        if appointment is not None:
            said = Said(Word(heard.choice.word), heard.choice.minutes)
            answer(record, self._judge, appointment, said, now)

    def tell(self, unclosed: Sequence[Notice], now: datetime) -> bool:
        """Bring the screen in line with the outbox; False where the notification server is away."""
        standing = {notice.id for notice in unclosed}
        for shown_id, notice in list(self._open.items()):
            if notice.id not in standing:
                self._notifier.withdraw(shown_id)
                del self._open[shown_id]
        on_screen = {notice.id: notice for notice in self._open.values()}
        try:
            for notice in unclosed:
                if self._due(notice, on_screen.get(notice.id)):
                    self._show(notice, now)
        except NotifierAway:
            return False
        self._reissue = False
        return True

    def _heard(self, happening: Happening) -> Heard | None:
        match happening:
            case Pressed(shown_id, place) if shown_id in self._open:
                notice = self._open[shown_id]
                choices = notice.message.choices
                # A link was opened by the desktop, and says nothing.
                answered = 0 <= place < len(choices) and choices[place].word and notice.appointment_id is not None
                return Heard(notice, choices[place]) if answered else None
            case Closed(shown_id, dismissed) if shown_id in self._open:
                notice = self._open.pop(shown_id)
                return Heard(notice, None) if dismissed else None
            case Returned():
                self._reissue = True
            case _:
                pass  # somebody else's notice, or one that is gone already
        return None

    def _due(self, notice: Notice, on_screen: Notice | None) -> bool:
        """New, to be issued again after a restart (of ours or of the server), or put in other words."""
        if notice.shown is None or self._reissue:
            return True
        return on_screen is not None and on_screen.message != notice.message

    def _show(self, notice: Notice, now: datetime) -> None:
        shown_id = self._notifier.show(notice.message, notice.shown_id)
        if notice.shown is None or shown_id != notice.shown_id:
            with self._store.transaction() as record:
                record.mark_shown(notice.id, now, shown_id)
        self._open.pop(notice.shown_id, None)
        self._open[shown_id] = notice
