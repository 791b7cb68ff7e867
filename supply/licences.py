"""The licences of what is installed with showup: `python -m supply.licences` writes docs/licences.md anew."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from supply.pins import ROOT, Pin, extras, pins

DOCUMENT = ROOT / "docs/licences.md"
_KNOWN: Mapping[str, Mapping[str, str]] = tomllib.loads((Path(__file__).parent / "licences.toml").read_text("utf-8"))
_HEAD = """# Licences

`showup` itself is under the [MIT licence](../LICENSE). With it come the packages below, each under its own. None of
them is changed, none is part of showup's own files, and all may be used beside it:

{why}

This page is made by `make licences` from the packages' own words, and held to `requirements/run.txt` and
`requirements/push.txt` by a test.

"""
_EXTRA = """
## The extra `push`

These come only where notices are sent to a phone as well ([how](notices.md#on-your-phone-as-well)):

"""
_TABLE = "| package | version | licence |\n|---|---|---|\n"


def licence(name: str) -> str:
    """A package's licence as an SPDX expression; empty where it is not installed here and not known by hand.

    Raises:
        LookupError: it is installed, and its words are not known.
    """
    if name in _KNOWN["packages"]:
        return _KNOWN["packages"][name]
    try:
        told = list(_told(distribution(name)))
    except PackageNotFoundError:
        return ""
    meant = [_KNOWN["meant"].get(words, words) for words in told]
    known = next((words for words in meant if allowed(words)), "")
    if not known:
        raise LookupError(f"{name} is under {told}: look at it, and add it to supply/licences.toml")
    return known


def allowed(expression: str) -> bool:
    """Whether one of the licences to choose from (SPDX: OR binds weaker than AND) may stand beside MIT."""
    choices = [choice.split(" AND ") for choice in expression.split(" OR ")]
    return any(all(one in _KNOWN["allowed"] for one in choice) for choice in choices)


def document(usual: Mapping[Pin, str], extra: Mapping[Pin, str]) -> str:
    """The page: what is installed with showup, and what the extra brings besides."""
    kinds = [f"- {', '.join(names)}: {why}." for why, names in _by_reason().items()]
    return _HEAD.format(why="\n".join(kinds)) + _table(usual) + _EXTRA + _table(extra)


def _table(found: Mapping[Pin, str]) -> str:
    return _TABLE + "".join(f"| {pin.name} | {pin.version} | {words} |\n" for pin, words in found.items())


def _by_reason() -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for name, why in _KNOWN["allowed"].items():
        reasons.setdefault(why, []).append(name)
    return reasons


def _told(package: Distribution) -> Iterator[str]:
    """Its own words, the most exact first (PEP 639, then the older fields)."""
    metadata = package.metadata
    for field in ("License-Expression", "License"):
        if field in metadata and (words := metadata[field]):
            yield words.strip()
    for classifier in metadata.get_all("Classifier") or []:
        kind, _, words = classifier.partition(" :: ")
        if kind == "License":
            yield words


def listed() -> dict[tuple[str, str], str]:
    """What the page says: the licence by name and version."""
    rows = [row.strip("| ").split(" | ") for row in DOCUMENT.read_text("utf-8").splitlines() if row.startswith("| ")]
    return {(row[0], row[1]): row[2] for row in rows if len(row) == 3 and row[0] != "package"}


def main() -> None:
    """Write the page; a package of another system or Python keeps the licence that the page has for it."""
    before = {name: words for (name, _version), words in listed().items()} if DOCUMENT.exists() else {}
    usual, extra = ({pin: licence(pin.name) or before.get(pin.name, "") for pin in some} for some in (pins(), extras()))
    missing = [pin.name for pin, words in (*usual.items(), *extra.items()) if not words]
    if missing:
        raise SystemExit(f"not installed here, and no licence is known: {', '.join(missing)}")
    DOCUMENT.write_text(document(usual, extra), "utf-8")


if __name__ == "__main__":
    main()
