"""Signing in by Digest (RFC 7616), which Baïkal asks for by default; the standard library does it in ASCII only."""

import hashlib
import secrets
from urllib.request import parse_http_list, parse_keqv_list

_KINDS = {"MD5": "md5", "SHA-256": "sha256"}


class Challenge:
    """What a server wants to be answered; it may be answered more than once."""

    def __init__(self, told: str) -> None:
        """Read the value of a header WWW-Authenticate.

        Raises:
            ValueError: it is no challenge of a kind that can be answered.
        """
        scheme, _, rest = told.partition(" ")
        try:
            found = parse_keqv_list(list(filter(None, parse_http_list(rest[:4_000]))))
            self._realm, self._nonce = found["realm"], found["nonce"]
        except (KeyError, IndexError):
            raise ValueError("no challenge") from None
        self._opaque = found.get("opaque")
        self._kind = found.get("algorithm", "MD5")
        self._counted = "qop" in found
        choices = {one.strip() for one in found.get("qop", "auth").split(",")}
        if scheme.lower() != "digest" or self._kind not in _KINDS or "auth" not in choices:
            raise ValueError("another kind of challenge")
        self._count = 0

    def answer(self, user: str, password: str, method: str, selector: str) -> str:
        """The value of the header Authorization for a request; `selector` is what it asks for, with its query."""
        self._count += 1
        first, second = self._hash(f"{user}:{self._realm}:{password}"), self._hash(f"{method}:{selector}")
        own, count = secrets.token_hex(8), f"{self._count:08x}"
        middle = f"{self._nonce}:{count}:{own}:auth" if self._counted else self._nonce
        said = {"username": user, "realm": self._realm, "nonce": self._nonce, "uri": selector}
        said["response"] = self._hash(f"{first}:{middle}:{second}")
        if self._opaque is not None:
            said["opaque"] = self._opaque
        if self._counted:
            said["cnonce"] = own
        quoted = [f'{name}="{_escaped(value)}"' for name, value in said.items()]
        plain = ["qop=auth", f"nc={count}"] if self._counted else []
        return f"Digest {', '.join([*quoted, f'algorithm={self._kind}', *plain])}"

    def _hash(self, text: str) -> str:
        return hashlib.new(_KINDS[self._kind], text.encode(), usedforsecurity=False).hexdigest()


def _escaped(value: str) -> str:
    """A quoted string (RFC 9110, section 5.6.4), in UTF-8 as headers carry it."""
    clean = "".join(char for char in value if char.isprintable()).replace("\\", "\\\\").replace('"', '\\"')
    return clean.encode().decode("latin-1")
