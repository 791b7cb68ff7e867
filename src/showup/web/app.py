"""All of it together: the routes, the door before them, and where a session is got."""

from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from showup.web.asking import Handler, endpoint, trouble
from showup.web.codes import Codes
from showup.web.desk import Desk
from showup.web.guard import Guard
from showup.web.pages import appointment, employer, overview, report, totals
from showup.web.sessions import Sessions

_STATIC = {file.name: file for file in (Path(__file__).parent / "static").iterdir()}
_KEPT = {"cache-control": "private, max-age=86400, immutable"}
_PAGES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", overview.look),
    ("GET", "/totals", totals.look),
    ("GET", "/employers/{number:int}", employer.look),
    ("GET", "/report", report.everybody),
    ("GET", "/employers/{number:int}/report", report.one),
    ("POST", "/employers/{number:int}/note", employer.note),
    ("GET", "/appointments/{number:int}", appointment.look),
    ("POST", "/appointments/{number:int}/answer", appointment.answer),
    ("POST", "/appointments/{number:int}/impression", appointment.impression),
)


def application(desk: Desk, codes: Codes, sessions: Sessions, authority: str, asked: Callable[[], None]) -> ASGIApp:
    """The page at `authority`; `asked` is called with every request that is answered."""
    cookie = f"showup-{authority.rpartition(':')[2]}"  # cookies are shared by all ports of a host

    async def enter(request: Request) -> Response:
        """Exchange a one-time code for a session. The code is gone from the address bar with the redirect."""
        ahead = "sec-purpose" in request.headers or "purpose" in request.headers  # fetched before anybody asked for it
        if request.method != "GET" or ahead or not codes.take(request.query_params.get("code", "")):
            return trouble(403, "This link was used already, or is too old. Run `showup web` to get another one.")
        response = RedirectResponse("/", 303)
        response.set_cookie(cookie, sessions.new(), path="/", httponly=True, samesite="strict")
        return response

    routes = [Route(path, endpoint(handle, desk, sessions), methods=[way]) for way, path, handle in _PAGES]
    own = [Route("/open", enter), Route("/static/{name}", _static)]
    pages = Starlette(routes=[*own, *routes], exception_handlers={HTTPException: _nothing_here})
    pages.router.redirect_slashes = False
    guard = Guard(pages, authority, sessions, cookie)

    async def counted(scope: Scope, receive: Receive, send: Send) -> None:
        asked()
        await guard(scope, receive, send)

    return counted


async def _static(request: Request) -> Response:
    """How the pages look: only files known by name. Pages tell the version, so that none is asked for twice."""
    file = _STATIC.get(request.path_params["name"])
    return FileResponse(file, headers=_KEPT) if file else trouble(404, "There is nothing here.")


async def _nothing_here(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return trouble(status, "There is nothing here.")
