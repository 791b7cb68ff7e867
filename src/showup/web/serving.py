"""The web server itself, within bounds: few connections, little time, small requests."""

import asyncio
from collections.abc import Callable
from typing import cast

from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from showup.web.app import application
from showup.web.codes import Codes
from showup.web.desk import Desk
from showup.web.guard import HEAD
from showup.web.sessions import Sessions

_CONNECTIONS = 48
_HURRY = 10.0
"""Seconds in which a connection has to say what it wants."""
_LOOK, _GRACE, _KEEP = 1, 2, 10


class _Patient(H11Protocol):
    """A connection that is closed where nothing is asked over it: uvicorn itself waits for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.loop.call_later(_HURRY, self._give_up)

    def _give_up(self) -> None:
        asked = cast("object | None", self.cycle)  # of the first request; uvicorn's own type forgets the None before it
        if asked is None and not self.transport.is_closing():
            self.transport.close()


def server(desk: Desk, codes: Codes, authority: str, asked: Callable[[], None], still: Callable[[], bool]) -> Server:
    """A server of the page at `authority`, which ends once `still` says no."""

    async def look() -> None:
        made.should_exit = made.should_exit or not still()

    pages = application(desk, codes, Sessions(desk.clock), authority, asked)
    made = Server(
        Config(
            pages,
            http=_Patient,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=HEAD,
            timeout_keep_alive=_KEEP,
            timeout_notify=_LOOK,
            timeout_graceful_shutdown=_GRACE,
            callback_notify=look,
        )
    )
    return made
