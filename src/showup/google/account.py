"""A sign-in with Google: kept as a secret, renewed when its hour is over."""

import shlex

from showup.core.problem import Problem
from showup.core.text import plain
from showup.google.token import RefusedError, Token, renew
from showup.google.transport import Send
from showup.ports import Clock, SecretStore, SourceProblem

_DEFAULT = "default"
_COMMAND = "`showup calendar add google`"
_AGAIN = frozenset({"invalid_grant", "invalid_rapt"})


def key(account: str) -> str:
    """The key under which an account's sign-in lies in the SecretStore: `google:` and the name."""
    return f"google:{account or _DEFAULT}"


def mend(account: str, more: str = "") -> str:
    """How to sign in again, as a sentence with the command; `more` are options that it needs besides."""
    named = f" --account {shlex.quote(plain(account, 200))}" if account else ""
    return f"Sign in with {_COMMAND[:-1]}{named}{more}`."


class Account:
    """Hands out the token for a request. Not to be used by two threads."""

    def __init__(self, name: str, secrets: SecretStore, clock: Clock, token: Token | None = None) -> None:
        """`token` is one that was given just now; without it, what is kept is used."""
        self._name, self._secrets, self._clock = name, secrets, clock
        self._token = token
        self._ended: tuple[str, SourceProblem] | None = None
        self._unkept = ""

    @property
    def mend(self) -> str:
        """How to sign in again."""
        return mend(self._name)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the person should know of it: that a renewed sign-in could not be kept."""
        return (self._unkept,) if self._unkept else ()

    def token(self) -> Token:
        """The sign-in as it is, renewed or not.

        Raises:
            SourceProblem: there is none, it has ended, or the place where it lies cannot be asked now.
        """
        return self._token or self._load()

    def bearer(self, send: Send, refused: str = "") -> str:
        """The access token, renewed if its time is over or if it is the one that was `refused`.

        Raises:
            SourceProblem: there is no sign-in, it has ended, or it cannot be renewed now.
        """
        token = (None if refused else self._token) or self._load()
        if not token.usable(self._clock.now()) or token.access == refused:
            token = self._renewed(token, send)
        self._token = token
        return token.access

    def _load(self) -> Token:
        """The sign-in as it is kept: another process may have renewed it."""
        try:
            text = self._secrets.get(key(self._name))
        except SourceProblem:
            raise
        except Problem as problem:
            raise SourceProblem(problem.sentence, problem.remedy) from None
        if text is None:
            raise SourceProblem(f"There is no sign-in with Google{self._whose}.", self.mend, lasting=True)
        try:
            token = Token.read(text)
        except ValueError:
            raise SourceProblem(
                f"The sign-in with Google{self._whose} that was kept cannot be read.", self.mend, lasting=True
            ) from None
        if self._ended and self._ended[0] == token.refresh:
            raise self._ended[1]
        return token

    def _renewed(self, token: Token, send: Send) -> Token:
        try:
            token = renew(token, send, self._clock.now())
        except RefusedError as why:
            self._token = None
            self._ended = token.refresh, self._over(str(why))
            raise self._ended[1] from None
        self._keep(token)
        return token

    def _over(self, why: str) -> SourceProblem:
        """Say that a sign-in has ended; `why` is the server's own word."""
        sentence = f"The sign-in with Google{self._whose} has ended"
        if why in _AGAIN:
            return SourceProblem(f"{sentence}.", self.mend, lasting=True)
        remedy = f"Make a new client: {_COMMAND} says how."
        return SourceProblem(f"{sentence}, as Google refuses your client ({why}).", remedy, lasting=True)

    def _keep(self, token: Token) -> None:
        """It works without being kept, until the next start."""
        try:
            self._secrets.put(key(self._name), token.text())
            self._unkept = ""
        except Problem as problem:
            self._unkept = f"The renewed sign-in with Google{self._whose} could not be kept: {problem}"

    @property
    def _whose(self) -> str:
        return f" for “{plain(self._name, 80)}”" if self._name else ""
