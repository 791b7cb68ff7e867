"""A calendar on a CalDAV server, as a source."""

import shlex
from collections.abc import Generator
from urllib.parse import urlsplit

from showup.calendars.caldav.multistatus import NoMultistatus
from showup.calendars.caldav.pieces import Pieces, Request
from showup.calendars.caldav.server import Login, Refused, Server, origin
from showup.calendars.caldav.sync import Follower, State
from showup.calendars.paced import Paced, Steps
from showup.core.problem import Problem
from showup.network.line import Line
from showup.network.trouble import trouble
from showup.network.web import DEADLINE, within
from showup.ports import Reading, SecretStore, SourceProblem, Window

_AGAIN_AFTER = 6
"""Readings. A password that was refused is not tried each time: servers shut out whoever does that."""


def secret_key(url: str, user: str) -> str:
    """Under which key a password is kept: one for all calendars of a user on a server.

    Raises:
        SourceProblem: the address is none.
    """
    return f"caldav {origin(url)} {user}"


class CaldavCalendar:
    """A calendar source (the port CalendarSource): the collection at `url`, read as `user`, or as anybody."""

    def __init__(self, name: str, url: str, user: str, secrets: SecretStore, *, zone: str | None = None) -> None:
        """Remember where it is; nothing is asked yet. `zone` is the machine's, for times that name none."""
        self._name, self._url, self._user, self._secrets = name, url, user, secrets
        self._state = State()
        self._pieces = Pieces(zone)
        self._last: tuple[State, Request] | None = None
        self._paced = Paced()
        self._password = ""
        self._refused = ""
        self._waited = 0

    @property
    def name(self) -> str:
        """The name the person gave it."""
        return self._name

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:
        """Read what has changed (see the port); what is `due` is fetched whatever the server says of changes.

        Raises:
            SourceProblem: it could not be read, or only in part.
        """
        return self._paced.go_on(lambda: self._steps(window, known, due))

    def _steps(self, window: Window, known: frozenset[str], due: frozenset[str]) -> Steps:
        state = yield from self._followed(Login(self._user, self._secret()), due)
        self._refused = ""
        request = window, known
        if self._last and self._last[1] == request and _same(self._last[0], state):
            return Reading(None)
        try:
            parsed = yield from self._pieces.read(state, request)
        except Problem as problem:
            raise SourceProblem(problem.sentence, problem.remedy) from None
        self._last = state, request
        return Reading(parsed.events, parsed.warnings)

    def _followed(self, login: Login, due: frozenset[str]) -> Generator[None, None, State]:
        def keep(state: State) -> None:
            self._state = state  # of a reading that is late, too: an older state is as true as a newer one

        server = Server(Line(), login, frozenset({origin(self._url)}), DEADLINE)
        following = Follower(server, self._url, keep).follow(self._state, self._pieces.holding(due))
        while (state := self._go_on(server, following)) is None:
            yield
        return state

    def _go_on(self, server: Server, following: Generator[None, None, State]) -> State | None:
        """Follow it to the next pause; None where there is more."""

        def go_on(line: Line) -> State | None:
            server.use(line)
            try:
                next(following)
            except StopIteration as done:
                found: State = done.value
                return found
            return None

        host = (urlsplit(self._url).hostname or "")[:100]
        try:
            return within(DEADLINE, go_on)
        except SourceProblem:
            raise
        except NoMultistatus:
            raise no_server(host) from None
        except Refused as answer:
            raise self._rejected(answer, host) from None
        except TimeoutError as problem:
            raise self._unfinished(host) or trouble(problem, host) from None
        except Exception as problem:  # noqa: BLE001 - hostile servers fail in ways that nobody can list
            raise trouble(problem, host) from None

    def _secret(self) -> str:
        """The password; asked for once, as a keyring may show a prompt."""
        if not self._user:
            return ""
        if not self._password:
            try:
                self._password = self._secrets.get(secret_key(self._url, self._user)) or ""
            except SourceProblem:
                raise
            except Problem as problem:
                raise SourceProblem(problem.sentence, problem.remedy) from None
        if not self._password:
            raise SourceProblem(f"There is no password for {self._where()}.", self._mend("stores one"), lasting=True)
        if self._password == self._refused and self._waited < _AGAIN_AFTER:
            self._waited, self._password = self._waited + 1, ""
            raise self._unauthorised()
        self._waited = 0
        return self._password

    def _rejected(self, answer: Refused, host: str) -> SourceProblem:
        if answer.code == 401:
            self._refused, self._password = self._password, ""
            return self._unauthorised()
        if answer.code == 403:
            return SourceProblem(
                f"{host} does not let {self._user} read this calendar.",
                f"Ask its owner, or remove it: `showup calendar remove {shlex.quote(self._name)}`.",
                lasting=True,
            )
        return trouble(answer.error, host)

    def _unauthorised(self) -> SourceProblem:
        sentence = f"The password for {self._where()} is not accepted (any more)."
        return SourceProblem(sentence, self._mend("takes a new one"), lasting=True)

    def _unfinished(self, host: str) -> SourceProblem | None:
        here, all_of_it = len(self._state.objects), len(self._state.objects.keys() | self._state.wanted.keys())
        if not self._state.wanted:
            return None
        return SourceProblem(f"{host} has given {here:,} of {all_of_it:,} events so far.", "The rest comes soon.")

    def _where(self) -> str:
        return f"{self._user} at {(urlsplit(self._url).hostname or '')[:100]}"

    def _mend(self, does: str) -> str:
        return f"`showup calendar password {shlex.quote(self._name)}` {does}."


def no_server(host: str) -> SourceProblem:
    """Say that what answers is no CalDAV server."""
    return SourceProblem(
        f"What answers at {host} is no CalDAV server.",
        "The network may ask for a sign-in: open a browser. Else check the address.",
    )


def _same(one: State, other: State) -> bool:
    return one.objects == other.objects and one.wanted.keys() == other.wanted.keys()
