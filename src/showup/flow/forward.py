"""Forward: a notice that the desktop had for a while without an answer goes to the person's phone as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from showup.core.notice import Kind
from showup.core.record import Notice
from showup.ports import Channel, Store

_AGAIN = timedelta(minutes=1)
"""So long after a try that did not succeed comes the next one."""
_FRESH = timedelta(hours=1)
"""A notice that could not be sent for so long is not sent any more."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which kinds go to the phone, and how long the desktop has them for itself."""

    kinds: frozenset[Kind]
    after: timedelta


class Forwarder:
    """Each notice arrives once. Only what still stands is sent, and nothing waits for it."""

    def __init__(self, channel: Channel, store: Store, rule: Rule) -> None:
        self._channel, self._store, self._rule = channel, store, rule
        self._tried: dict[int, datetime] = {}
        self._arrived = set[int]()
        self._sent = set[int]()

    def forward(self, unclosed: Sequence[Notice], now: datetime) -> None:
        """Send what is due, and write down what has arrived.

        Raises:
            Problem: the record cannot be written now; it is tried again with the next call.
        """
        self._arrived |= set(self._channel.drain())
        if self._arrived:
            with self._store.transaction() as record:
                for number in self._arrived:
                    record.mark_forwarded(number, now)
            self._sent |= self._arrived
            self._arrived = set()
        there = {notice.id for notice in unclosed}
        self._sent &= there  # the number of one that is gone may be given anew
        self._tried = {number: at for number, at in self._tried.items() if number in there}
        for notice in unclosed:
            if self._due(notice, now):
                self._tried[notice.id] = now
                self._channel.send(notice.id, notice.message)

    def close(self) -> None:
        """Let the channel go."""
        self._channel.close()

    def _due(self, notice: Notice, now: datetime) -> bool:
        if notice.kind not in self._rule.kinds or notice.forwarded or notice.id in self._sent:
            return False
        tried = self._tried.get(notice.id)
        age = now - notice.created
        return self._rule.after <= age < self._rule.after + _FRESH and (tried is None or now - tried >= _AGAIN)
