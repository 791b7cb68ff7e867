"""A calendar of a type that this version cannot read: it says so, and the others go on."""

from showup.ports import Reading, SourceProblem, Window


class UnreadCalendar:
    """The port CalendarSource, for a calendar that the settings name and nobody reads."""

    def __init__(self, name: str, kind: str) -> None:
        self._name, self._kind = name, kind

    @property
    def name(self) -> str:
        """The calendar's name."""
        return self._name

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:  # noqa: ARG002
        """Nothing.

        Raises:
            SourceProblem: always.
        """
        raise SourceProblem(
            f"This version of showup does not read calendars of the type {self._kind}.",
            'Give the calendar\'s address in iCal format instead (type = "ics").',
            lasting=True,
        )
