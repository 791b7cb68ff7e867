"""The data files, read into what recognition uses."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from publicsuffixlist import PublicSuffixList

from showup.core.recognition.knowledge import Knowledge, Language, LinkRule, Role, Sender, Signs, Thresholds, Weight
from showup.core.recognition.lexicon import Lexicon, text
from showup.core.recognition.result import Medium

_EMPLOYER = "{employer}"
_PLAIN = frozenset({"com", "org", "net", "de", "example"})
"""Top-level domains below which every second level can be owned (publicsuffix.org, ICANN section; RFC 6761)."""
_FAMILIES = ("say", "stage", "medium", "word", "part", "around")


@cache
def load() -> Knowledge:
    """Read what comes with the program, once.

    Raises:
        ValueError: a data file is damaged (also tomllib.TOMLDecodeError and KeyError, which are programming errors);
            one of a language says so when the first text is looked at.
    """
    here = files("showup.knowledge")
    common, links, weights = (_toml(here / name) for name in ("common.toml", "links.toml", "weights.toml"))
    return Knowledge(
        language=_language,
        senders=dict(_senders(_toml(here / "senders.toml"))),
        agency_marks=tuple(common["agency_marks"]),
        no_agency_marks=tuple(common["no_agency_marks"]),
        desks=frozenset(common["desks"]),
        meetings={host: Medium(name) for name, hosts in links.pop("meetings").items() for host in hosts},
        links=_by_host(_link_rule(kind, pattern) for kind, patterns in links.items() for pattern in patterns),
        offices={local: kind for kind, several in common["offices"].items() for local in several},
        news_marks=tuple(common["news_marks"]),
        trade_marks=tuple(common["trade_marks"]),
        generic=frozenset(common["generic"]),
        boilerplate=tuple(common["boilerplate"]),
        weights={name: Weight(points, reason) for name, (points, reason) in weights["signal"].items()},
        thresholds=Thresholds(**weights["thresholds"]),
        signs=Signs(**{name: frozenset(_signs(several)) for name, several in weights["signs"].items()}),
        registrable=_registrable,
    )


@cache
def _language() -> Language:
    """All the files of languages, read when the first text is looked at."""
    folder = files("showup.knowledge").joinpath("languages")
    names = [one for one in sorted(folder.iterdir(), key=str) if one.name.endswith(".toml")]
    labels: dict[str, str] = {}

    def phrases() -> Iterator[tuple[str, list[str]]]:
        """File by file, so that what is read of one is gone before the next: together they weigh several megabytes."""
        for name in (*names, files("showup.knowledge") / "common.toml"):
            language = _toml(name)
            labels.update(_labels(language))
            yield from _phrases(language)

    lexicon = Lexicon(phrases())
    return Language(lexicon, labels)


def _signs(names: Iterable[str]) -> Iterator[str]:
    """Read "sure" as "title.sure" and "text.sure"; a name with a dot is a whole one."""
    for name in names:
        yield from (name,) if "." in name else (f"title.{name}", f"text.{name}")


def _toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _phrases(language: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for family in _FAMILIES:
        for kind, several in language.get(family, {}).items():
            yield f"{family}.{kind}", several


def _labels(language: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for meaning, names in language.get("field", {}).items():
        yield from ((" ".join(text(name).words), meaning) for name in names)


def _senders(roles: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[tuple[str, Sender]]:
    for role, several in roles.items():
        for one in several:
            sender = Sender(one["name"], Role(role), one.get("tenant", ""))
            yield from ((domain.lower(), sender) for domain in one["domains"])


def _by_host(rules: Iterable[LinkRule]) -> Mapping[str, tuple[LinkRule, ...]]:
    found: dict[str, tuple[LinkRule, ...]] = {}
    for rule in rules:
        found[rule.host] = (*found.get(rule.host, ()), rule)
    return found


def _link_rule(meaning: str, pattern: str) -> LinkRule:
    """Read "jobs.lever.co/{employer}" or "{employer}.breezy.hr" or "hire.lever.co/interviews"."""
    host, _, path = pattern.partition("/")
    if host.startswith(_EMPLOYER):
        return LinkRule(meaning, host.removeprefix(_EMPLOYER + "."), f"/{path}" if path else "", "subdomain")
    if path.endswith(_EMPLOYER):
        return LinkRule(meaning, host, "/" + path.removesuffix(_EMPLOYER), "path")
    return LinkRule(meaning, host, f"/{path}" if path else "")


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str:
    """Most hosts are decided without the list of public suffixes, which takes a while to read."""
    parts = host.split(".")
    if len(parts) > 1 and all(parts) and parts[-1] in _PLAIN:
        return ".".join(parts[-2:]).lower()
    return _suffixes().privatesuffix(host) or ""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)
