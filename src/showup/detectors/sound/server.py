"""The sound server, by pulsectl-asyncio: PulseAudio, and PipeWire in its place.

Imported only where something is watched. The one file that knows the library; what leaves it is our own.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable
from contextlib import aclosing, suppress
from typing import Any, Self, TypeVar

from pulsectl import PulseDisconnected, PulseError
from pulsectl._pulsectl import LibPulse
from pulsectl_asyncio import PulseAsync

from showup.detectors.sound.programs import program
from showup.detectors.sound.scene import Microphone, Playback
from showup.detectors.sound.speech import RATE, SILENCE

_T = TypeVar("_T")
_LIMIT = 3.0
"""Seconds that the server may take to answer; then it is frozen."""
_NO_INDEX = 0xFFFFFFFF
"""PA_INVALID_INDEX."""
_OURS = "showup"


class ServerAway(Exception):  # noqa: N818 - a state of the desktop, not a fault of ours
    """The sound server is not there, has gone, or does not answer."""


class Server:
    """One connection. Use it as `async with`.

    Every method raises ServerAway when the server has gone, or does not answer in time.
    """

    def __init__(self) -> None:
        self._pulse = PulseAsync(_OURS)

    async def __aenter__(self) -> Self:
        try:
            await self._pulse.connect(timeout=_LIMIT)
        except (PulseError, PulseDisconnected, TimeoutError) as error:
            self._pulse.close()
            raise ServerAway(str(error)) from error
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._pulse.close()

    async def microphones(self) -> list[Microphone]:
        """Every program that takes sound in."""
        outputs = await _answered(self._pulse.source_output_list())
        if not outputs:
            return []
        monitors = {one.index for one in await _answered(self._pulse.source_list()) if one.monitor_of_sink != _NO_INDEX}
        return [
            Microphone(program(one.proplist), running=not one.corked, monitor=one.source in monitors) for one in outputs
        ]

    async def playbacks(self) -> list[Playback]:
        """Every program that plays."""
        inputs = await _answered(self._pulse.sink_input_list())
        if not inputs:
            return []
        monitors = {one.index: str(one.monitor_source_name) for one in await _answered(self._pulse.sink_list())}
        return [
            Playback(
                one.index,
                program(one.proplist),
                monitors.get(one.sink, ""),
                running=not one.corked,
                muted=bool(one.mute),
                volume=float(one.volume.value_flat),
            )
            for one in inputs
        ]

    async def changes(self) -> AsyncIterator[None]:
        """One for each change of the streams."""
        async with aclosing(self._pulse.subscribe_events("source_output", "sink_input")) as events:
            while True:
                yield await _next(events)

    async def levels(self, playback: Playback) -> AsyncIterator[float]:
        """The loudest moment of each tenth of a second, in dB of full scale.

        It does not end when the stream does; it ends at once where the stream is gone already.
        """
        peaks = self._pulse.subscribe_peak_sample(playback.listen_at, rate=RATE, stream_idx=playback.index)
        async with aclosing(peaks):
            with suppress(LibPulse.CallError):
                while True:
                    yield _decibels(await _next(peaks))


async def _answered(question: Awaitable[_T]) -> _T:
    try:
        return await asyncio.wait_for(question, _LIMIT)
    except (PulseError, PulseDisconnected, TimeoutError) as error:
        raise ServerAway(str(error)) from error


async def _next(told: AsyncIterator[Any]) -> Any:  # noqa: ANN401 - the library has no types
    try:
        return await anext(told)
    except (PulseError, PulseDisconnected, StopAsyncIteration) as error:
        raise ServerAway(str(error)) from error


def _decibels(peak: float) -> float:
    return max(SILENCE, 20 * math.log10(peak)) if peak > 0 else SILENCE
