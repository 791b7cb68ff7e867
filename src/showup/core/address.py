"""Addresses out of an invitation: used only where every program reads the same place in them."""

import re
from unicodedata import category

_WEB = re.compile(
    r"https?://(\[[0-9a-f:.]{2,45}\]|[^\s\\/?#@:%\[\]\x00-\x1f]{1,253})(?::\d{0,5})?(?=[/?#]|\Z)", re.IGNORECASE
)
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
"""A name of DNS (RFC 1123), with the underscores that are in use."""
_SHOWN = 60
_MAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\%]{1,64}@[^\s@,;:<>()\[\]\"\\%]{1,253}")


def host(link: str) -> str:
    """The host of a web link, lower case, other scripts as "xn--…" (RFC 5890); empty where it is no plain web link.

    A name before the host ("https://meet.example@evil.example"), backslashes and percent signs are refused: what a
    browser makes of them (https://url.spec.whatwg.org/) is not what a person reads.
    """
    found = _WEB.match(link)
    if not found:
        return ""
    name = found[1].lower().removesuffix(".")
    if name.startswith("["):
        return name
    if not name.isascii():
        if any(category(char)[0] not in "LMN" and char not in "-._" for char in name):
            return ""
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:  # no name of DNS can be made of it
            return ""
    return name if _NAME.fullmatch(name) else ""


def shown_host(link: str) -> str:
    """The host for people: of a long one the end, which says whose it is."""
    name = host(link)
    return name if len(name) <= _SHOWN else f"…{name[-_SHOWN + 1 :]}"


def mailbox(text: str) -> str:
    """The mail address that `text` is; empty where it is none, or might be read as several or as more than that."""
    return text if _MAIL.fullmatch(text) else ""
