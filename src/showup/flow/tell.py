"""Tell: what waits in the outbox is shown, what no longer holds is taken back, what was pressed is answered."""

from datetime import datetime

from showup.core.evidence import Word
from showup.core.notice import Choice
from showup.core.record import Notice
from showup.flow.answer import Said, answer
from showup.flow.judge import Judge
from showup.ports import Closed, Notifier, NotifierAway, Pressed, Returned, Store


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

    def hear(self, now: datetime) -> bool:
        """Take what the person pressed; whether the record changed by it."""
        changed = False
        for happening in self._notifier.drain():
            match happening:
                case Pressed(shown_id, choice) if shown_id in self._open:
                    changed |= self._pressed(self._open[shown_id], choice, now)
                case Closed(shown_id, dismissed) if shown_id in self._open:
                    notice = self._open.pop(shown_id)
                    if dismissed:
                        self._close(notice, now)
                        changed = True
                case Returned():
                    self._reissue = True
                case _:
                    pass  # somebody else's notice, or one that is gone already
        return changed

    def tell(self, now: datetime) -> bool:
        """Bring the screen in line with the outbox; False where the notification server is away."""
        with self._store.reading() as record:
            unclosed = record.notices(unclosed=True)
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

    def _pressed(self, notice: Notice, choice: int, now: datetime) -> bool:
        """An answer becomes evidence; a link was opened by the desktop, and says nothing."""
        choices = notice.message.choices
        pressed = choices[choice] if 0 <= choice < len(choices) else Choice("")
        if not pressed.word or notice.appointment_id is None:
            return False
        with self._store.transaction() as record:
            appointment = record.appointment(notice.appointment_id)
            if appointment is not None:
                said = Said(Word(pressed.word), pressed.minutes)
                answer(record, self._judge, appointment, said, now)
        return True

    def _close(self, notice: Notice, now: datetime) -> None:
        with self._store.transaction() as record:
            record.close_notice(notice.id, now)
