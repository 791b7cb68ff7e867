"""The calendars that an account has."""

from dataclasses import dataclass

from showup.calendars.google.api import Api
from showup.core.text import plain
from showup.google.account import Account
from showup.google.refusal import Expired, Missing
from showup.google.token import Token
from showup.ports import Clock, SecretStore, SourceProblem

_PAGES = 20
_MOST = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A calendar. The id of the `primary` one is the account's address."""

    id: str
    title: str
    primary: bool


def calendars(token: Token, secrets: SecretStore, clock: Clock, endpoint: str = "") -> tuple[Listed, ...]:
    """All calendars of the account that has just signed in, the main one first.

    Raises:
        SourceProblem: they could not be listed.
    """
    api = Api(endpoint, Account("", secrets, clock, token), clock)
    api.begin()
    found: dict[str, Listed] = {}
    page = ""
    try:
        for _ in range(_PAGES):
            answer = api.calendars(page)
            items = answer.get("items")
            for item in items if isinstance(items, list) else []:
                if (one := _listed(item)) and len(found) < _MOST:
                    found[one.id] = one
            following = answer.get("nextPageToken")
            page = following if isinstance(following, str) else ""
            if not page:
                break
    except (Expired, Missing) as refused:
        raise SourceProblem("Google does not give out the list of your calendars.", "Try again later.") from refused
    return tuple(sorted(found.values(), key=lambda one: not one.primary))


def _listed(item: object) -> Listed | None:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not item["id"]:
        return None
    titles = [title for key in ("summaryOverride", "summary") if isinstance(title := item.get(key), str) and title]
    return Listed(item["id"], plain((*titles, item["id"])[0], 80), item.get("primary") is True)
