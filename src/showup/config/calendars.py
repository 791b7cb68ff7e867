"""The calendars among the settings."""

from pathlib import Path
from urllib.parse import urlsplit

from showup.config.faults import shown
from showup.config.settings import CalendarSettings
from showup.config.table import Table
from showup.core.text import plain

_KEYS = {
    "ics": ("path", "url"),
    "google": ("account", "calendars", "api_endpoint", "meet_endpoint"),
    "caldav": ("url", "user"),
}
_WEB = ("https", "http")
_SUBSCRIBED = (*_WEB, "webcal", "webcals")
_NEAR, _FAR = 1, 5
"""Minutes between two reads: of a file, and of what comes over the network. Five is the most that the rules allow."""
_NAME = 60


def calendars(tables: list[Table]) -> tuple[CalendarSettings, ...]:
    """All of them; two of one name are one too many."""
    found: list[CalendarSettings] = []
    for table in tables:
        calendar = _calendar(table)
        if calendar.name and any(calendar.name == other.name for other in found):
            table.fault("name", f"is {shown(calendar.name)}, as that of another calendar.", "Give each its own name.")
        found.append(calendar)
    return tuple(found)


def _calendar(table: Table) -> CalendarSettings:
    name, kind = _name(table), _kind(table)
    calendar = CalendarSettings(
        name=name,
        type=kind,
        path=_path(table),
        url=_address(table, "url", _WEB if kind == "caldav" else _SUBSCRIBED),
        account=table.text("account"),
        calendars=table.texts("calendars", '"primary"'),
        api_endpoint=_address(table, "api_endpoint", _WEB),
        meet_endpoint=_address(table, "meet_endpoint", _WEB),
        user=table.text("user"),
        poll_minutes=table.whole("poll_minutes", _NEAR if "path" in table.values else _FAR, 1, _FAR),
    )
    _fitting(table, kind)
    _complete(table, kind)
    table.done()
    return calendar


def _name(table: Table) -> str:
    name = table.text("name")
    if not name and "name" not in table.values:
        table.fault("", "has no name.", 'Give it one, such as name = "work".')
    if name != plain(name, _NAME):
        table.fault("name", f"is {shown(name)}.", f"Use at most {_NAME} visible characters.")
    return plain(name, _NAME)


def _kind(table: Table) -> str:
    kind = table.text("type")
    if kind not in _KEYS and (kind or "type" not in table.values):
        known = ", ".join(f'"{one}"' for one in _KEYS)
        table.fault("type" if kind else "", f"is {shown(kind)}." if kind else "has no type.", f"It is one of {known}.")
    return kind


def _complete(table: Table, kind: str) -> None:
    """Whether it says where the calendar is, and only once."""
    path, url = "path" in table.values, "url" in table.values
    if kind == "ics" and path and url:
        table.fault("url", "and path are both given.", "Keep the one that is meant.")
    if kind == "ics" and not path and not url:
        table.fault("", "names no place.", 'Give it a path, such as path = "~/interviews.ics", or an url.')
    if kind == "caldav" and not url:
        table.fault("", "has no url.", "Give it the address of the calendar.")


def _path(table: Table) -> Path | None:
    text = table.text("path")
    if not text:
        return None
    if "://" in text[:20]:
        table.fault("path", "is an address.", "Write it as url instead.")
        return None
    try:
        path = Path(text).expanduser()
    except RuntimeError:  # "~somebody", who is not here, or no home folder
        table.fault("path", f"is {shown(text)}, and that home folder is not known.", "Write the whole path.")
        return None
    if not path.is_absolute():
        table.fault("path", f"is {shown(text)}.", "Write the whole path: it begins with / or ~/.")
    return path


def _address(table: Table, key: str, schemes: tuple[str, ...]) -> str:
    """A web address. It may be a secret, so no message repeats it."""
    text = table.text(key, secret=True)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        good = parts.scheme.lower() in schemes and bool(parts.hostname) and not any(char.isspace() for char in text)
    except ValueError:
        good = False
    if not good:
        begins = " or ".join(f"{scheme}://" for scheme in schemes)
        table.fault(key, "is no address that can be read.", f"It begins with {begins}, and a host follows.")
    return text


def _fitting(table: Table, kind: str) -> None:
    """Whether everything that is given belongs to this type of calendar."""
    others = {key for keys in _KEYS.values() for key in keys} - set(_KEYS.get(kind, ()))
    for key in sorted(others & set(table.values)) if kind in _KEYS else ():
        owners = " and ".join(other for other, keys in _KEYS.items() if key in keys)
        table.fault(key, f"does not belong to a calendar of type {kind}, only to {owners}.", "Take it out.")
