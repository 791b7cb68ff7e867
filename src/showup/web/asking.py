"""From a request to plain values and from a reply to a response: the pages know nothing of HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from showup.core.problem import Problem
from showup.core.text import plain
from showup.web.desk import Desk
from showup.web.sessions import Sessions
from showup.web.showing import Shown, show

_LONGEST = 256 * 1024
"""Bytes of a form: a note of ten thousand characters, each of four bytes written as `%F0`, with some room."""
_FIELDS = 32
_HURRY = 10.0
"""Seconds in which a form has to arrive."""
_LARGEST = 2**62
"""Ids beyond it are none, and no database takes them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser asks for: the number in the path, the query, the form, and the token for forms to carry."""

    number: int = 0
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Goto:
    """Go and look there: the answer to every form, so that it is not sent again by going back."""

    path: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A page to be kept as a file of this name."""

    name: str
    html: str


Reply = Shown | Goto | Kept
Handler = Callable[[Desk, Asked], Reply]
Endpoint = Callable[[Request], Awaitable[Response]]


class Refused(Exception):  # noqa: N818 - it is what happened, as a request sees it
    """A request that is not answered, with the status that says so and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def endpoint(handle: Handler, desk: Desk, sessions: Sessions) -> Endpoint:
    """The handler as Starlette takes it. It works in a thread: the record is read and written there."""

    async def answer(request: Request) -> Response:
        try:
            asked = await _asked(request, sessions)
            reply = await run_in_threadpool(handle, desk, asked)
            if isinstance(reply, Goto):
                return RedirectResponse(reply.path, 303)
            if isinstance(reply, Kept):
                return HTMLResponse(reply.html, headers={"content-disposition": f'attachment; filename="{reply.name}"'})
            return HTMLResponse(await run_in_threadpool(show, reply, desk.zone, asked.token))
        except Refused as refused:
            return trouble(refused.status, refused.sentence)
        except Problem as problem:
            return trouble(404 if request.method == "GET" else 409, str(problem))
        except Exception as error:  # noqa: BLE001 - the last place at which anything can be put in words
            if told := await run_in_threadpool(desk.damage):
                return trouble(500, str(told))
            desk.say(f"The page went wrong: {plain(f'{type(error).__name__}: {error}', 300)}.")
            return trouble(500, "Something went wrong that should not. Nothing half done was stored.")

    return answer


def trouble(status: int, sentence: str) -> Response:
    """A calm page for whatever went wrong."""
    return HTMLResponse(show(Shown("trouble.html", {"sentence": sentence, "status": status})), status)


async def _asked(request: Request, sessions: Sessions) -> Asked:
    secret = str(request.state.session)
    number = int(request.path_params.get("number", 0))
    if number > _LARGEST:
        raise Refused(404, "There is nothing here.")
    form = await _form(request) if request.method == "POST" else {}
    if request.method == "POST" and not sessions.knows(secret, form.get("token", "")):
        raise Refused(403, "This form is not one of this page's. Open the page again, and try once more.")
    return Asked(number, dict(request.query_params), form, sessions.token(secret))


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise Refused(415, "This is no form of this page.")
    try:
        async with asyncio.timeout(_HURRY):
            body = await _body(request)
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS, errors="replace"))
    except (TimeoutError, ClientDisconnect):
        raise Refused(408, "The form did not arrive in time. Try once more.") from None
    except ValueError:  # bytes that no form has, or too many fields
        raise Refused(400, "This is no form of this page.") from None


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            raise Refused(413, "That is more than a form may hold.")
    return bytes(body)
