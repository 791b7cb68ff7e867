"""Look-alikes: where a link really leads, whom it is taken for, and whether it is opened at all."""

import time
from unicodedata import normalize

import pytest

from showup.core.address import host, mailbox, shown_host
from showup.core.event import Event, EventKey
from showup.core.link import checked
from showup.core.planning import join_link
from showup.core.problem import Problem
from showup.core.recognition.links import links, medium
from showup.core.recognition.result import Medium
from showup.knowledge import load

MEET, ZOOM = Medium.MEET, Medium.ZOOM
REAL: list[tuple[str, str, Medium | None]] = [
    ("https://meet.google.com/abc-defg-hij", "meet.google.com", MEET),
    ("HTTPS://MEET.Google.COM/abc-defg-hij", "meet.google.com", MEET),
    ("https://meet.google.com./abc", "meet.google.com", MEET),
    ("https://meet.google.com:443/abc", "meet.google.com", MEET),
    ("https://us02web.zoom.us/j/1?pwd=a@b%2F", "us02web.zoom.us", ZOOM),
    ("https://acme.zoom.us/j/1#x", "acme.zoom.us", ZOOM),
    ("https://meet.google.com.evil.example/abc", "meet.google.com.evil.example", None),
    ("https://meet-google.com/abc", "meet-google.com", None),
    ("https://xmeet.google.com.de/abc", "xmeet.google.com.de", None),
    ("https://notzoom.us/j/1", "notzoom.us", None),
    ("https://zoom.us.evil.example/j/1", "zoom.us.evil.example", None),
    ("https://evil.example/https://meet.google.com/abc", "evil.example", None),
    ("https://evil.example?x=meet.google.com/abc", "evil.example", None),
    ("https://evil.example#@meet.google.com/abc", "evil.example", None),
    ("https://evil.example/\\@meet.google.com/abc", "evil.example", None),
    ("https://sites.google.com/view/x?q=https://meet.google.com/abc", "sites.google.com", None),
    ("https://zооm.us/j/1", "xn--zm-fmca.us", None),  # Cyrillic
    ("https://meet.gοοgle.com/abc", "meet.xn--ggle-0nda.com", None),  # Greek
    ("https://mеet.google.com.evil.example/abc", "xn--met-rdd.google.com.evil.example", None),
    ("https://xn--80aa0cbo65f.example/abc", "xn--80aa0cbo65f.example", None),
    ("https://treffen.münchen.example/raum", "treffen.xn--mnchen-3ya.example", None),
    ("https://1.2.3.4:8443/abc", "1.2.3.4", None),
    ("https://[2001:db8::1]/abc", "[2001:db8::1]", None),
]
REFUSED = [
    "https://meet.google.com@evil.example/abc",
    "https://meet.google.com:443@evil.example/abc",
    "https://meet.google.com%40evil.example/abc",
    "https://meet.google.com\\@evil.example/abc",
    "https://meet.google.com\\.evil.example/abc",
    "https://evil.example\\.meet.google.com/abc",
    "https://evil.example%5c.meet.google.com/abc",
    "https://evil.example%2f.meet.google.com/abc",
    "https://evil%2eexample/meet.google.com/abc",
    "https://meet%2Egoogle%2Ecom/abc",
    "https://evil.example;.meet.google.com/abc",
    "https://evil.example,.meet.google.com/abc",
    "https://evil.example&.meet.google.com/abc",
    "https://evil.example\uff0f.meet.google.com/abc",
    "https://evil.example\u2044.meet.google.com/abc",
    "https://meet.google.com..evil.example/abc",
    "https://meet.google.com../abc",
    "https://.meet.google.com/abc",
    "https://-meet.google.com/abc",
    "https://meet.google.com:https/abc",
    "https://meet.google.com:443:443/abc",
    "https:///meet.google.com/abc",
    "https:/meet.google.com/abc",
    "https:meet.google.com/abc",
    "https:\\\\meet.google.com/abc",
    "https://\\meet.google.com/abc",
    "https://[meet.google.com]/abc",
    "https://[::1/abc",
    "https://me\u200bet.google.com/abc",
    "https://\u202emoc.elgoog.teem/abc",
    "https://meet.goo\tgle.com/abc",
    "https://meet.goo\ngle.com/abc",
    "https://meet.google.com\x00.evil.example/abc",
    f"https://{'a' * 64}.google.com/abc",
    f"https://{'a.' * 200}google.com/abc",
    "javascript://meet.google.com/%0aalert(1)",
    "file://meet.google.com/etc/passwd",
    "//meet.google.com/abc",
    "https://",
    "",
]


@pytest.mark.parametrize(("link", "leads_to", "taken_for"), REAL)
def test_where_a_link_leads(link: str, leads_to: str, taken_for: Medium | None) -> None:
    assert host(link) == leads_to
    assert medium(links(link), load()) == taken_for
    assert join_link(Event(EventKey("x"), None, None, url=link)) == link
    assert host(checked(link)) == leads_to or "%" in checked(link).split("/")[2]


@pytest.mark.parametrize("link", REFUSED)
def test_a_link_that_programs_may_read_in_different_ways_is_no_link(link: str) -> None:
    assert host(link) == ""
    assert join_link(Event(EventKey("x"), None, None, conference=(link,), url=link)) == ""
    with pytest.raises(Problem):
        checked(link)


def test_nothing_of_a_text_that_is_refused_is_taken_for_a_meeting() -> None:
    """But for one that every browser mends."""
    taken = {link for link in REFUSED if medium(links(link), load())}
    assert taken == {"https:meet.google.com/abc"}


def test_a_long_host_is_shown_by_its_end() -> None:
    assert shown_host("https://meet.google.com/abc") == "meet.google.com"
    long = shown_host(f"https://meet.google.com.{'a' * 60}.evil.example/")
    assert (len(long), long[0], long[-14:]) == (60, "…", "a.evil.example")


def test_a_host_in_other_letters_stays_what_it_is_when_it_is_normalised() -> None:
    for link, leads_to, _ in REAL:
        assert host(normalize("NFC", link)) == leads_to


@pytest.mark.parametrize(
    "text", ["https://" + "a" * 10**6, "https://" + "a." * 10**6, "https://ü" + "." * 10**6, "[" * 10**6]
)
def test_no_length_holds_it_up(text: str) -> None:
    begun = time.process_time()
    assert host(text) == mailbox(text) == ""
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("text", ["hr@acme.example", "o'neil+jobs@acme.example", "jürgen@müller.example"])
def test_a_mailbox(text: str) -> None:
    assert mailbox(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "@", "acme", "a@", "@a", "a@b@c", "a@b,c@d", "a@b;c@d", "a@b c@d", "<a@b>", '"a"@b', "a@b\nBcc: c@d"),
        *("a%0d%0aBcc:c@d", "a@b%2Cc@d", "a@b\\", "a:b@c"),
    ],
)
def test_what_might_be_several_mailboxes_is_none(text: str) -> None:
    assert mailbox(text) == ""
