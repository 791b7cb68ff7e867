"""What the pages work with: the record, the judge and the clock, each handed in."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from showup.core.problem import Problem
from showup.flow.judge import Judge
from showup.flow.review import Review
from showup.ports import Clock, Record, Store


@dataclass(frozen=True, slots=True)
class Desk:
    """`store` opens the record anew for each request; `judge` has the settings of now.

    `questions` is the person's own file of questions worth asking. `say` is told, by any thread, what went wrong.
    """

    store: Callable[[], Store]
    judge: Callable[[], Judge]
    clock: Clock
    questions: Path
    say: Callable[[str], None]

    def now(self) -> datetime:
        """The time: aware UTC."""
        return self.clock.now()

    @property
    def zone(self) -> tzinfo | None:
        """The person's time zone."""
        return self.judge().zone

    @contextmanager
    def reviewing(self) -> Iterator[Review]:
        """Look at the record as it is now."""
        with closing(self.store()) as store, store.reading() as record:
            yield Review(record, self.judge(), self.now())

    @contextmanager
    def changing(self) -> Iterator[Record]:
        """Change the record, in one transaction."""
        with closing(self.store()) as store, store.transaction() as record:
            yield record

    def damage(self) -> Problem | None:
        """What is said of a record that holds what nobody could read; None where it is something else."""
        with suppress(Problem), closing(self.store()) as store:
            return store.damage()
        return None
