"""The message to the recruiter."""

from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest

from showup.core.letter import mailto

TEN = datetime(2026, 7, 2, 10, tzinfo=ZoneInfo("America/New_York"))
HOSTILE = "eve@evil.example?bcc=all@example.org&body=x\r\nBcc: more@example.org"


def parts(letter: str) -> tuple[str, dict[str, list[str]]]:
    found = urlsplit(letter)
    return unquote(found.path), parse_qs(found.query, strict_parsing=True)


def test_it_says_what_is_known_politely() -> None:
    to, fields = parts(mailto("hr@acme.example", "Acme", TEN))
    assert to == "hr@acme.example"
    assert fields["subject"] == ["Our conversation today at 10:00 EDT"]
    (body,) = fields["body"]
    assert body == (
        "Hello Acme team,\n\nI am in our conversation planned for 10:00 EDT and have not met anybody yet. Did "
        "something come up? I am glad to wait a little longer, or to find another time.\n\nKind regards\n"
    )


def test_without_an_employer_it_greets_all_the_same() -> None:
    assert parts(mailto("hr@acme.example", "", TEN))[1]["body"][0].startswith("Hello,\n\n")


@pytest.mark.parametrize("contact", ["", "hr", "acme.example"])
def test_without_an_address_there_is_none(contact: str) -> None:
    assert mailto(contact, "Acme", TEN) == ""


@pytest.mark.parametrize(
    ("contact", "company"), [(HOSTILE, "Acme"), ("hr@acme.example", HOSTILE), ("hr@acme.example", "A&cc=x@y#z%0d%0a")]
)
def test_nobody_adds_a_header(contact: str, company: str) -> None:
    letter = mailto(contact, company, TEN)
    assert letter.count("?") == 1
    assert set(parts(letter)[1]) == {"subject", "body"}
    assert "\r" not in unquote(letter.partition("&body=")[0])
    assert "\n" not in unquote(letter.partition("&body=")[0])
    assert "#" not in letter


def test_its_length_is_bounded() -> None:
    assert len(mailto("a@" + "b" * 100_000, "ü" * 100_000, TEN)) < 3000
