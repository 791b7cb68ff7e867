"""What is asked of a server: the bodies of the requests, as XML."""

from collections.abc import Iterable
from html import escape

_NAMES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'
_EVENTS = '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>'

WHO = ("D:resourcetype", "D:displayname", "D:current-user-principal", "C:calendar-home-set")
WHAT = ("D:resourcetype", "D:displayname", "C:supported-calendar-component-set")
MARKS = ("D:resourcetype", "S:getctag", "D:sync-token")


def properties(names: Iterable[str]) -> bytes:
    """PROPFIND (RFC 4918, section 9.1): ask for these properties."""
    return _xml("D:propfind", _prop(names))


def everything() -> bytes:
    """REPORT calendar-query (RFC 4791, section 7.8): the ETag of every object that holds events."""
    return _xml("C:calendar-query", _prop(["D:getetag"]) + _EVENTS)


def changes(token: str) -> bytes:
    """REPORT sync-collection (RFC 6578, section 3.2): what has changed since; all there is, for an empty token."""
    since = f"<D:sync-token>{escape(token)}</D:sync-token><D:sync-level>1</D:sync-level>"
    return _xml("D:sync-collection", since + _prop(["D:getetag"]))


def objects(hrefs: Iterable[str]) -> bytes:
    """REPORT calendar-multiget (RFC 4791, section 7.9): these objects."""
    wanted = "".join(f"<D:href>{escape(href)}</D:href>" for href in hrefs)
    return _xml("C:calendar-multiget", _prop(["D:getetag", "C:calendar-data"]) + wanted)


def _prop(names: Iterable[str]) -> str:
    return f"<D:prop>{''.join(f'<{name}/>' for name in names)}</D:prop>"


def _xml(name: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><{name} {_NAMES}>{inner}</{name}>'.encode()
