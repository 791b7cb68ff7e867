"""What was read is not read again before something is written that could change it.

A beat asks the record the same things as the beat before. SQLite answers in microseconds; making rows into values takes
many times longer.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from functools import wraps
from types import MappingProxyType
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Table

_MANY = frozenset({tuple, dict, frozenset, MappingProxyType})
_ROOM = 1024
"""More rows than the appointments of some weeks give; then it begins anew. A row takes up to two kilobytes."""


class Answers:
    """What one connection has read, by the tables that it was read from."""

    def __init__(self) -> None:
        self.known: dict[Hashable, tuple[Any, tuple[Table, ...], int]] = {}
        """The answers, with the tables and the number of rows of each."""
        self._of: dict[Table, set[Hashable]] = defaultdict(set)
        self._rows = 0

    def keep(self, question: Hashable, tables: tuple[Table, ...], answer: Any) -> None:  # noqa: ANN401
        """Know this answer from now on."""
        rows = max(len(answer), 1) if type(answer) in _MANY else 1
        if self._rows + rows > _ROOM:
            self.clear()
        self._rows += rows
        self.known[question] = answer, tables, rows
        for table in tables:
            self._of[table].add(question)

    def forget(self, tables: tuple[Table, ...]) -> None:
        """These tables are written to. A question goes from all its tables, or those rarely written to would swell."""
        for table in tables:
            for question in self._of.pop(table, ()):
                _answer, others, rows = self.known.pop(question)
                self._rows -= rows
                for other in others:
                    if other is not table:
                        self._of[other].discard(question)

    def clear(self) -> None:
        """Somebody else wrote, or what was written here was undone."""
        self.known.clear()
        self._of.clear()
        self._rows = 0


class _Part(Protocol):
    """A part of the repository."""

    _answers: Answers


Method = TypeVar("Method", bound=Callable[..., Any])


def reads(*tables: Table) -> Callable[[Method], Method]:
    """For a method that reads these tables and no others. Its arguments tell one question from another."""

    def remembering(method: Method) -> Method:
        @wraps(method)
        def answer(part: _Part, *args: Hashable) -> object:
            answers, question = part._answers, (method, *args)  # noqa: SLF001 - its own
            if known := answers.known.get(question):
                return known[0]
            found = method(part, *args)
            answers.keep(question, tables, found)
            return found

        return cast("Method", answer)

    return remembering


def writes(*tables: Table) -> Callable[[Method], Method]:
    """For a method that writes to these tables and no others, those included that follow by a foreign key."""

    def forgetting(method: Method) -> Method:
        @wraps(method)
        def change(part: _Part, *args: object, **kwargs: object) -> object:
            part._answers.forget(tables)  # noqa: SLF001 - its own
            try:
                return method(part, *args, **kwargs)
            finally:
                part._answers.forget(tables)  # noqa: SLF001 - what it read itself while it was at it

        return cast("Method", change)

    return forgetting
