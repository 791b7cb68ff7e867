"""Where a form leads back to: only ever to pages of ours."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

_KNOWN = re.compile(r"/(?:employers/[0-9]{1,18}|appointments/[0-9]{1,18})?(?:\?[A-Za-z0-9=&%+._~-]{0,600})?")


def back(form: Mapping[str, str], otherwise: str, **said: int) -> str:
    """The page that a form names in `back`, if it is one of ours; `said` goes into its query."""
    wanted = form.get("back", "")
    path, _, query = (wanted if _KNOWN.fullmatch(wanted) else otherwise).partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in said]
    return f"{path}?{'&'.join([*kept, urlencode(said)])}" if kept or said else path


def query(values: Mapping[str, str | int]) -> str:
    """A query of what is set; empty where nothing is."""
    told = {name: value for name, value in values.items() if value not in {"", 0}}
    return f"?{urlencode(told)}" if told else ""
