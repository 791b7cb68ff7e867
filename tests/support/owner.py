"""A calendar's owner, who writes it as .ics: the part of the contract's Calendar that all .ics places share."""

from datetime import datetime, timedelta

from tests.support.ics import calendar, vevent


def stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


class Owner:
    """Keeps the events and calls `save` after each change: `events` are VEVENTs by UID."""

    def __init__(self) -> None:
        self.events: dict[str, str] = {}
        self._times = 0

    def save(self) -> None:
        raise NotImplementedError

    def whole(self) -> bytes:
        return calendar(*self.events.values())

    def put(self, uid: str, start: datetime, *, title: str = "Interview", cancelled: bool = False) -> None:
        self.events[uid] = self._event(uid, start, "STATUS:CANCELLED" if cancelled else "STATUS:CONFIRMED", title)
        self.save()

    def vanish(self, uid: str) -> None:
        del self.events[uid]
        self.save()

    def weekly(self, uid: str, start: datetime) -> None:
        self.events[uid] = self._event(uid, start, "RRULE:FREQ=WEEKLY")
        self.save()

    def move_one(self, uid: str, slot: datetime, start: datetime) -> None:
        self.events[uid] += self._event(uid, start, f"RECURRENCE-ID:{stamp(slot)}")
        self.save()

    def empty(self) -> None:
        self.events.clear()
        self.save()

    def _event(self, uid: str, start: datetime, more: str, title: str = "Interview") -> str:
        self._times += 1
        return vevent(
            f"DTSTART:{stamp(start)}\nDTEND:{stamp(start + timedelta(hours=1))}\nSEQUENCE:{self._times}\n{more}",
            uid,
            text(title),
        )
