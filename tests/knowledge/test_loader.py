"""The data files: whole, quick to read, and free of what would never be found."""

import re
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest

from showup.core.recognition.knowledge import Role
from showup.core.recognition.links import links, tenants
from showup.knowledge import load

LANGUAGES = sorted(one.name for one in files("showup.knowledge").joinpath("languages").iterdir())
KNOWN_ONLY_TO_NAMES = {"word", "stage", "medium"}


def language(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("showup.knowledge").joinpath("languages", name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_kind_that_is_said_has_a_weight(name: str) -> None:
    weights = load().weights
    assert {f"title.{kind}" for kind in language(name)["say"]} <= set(weights)


def test_what_decides_beside_the_sum_is_weighed_too() -> None:
    signs = load().signs
    for several in (signs.hiring, signs.job, signs.speaking, signs.settling):
        assert several <= set(load().weights)
    assert not signs.speaking & signs.settling


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_tells_interviews_from_the_rest(name: str) -> None:
    said = language(name)["say"]
    assert {"sure", "interview", "chat", "interviewer", "prep", "hr", "personal"} <= set(said)


def test_reasons_have_one_place_for_what_was_seen() -> None:
    for name, weight in load().weights.items():
        assert weight.reason.count("{}") <= 1, name


def test_knowing_senders_is_quick() -> None:
    """Neither the languages nor the list of public suffixes are read for it; five tries, as machines are loaded."""
    code = (
        "import time; from showup.knowledge import load; t = time.process_time(); load().sender('x.com'); "
        "print(time.process_time() - t)"
    )
    tries = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout)
        for _ in range(5)
    ]
    assert min(tries) <= 0.1


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("acme.com", "acme.com"),
        ("mail.acme.co.uk", "acme.co.uk"),
        ("co.uk", ""),
        ("hr.acme.example", "acme.example"),
        ("com", ""),
        ("", ""),
        ("a..com", ""),
    ],
)
def test_the_part_of_a_host_that_can_be_owned(host: str, domain: str) -> None:
    assert load().registrable(host) == domain


@pytest.mark.parametrize(
    ("host", "role"),
    [
        ("us.greenhouse-mail.io", Role.APPLICANTS),
        ("evilgreenhouse.io", None),
        ("greenhouse.io.evil.example", None),
        ("gmail.com", Role.FREE_MAIL),
        ("group.calendar.google.com", Role.CALENDAR),
    ],
)
def test_senders_are_compared_by_true_sub_domains(host: str, role: Role | None) -> None:
    sender = load().sender(host)
    assert (sender.role if sender else None) is role


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ("https://acme.greenhouse.io/jobs/1", ["acme"]),
        ("https://app.greenhouse.io/guides/1", []),
        ("https://boards.greenhouse.io/embed/job_app?for=acme", []),
        ("https://apply.workable.com/acme/j/1", ["acme"]),
        ("https://acme.careers.hibob.com/jobs/1", ["acme"]),
        ("https://www.comeet.com/jobs/acme/1", ["acme"]),
        ("https://acme.greenhouse.io.evil.example/jobs", []),
    ],
)
def test_links_to_openings_name_the_employer(link: str, names: list[str]) -> None:
    assert list(tenants(links(link), load())) == names


def test_link_patterns_are_plain() -> None:
    for host, rules in load().links.items():
        assert re.fullmatch(r"[a-z0-9.-]+", host), host
        assert {rule.meaning for rule in rules} <= {"opening", "candidate", "interviewer", "practice"}
