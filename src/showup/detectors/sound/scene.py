"""What the sound server shows at one moment, and what may be told from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from showup.detectors.sound.programs import Program

_QUIETEST = 0.2
"""Of full volume on the server's own scale, which is -42 dB: further down it cannot be told from silence."""


@dataclass(frozen=True, slots=True)
class Microphone:
    """A program that takes sound in. `monitor` tells that it takes what a loudspeaker plays."""

    program: Program
    running: bool = True
    monitor: bool = False

    @property
    def in_call(self) -> bool:
        """Whether it means that you are in a call."""
        return self.running and not self.monitor and self.program.holds_calls


@dataclass(frozen=True, slots=True)
class Playback:
    """A program that plays. `listen_at` is the name of its loudspeaker's monitor; `volume` is 0..1, or more."""

    index: int
    program: Program
    listen_at: str
    running: bool = True
    muted: bool = False
    volume: float = 1.0

    @property
    def too_quiet(self) -> bool:
        """Whether nothing could be heard in it."""
        return self.muted or self.volume < _QUIETEST


@dataclass(frozen=True, slots=True)
class Scene:
    """What may be told: whether you are in a call, what to listen to, or why nothing can be told of them."""

    you: bool = False
    listen_to: Playback | None = None
    deaf: str = ""


def scene(microphones: Sequence[Microphone], playbacks: Sequence[Playback], players: Sequence[Program]) -> Scene:
    """Judge the moment. `players` are the media players that say they are playing."""
    callers = [one.program for one in microphones if one.in_call]
    if not callers:
        return Scene()
    caller = callers[0]
    if not all(caller.is_same_as(other) for other in callers[1:]):
        return Scene(True, deaf="several applications hold the microphone")
    playing = [one for one in playbacks if one.running and caller.is_same_as(one.program)]
    if not playing:
        return Scene(True)
    if len(playing) > 1:
        return Scene(True, deaf="the application of the call plays several things at once")
    if any(caller.is_same_as(player) for player in players):
        return Scene(True, deaf="the application of the call plays something else as well")
    if playing[0].too_quiet:
        return Scene(True, deaf="the sound of the call is turned off or very low")
    return Scene(True, playing[0])
