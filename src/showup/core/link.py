"""Links of an invitation: which of them may be opened at all."""

from urllib.parse import quote, urlsplit

from showup.core.address import host
from showup.core.problem import Problem

SCHEMES = frozenset({"http", "https", "tel", "mailto"})
_LONGEST, _LETTER = 4000, 40_000
"""Characters of a link; of one that holds a letter, each of whose characters may take nine."""


def checked(url: str) -> str:
    """The link as it may be handed to another program: what may not stand in a URL (RFC 3986) is percent-encoded.

    Raises:
        Problem: it is no http(s), tel or mailto link.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _refused() from None
    webless = parts.scheme in {"http", "https"} and not host(url)
    hidden = any(char <= " " or char == "\x7f" for char in url)
    most = _LETTER if parts.scheme == "mailto" else _LONGEST
    if parts.scheme not in SCHEMES or webless or hidden or len(url) > most:
        raise _refused()
    return quote(url, safe=":/?#[]@!$&'()*+,;=%-._~", errors="replace")


def _refused() -> Problem:
    return Problem("This link is not opened, as it is no web, phone or mail link.", "Look at the invitation itself.")
