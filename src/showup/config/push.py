"""The second channel among the settings."""

from showup.config.faults import shown
from showup.config.settings import Push
from showup.config.table import Table
from showup.core.notice import Kind

_LONGEST = 60


def push(table: Table) -> Push:
    """What goes to the phone, and when. No message repeats an address: it holds a password or a secret name."""
    usual = Push()
    found = Push(
        urls=_urls(table),
        after_minutes=table.whole("after_minutes", usual.after_minutes, 0, _LONGEST),
        kinds=_kinds(table) if "kinds" in table.values else usual.kinds,
    )
    table.asked.append("kinds")
    table.done()
    return found


def _urls(table: Table) -> tuple[str, ...]:
    value = table.take("urls")
    urls = value if isinstance(value, list) else []
    if value is not None and not (isinstance(value, list) and all(_is_address(one) for one in urls)):
        table.fault("urls", "is no list of addresses.", 'Write urls = ["ntfy://…"], in the form that Apprise has.')
        return ()
    return tuple(urls)


def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return False
    scheme, colon, rest = value.partition("://")
    return bool(scheme and colon and rest) and not any(char.isspace() or char == "\0" for char in value)


def _kinds(table: Table) -> tuple[Kind, ...]:
    names = table.texts("kinds", '"late"')
    known = [kind.value for kind in Kind]
    for name in names:
        if name not in known:
            table.fault("kinds", f"holds {shown(name)}.", f"Known here: {', '.join(known)}.")
    return tuple(Kind(name) for name in dict.fromkeys(names) if name in known)
