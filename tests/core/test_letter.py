"""The message to the other side."""

from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showup.core.letter import Facts, Letters, Occasion, letters_from, write
from showup.core.link import checked
from showup.core.problem import Problem
from showup.knowledge.letters import languages, letters

TEN = datetime(2026, 7, 2, 10, tzinfo=ZoneInfo("America/New_York"))
ENGLISH = letters("en")
HOSTILE = "eve@evil.example?bcc=all@example.org&body=x\r\nBcc: more@example.org"


def facts(contact: str = "hr@acme.example", company: str = "Acme", start: datetime = TEN) -> Facts:
    return Facts(contact, company, "Interview – Editor", start)


def mailto(texts: Letters, occasion: Occasion, about: Facts) -> str:
    letter = write(texts, occasion, about)
    return letter.link if letter else ""


def parts(letter: str) -> tuple[str, dict[str, list[str]]]:
    found = urlsplit(letter)
    return unquote(found.path), parse_qs(found.query, strict_parsing=True)


def test_it_says_what_is_known_politely() -> None:
    letter = mailto(ENGLISH, Occasion.WAITING, facts())
    to, fields = parts(letter)
    assert to == "hr@acme.example"
    assert fields["subject"] == ["Our conversation at 10:00 EDT"]
    (body,) = fields["body"]
    assert body == (
        "Hello Acme team,\r\n\r\nI am ready for our conversation planned for 10:00 EDT and have not met anybody yet. "
        "Did something come up? I am glad to wait a little longer, or to find another time.\r\n\r\nKind regards\r\n"
    )
    assert "%0D%0A" in letter
    assert checked(letter) == letter  # the desktop is handed what was written


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("occasion", Occasion)
def test_every_language_has_every_letter(language: str, occasion: Occasion) -> None:
    fields = parts(mailto(letters(language), occasion, facts()))[1]
    text = fields["subject"][0] + fields["body"][0]
    assert "10:00" in text
    assert not set("{}\\") & set(text)
    for nameless in ("", "Acme"):
        assert "  " not in parts(mailto(letters(language), occasion, facts(company=nameless)))[1]["body"][0]


def test_without_an_employer_it_greets_all_the_same() -> None:
    assert parts(mailto(ENGLISH, Occasion.MISSED, facts(company="")))[1]["body"][0].startswith("Hello,\r\n\r\n")


def test_a_zone_without_a_name_is_told_by_its_distance() -> None:
    start = TEN.replace(tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert parts(mailto(ENGLISH, Occasion.WAITING, facts(start=start)))[1]["subject"] == [
        "Our conversation at 10:00 UTC-03"
    ]
    odd = TEN.replace(tzinfo=timezone(timedelta(hours=5, minutes=45), ""))
    assert parts(mailto(ENGLISH, Occasion.WAITING, facts(start=odd)))[1]["subject"] == ["Our conversation at 10:00"]


@pytest.mark.parametrize(
    "contact",
    [
        *("", "hr", "acme.example", HOSTILE, "a@b.example,c@d.example", "a@b.example;c@d", "Jo <jo@acme.example>"),
        *('"a b"@c', "a@b@c", "@b", "a@", "a@b c", "a%b@c", "a%0Abcc:x@y\n", "a@" + "b" * 100_000),
    ],
)
def test_what_is_no_plain_address_gets_none(contact: str) -> None:
    assert mailto(ENGLISH, Occasion.WAITING, facts(contact)) == ""


@pytest.mark.parametrize("contact", ["o'hara+jobs@acme.example", "söre@firma.example", "a=b&d#e?f@x-y.example"])
def test_odd_addresses_arrive_whole(contact: str) -> None:
    letter = mailto(ENGLISH, Occasion.WAITING, facts(contact))
    assert parts(letter)[0] == contact
    assert checked(letter) == letter


@given(st.text(), st.text())
def test_nobody_adds_a_header(company: str, title: str) -> None:
    letter = mailto(ENGLISH, Occasion.MISSED, Facts("hr@acme.example", company, title, TEN))
    to, fields = parts(letter)
    assert (to, set(fields)) == ("hr@acme.example", {"subject", "body"})
    assert not set("\r\n") & set(fields["subject"][0])
    assert letter.count("?") == 1
    assert "#" not in letter


def test_what_is_filled_in_is_not_filled_again_and_bounded() -> None:
    own = letters_from({"greeting": "{title} {company} {secret} {", "closing": "{date}"}, ENGLISH)
    body = parts(mailto(own, Occasion.WAITING, Facts("a@b", "{time}", "{company}", TEN)))[1]["body"][0]
    assert body.startswith("{company} {time} {secret} {\r\n")
    assert body.endswith("\r\n2026-07-02\r\n")
    assert len(mailto(ENGLISH, Occasion.WAITING, facts(company="ü" * 100_000))) < 3000


def test_the_longest_text_of_one_s_own_can_still_be_opened() -> None:
    long = {"subject": "字" * 200, "body": "字" * 2000}
    own = letters_from({"waiting": long}, ENGLISH)
    checked(mailto(own, Occasion.WAITING, facts()))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"hello": "x"}, "“hello” is no text of a letter."),
        ({"waiting": "x"}, "“waiting” holds no texts."),
        ({"waiting": {"topic": "x"}}, "“topic” is no text of a letter."),
        ({"waiting": {"body": 5}}, "“body” is no text of at most 2000 characters."),
        ({"waiting": {"subject": "x" * 201}}, "“subject” is no text of at most 200 characters."),
        ({"greeting": " "}, "“greeting” is no text"),
    ],
)
def test_what_is_wrong_with_one_s_own_is_said(table: dict[str, Any], said: str) -> None:
    with pytest.raises(Problem, match=said):
        letters_from(table, ENGLISH)
    with pytest.raises(Problem):
        letters_from({})
