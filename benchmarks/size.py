"""How much is measured: all of it for the document, a little to see that the measuring works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    rounds: int
    appointments: int
    many: int
    events: tuple[int, ...]
    google: int
    idle_minutes: float
    checkpoints: int
    recognised: int
    searches: int
    painted: int


WHOLE = Size(
    rounds=11,
    appointments=1_000,
    many=100_000,
    events=(10_000, 100_000),
    google=10_000,
    idle_minutes=5,
    checkpoints=150,
    recognised=20_000,
    searches=30,
    painted=10_000,
)
SMALL = Size(
    rounds=1,
    appointments=20,
    many=40,
    events=(200,),
    google=40,
    idle_minutes=0.05,
    checkpoints=1,
    recognised=50,
    searches=1,
    painted=20,
)
