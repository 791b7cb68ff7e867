"""The world of a story: rooms, calls, the phone, the desktop, as they are at this moment."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from showup.core.evidence import Sign
from showup.core.problem import Problem


@dataclass(slots=True)
class Room:
    """One meeting: who is in it, who came and went, whether they speak."""

    you: bool = False
    they: bool = False
    speaking: bool = False
    history: list[tuple[datetime, Sign]] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """What is so at this moment. Only the story changes it."""

    rooms: dict[str, Room] = field(default_factory=lambda: defaultdict(Room))
    calls: list[tuple[datetime, Sign]] = field(default_factory=list)
    muted: bool = False
    awake: bool = True
    running: bool = True
    desktop: bool = True
    state: dict[str, str] = field(default_factory=dict)
    """How each detector does: alive, dead, error or empty."""

    def able(self, detector: str) -> bool:
        """Whether a detector sees anything."""
        return self.awake and self.running and self.state.get(detector, "alive") == "alive"

    @property
    def you_in_call(self) -> bool:
        """Your microphone is open in a call application."""
        return any(room.you for room in self.rooms.values())

    @property
    def speech(self) -> bool:
        """Speech comes out of your call application: they speak in a room that you are in."""
        return any(room.you and room.speaking for room in self.rooms.values())

    def you(self, what: str, room: Room, at: datetime) -> None:
        """You join or leave."""
        inside = _one_of(what, join=True, leave=False)
        if inside != room.you:
            room.history.append((at, Sign.YOU_IN if inside else Sign.YOU_OUT))
        room.you = inside

    def they(self, what: str, room: Room, at: datetime) -> None:
        """They join, leave, speak or fall silent."""
        inside = _one_of(what, join=True, leave=False, speak=True, quiet=room.they)
        if inside != room.they:
            room.history.append((at, Sign.THEY_IN if inside else Sign.THEY_OUT))
        room.they = inside
        room.speaking = _one_of(what, join=room.speaking, leave=False, speak=True, quiet=False)


def _one_of(what: str, **meanings: bool) -> bool:
    if what not in meanings:
        raise Problem(f"“{what}” is no step of its kind.", f"It is one of: {', '.join(meanings)}.")
    return meanings[what]
