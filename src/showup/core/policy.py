"""The figures by which is judged. Every verdict keeps those it was judged by."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache


@cache
def minutes(number: int) -> timedelta:
    """What a figure in minutes comes to. The same few are asked for again and again."""
    return timedelta(minutes=number)


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """When an appointment is looked at, in whole minutes from its start (DESIGN.md, section 3)."""

    brief_before_minutes: int = 10
    late_after_minutes: int = 5
    nudge_after_minutes: int = 15
    give_up_after_minutes: int = 30


@dataclass(frozen=True, slots=True)
class Score:
    """How faults are weighed (sections 3 and 4).

    The prior is that of an employer who keeps 85 of 100 appointments, worth six appointments; the pattern figures say
    that one employer in ten is careless and then misses three in ten, while the others miss one in twenty-five.
    """

    on_time_within_minutes: int = 5
    late_full_fault_minutes: int = 30
    count_presumed: bool = False
    prior_kept: float = 5.1
    prior_missed: float = 0.9
    careless_share: float = 0.10
    careless_miss_rate: float = 0.30
    careful_miss_rate: float = 0.04


@dataclass(frozen=True, slots=True)
class Policy:
    """All of it, with the figures of the rules that nobody needs to change."""

    checkpoints: Checkpoints = field(default_factory=Checkpoints)
    score: Score = field(default_factory=Score)
    window_before: timedelta = timedelta(minutes=10)
    """How long before the start evidence is looked for."""
    surely_absent_after: timedelta = timedelta(minutes=15)
    """From here on "still waiting" means that they did not come; the S + 15 of the rules of evidence."""
    here_grace: timedelta = timedelta(minutes=10)
    """So long after the late checkpoint a first "they're here" may be told and still mean on time."""
    reconnect: timedelta = timedelta(seconds=60)
    """A gap in your own presence of up to this is none."""
    prompt_speech: timedelta = timedelta(seconds=60)
    """Speech so soon after you joined late means that they had been waiting."""
    settling: timedelta = timedelta(seconds=15)
    """A detector takes so long to begin: until then its watching counts as from the beginning, and nobody as coming."""
    list_age: timedelta = timedelta(seconds=90)
    """A participant list, read each minute, tells of the present for so long."""
