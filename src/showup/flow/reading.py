"""Reading: a calendar is read over as many turns as it takes, and nothing is judged before its word was had."""

from datetime import datetime
from typing import NamedTuple

from showup.flow.turn import Over
from showup.ports import CalendarSource, Reading, SourceProblem, Window

_LONGEST = 30.0
"""Seconds after which a reading waits for the next time: a slow server would keep all else waiting for as long as it
likes."""

Fetched = Reading | SourceProblem | None
"""What came of reading a calendar; None where no reading came to its end. Something may be left of the last one."""


class _Ask(NamedTuple):
    """A reading that was asked for: for the sake of the UIDs that are `due`, or of every one."""

    due: frozenset[str] = frozenset()
    every: bool = False

    def concerns(self, uid: str) -> bool:
        return self.every or uid in self.due


class Reader:
    """Reads one calendar. One that was asked for while another is under way begins when that is finished.

    So whoever asks never gets a word that is older than the question, and a calendar that takes long is read to its
    end however often it is asked for.
    """

    def __init__(self, source: CalendarSource) -> None:
        self._source = source
        self._wanted: _Ask | None = None
        self._under_way: _Ask | None = None
        self._came: Fetched = None
        self._finished = self._given_up = False
        self._since = 0.0
        self.at: datetime | None = None
        """When the reading that is under way, or was the last, had begun."""

    @property
    def busy(self) -> bool:
        """Whether there is something to read."""
        return self._wanted is not None or self._under_way is not None

    @property
    def place(self) -> int:
        """Its place in the row of those that are busy: first what something due waits for, then what was begun."""
        if any(one.every or one.due for one in self._asked()):
            return 0
        return 1 if self._under_way else 2

    @property
    def doubtful(self) -> bool:
        """Whether nothing that stands in this calendar is to be believed before it was read."""
        return any(one.every for one in self._asked())

    def want(self, due: frozenset[str] = frozenset(), *, every: bool = False) -> None:
        """It is to be read, for the sake of these UIDs, or of `every` one."""
        before = self._wanted or _Ask()
        self._wanted = _Ask(before.due | due, before.every or every)

    def awaits(self, uid: str) -> bool:
        """Whether nothing is to be said of this UID before a reading was had."""
        return any(one.concerns(uid) for one in self._asked())

    def read(self, window: Window, known: frozenset[str], now: datetime, moment: float, over: Over) -> Fetched:
        """Go on until the turn is `over`, and for one step at least; None where the reading is not finished then.

        One that is finished with the turn is handed out with the next: to look at much takes its time, too. `moment` is
        in seconds of the clock that stands in sleep.
        """
        came, self._came = self._came, None
        if came is None:
            came = self._go_on(window, known, now, moment, over)
            if came and over():
                self._came, came = came, None
        self._finished = came is not None
        return came

    def _go_on(self, window: Window, known: frozenset[str], now: datetime, moment: float, over: Over) -> Fetched:
        due = (self._under_way or self._begin(now, moment)).due
        try:
            while (reading := self._source.read(window, known, due)).unfinished:
                if over():
                    return self._patience(moment)
        except SourceProblem as trouble:
            return trouble
        return reading

    def kept(self) -> None:
        """What was read is in the record for good."""
        if self._finished:
            self._under_way, self._finished = None, False

    def dropped(self) -> None:
        """What was read came to nothing, as it could not be put into the record: it is read again."""
        self._finished = False

    def _asked(self) -> list[_Ask]:
        return [one for one in (self._wanted, None if self._finished else self._under_way) if one]

    def _begin(self, now: datetime, moment: float) -> _Ask:
        """Begin what is wanted. What was given up before is read to its end first; it answers nobody's question."""
        self._since, begun = moment, _Ask()
        if self._given_up:
            self._given_up = False
        else:
            begun, self._wanted, self.at = self._wanted or begun, None, now
        self._under_way = begun
        return begun

    def _patience(self, moment: float) -> SourceProblem | None:
        if moment - self._since < _LONGEST:
            return None
        self._wanted, self._given_up = None, True
        return SourceProblem(
            "The calendar takes long, and has not come whole yet.", "It goes on with the next reading."
        )
