"""Random searches for work: stories told by a seed, with everything that people, calendars and machines get wrong."""

from showup.rehearsal.search.knobs import GENTLE, HARD, Knobs
from showup.rehearsal.search.stories import FIRST, random_story

__all__ = ["FIRST", "GENTLE", "HARD", "Knobs", "random_story"]
