"""Keep up with a collection: ask whether it changed, then what, then get that and nothing else."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from showup.calendars.caldav import questions
from showup.calendars.caldav.multistatus import CALDAV, CTAG, DAV, Item, path_of
from showup.calendars.caldav.server import Refused, Server
from showup.network.body import TooLarge
from showup.ports import SourceProblem

SIZE_LIMIT = 300_000_000
_BATCH = 250
"""Objects in one request. Each costs a connection of its own; a server that finds it too many is asked for fewer."""
_PAGES = 1_000
_GONE = (404, 410)
_CUT_SHORT = 507
_TROUBLE = (401, 407, 429)


@dataclass(frozen=True, slots=True)
class Object:
    """A calendar object as it was when the server listed it with this ETag."""

    etag: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One that is still to be fetched: how the server writes its address, and its ETag."""

    href: str
    etag: str


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a collection, by path. It is true at every step: whoever stops may go on from any.

    `mark` is what the collection said of itself before all of `objects` and `wanted` was listed.
    """

    objects: Mapping[str, Object] = field(default_factory=dict)
    wanted: Mapping[str, Wanted] = field(default_factory=dict)
    token: str = ""
    mark: tuple[str, str] = ("", "")


Keep = Callable[[State], None]


class Follower:
    """Brings a state up to date."""

    def __init__(self, server: Server, address: str, keep: Keep) -> None:
        """`keep` is given every new state."""
        self._server, self._address, self._keep = server, address, keep
        self._path = path_of(address)

    def follow(self, state: State, due: Iterable[str] = ()) -> Generator[None, None, State]:
        """Return the state as it is now. Objects at the paths `due` are fetched whatever their calendar says.

        It yields where it may pause, and go on over another line. One request where nothing has changed. What could
        not be fetched stays `wanted`.

        Raises:
            Refused, SourceProblem and what else `Server.ask` raises.
        """
        mark, token = self._mark()
        if not any(mark) or mark != state.mark:
            state = self._listed(state, token)
            state = replace(state, mark=mark)
            self._keep(state)
            if len(state.wanted) > _BATCH:
                yield
        again = {path: Wanted(path, state.objects[path].etag) for path in due if path in state.objects}
        wanted = {**again, **state.wanted}
        for count, paths in enumerate(_batches(list(wanted), _BATCH)):
            if count:
                yield
            state = self._fetched(state, {path: wanted[path] for path in paths})
            self._keep(state)
        return state

    def _mark(self) -> tuple[tuple[str, str], str]:
        """The collection's ctag and sync token, which change when anything in it does."""
        self._address, told = self._server.ask("PROPFIND", self._address, questions.properties(questions.MARKS))
        found = told.items[0] if told.items else None
        if found is None or not found.has(f"{DAV}resourcetype", f"{CALDAV}calendar"):
            raise SourceProblem(
                "There is no calendar at this address.", "`showup calendar add caldav` finds those that there are."
            )
        self._path = found.path  # what stands behind a proxy has its own idea of it
        token = found.text(f"{DAV}sync-token")
        return (found.text(CTAG), token), token

    def _listed(self, state: State, token: str) -> State:
        """The state with all that changed in `wanted`: by the changes since its token, else by a look at everything."""
        if state.token:
            try:
                return self._changes(state, state.token)
            except Refused as answer:  # the token is not valid any more, which servers say in many ways
                if not _is_about_the_question(answer.code):
                    raise
            except _LostError:
                pass
        _, told = self._server.ask("REPORT", self._address, questions.everything(), 1)
        if any(self._is_cut_short(item) for item in told.items):
            return self._in_pages(state)
        return replace(_compared(state, self._members(told.items)), token=token)

    def _in_pages(self, state: State) -> State:
        """A look at everything on a server that does not tell it in one go."""
        try:
            all_of_it = self._changes(State(), "")
        except (Refused, _LostError):
            raise SourceProblem(
                "The server gives out only a part of the calendar.", "Choose one that holds your appointments only."
            ) from None
        listed = {path: (one.href, one.etag) for path, one in all_of_it.wanted.items()}
        return replace(_compared(state, listed), token=all_of_it.token)

    def _changes(self, state: State, token: str) -> State:
        """RFC 6578: page by page."""
        for _ in range(_PAGES):
            _, told = self._server.ask("REPORT", self._address, questions.changes(token))
            gone = {item.path for item in told.items if item.status in _GONE}
            state = _changed(state, self._members(told.items), gone)
            cut = any(map(self._is_cut_short, told.items))
            if not told.token or (cut and told.token == token):
                raise _LostError
            token = told.token
            if not cut:
                return replace(state, token=token)
        raise _LostError

    def _fetched(self, state: State, wanted: Mapping[str, Wanted]) -> State:
        """The state with these objects, as far as they came."""
        try:
            _, told = self._server.ask(
                "REPORT", self._address, questions.objects(one.href for one in wanted.values()), 1
            )
        except (Refused, TooLarge) as answer:
            if isinstance(answer, Refused) and not _is_about_the_question(answer.code):
                raise
            if len(wanted) > 1:  # one of them may be what it fails at
                for paths in _batches(list(wanted), len(wanted) // 2):
                    state = self._fetched(state, {path: wanted[path] for path in paths})
            return state
        objects, left = dict(state.objects), dict(state.wanted)
        for item in told.items:
            if item.path not in wanted:
                continue
            if item.status in _GONE:
                objects.pop(item.path, None)
                left.pop(item.path, None)
            elif data := item.data():
                objects[item.path] = Object(wanted[item.path].etag, data)
                left.pop(item.path, None)
        if sum(len(one.data) for one in objects.values()) > SIZE_LIMIT:
            raise TooLarge
        return replace(state, objects=objects, wanted=left)

    def _members(self, items: Iterable[Item]) -> dict[str, tuple[str, str]]:
        """What is in the collection, with its ETag."""
        inside = f"{self._path.rstrip('/')}/"
        return {
            item.path: (item.href, item.text(f"{DAV}getetag"))
            for item in items
            if item.path.startswith(inside) and item.path != inside and item.status // 100 == 2
        }

    def _is_cut_short(self, item: Item) -> bool:
        return item.status == _CUT_SHORT and item.path.rstrip("/") == self._path.rstrip("/")


class _LostError(Exception):
    """The changes cannot be told one by one."""


def _is_about_the_question(code: int) -> bool:
    """Whether another question may be answered: the server is there, and knows who we are."""
    return code not in _TROUBLE and (code < 500 or code in {501, _CUT_SHORT})


def _compared(state: State, listed: Mapping[str, tuple[str, str]]) -> State:
    """The state after a list of everything: what is not on it is gone."""
    return _changed(state, listed, (state.objects.keys() | state.wanted.keys()) - listed.keys())


def _changed(state: State, listed: Mapping[str, tuple[str, str]], gone: Iterable[str]) -> State:
    objects, wanted = dict(state.objects), dict(state.wanted)
    for path, (href, etag) in listed.items():
        known = objects.get(path)
        if known is None or not etag or known.etag != etag:
            wanted[path] = Wanted(href, etag)
        else:
            wanted.pop(path, None)
    for path in gone:
        objects.pop(path, None)
        wanted.pop(path, None)
    return replace(state, objects=objects, wanted=wanted)


def _batches(paths: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(paths), size):
        yield paths[start : start + size]
