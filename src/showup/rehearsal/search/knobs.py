"""How wild a random story is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Knobs:
    """Chances are 0 to 1; `interviews` are so many a week, `faults` the mean number a day."""

    interviews: int = 12
    employers: int = 4
    odd_seconds: float = 0.15
    """That a moment does not fall on a whole minute."""

    # the detectors of this machine
    sound: float = 0.6
    meet: float = 0.6
    phone: float = 0.6

    # how an interview goes
    never: float = 0.25
    late: float = 0.3
    silent: float = 0.12
    muted: float = 0.08
    noisy: float = 0.1
    you_absent: float = 0.12
    you_late: float = 0.12
    reconnect: float = 0.1

    # what the person says
    says: float = 0.7
    corrects: float = 0.15
    told_late: float = 0.15
    odd_words: float = 0.06
    """excused, mine, not_interview, moved, cancelled by word."""

    # what the calendar does
    moved: float = 0.15
    cancelled: float = 0.1
    vanished: float = 0.06
    rebooked: float = 0.5
    """Of the cancelled ones: a new event follows."""
    restored: float = 0.25
    """Of the cancelled ones that are not rebooked."""
    own: float = 0.08
    """Organised by the candidate."""
    scheduler: float = 0.12
    back_to_back: float = 0.12
    overlap: float = 0.08
    series: float = 0.15
    """That one of the employers books a series."""

    # what breaks
    faults: float = 0.0
    clock: float = 0.0
    """That the wall clock jumps some night."""
    clock_by_day: float = 0.0
    """That it jumps across the time of an interview, and is right again before that begins."""


GENTLE = Knobs()
HARD = Knobs(faults=2.5, clock=0.3, clock_by_day=0.1, corrects=0.25, odd_words=0.1)
