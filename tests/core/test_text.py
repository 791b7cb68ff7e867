"""What may be shown of a text that somebody else wrote."""

import time
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showup.core.text import plain


def test_plain_text_stays_as_it_is() -> None:
    assert plain("Interview – Zoë Müller & <Acme> 株式会社 🎉", 100) == "Interview – Zoë Müller & <Acme> 株式会社 🎉"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mred", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;evil title\x07Acme", "Acme"),
        ("\x1b]8;;https://evil.example\x1b\\Acme\x1b]8;;\x1b\\", "Acme"),
        ("\x9d0;evil\x9cAcme", "Acme"),
        ("\x1bPdevice\x1b\\Acme", "Acme"),
        ("\x1b(0Acme\x1bcx", "Acmex"),
        ("\x1b]never ended", "]never ended"),
        ("\x1b\x1b[0m[31mred", "[31mred"),
        ("a\x00b\x07c\x7fd\x85e", "abcd e"),
        ("pay\u202eexe.\u2066x\u2069", "payexe.x"),
        ("Ac\u200bme\ufeff\u2060\u00ad", "Acme"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("half \ud83d an emoji", "half an emoji"),
        ("Ac\u034fm\u3164e\u115f\ufe01\U000e0101", "Acme"),
        ("\u2764\ufe0f", "\u2764\ufe0f"),
        ("A" + "\u0301\u0489" * 500 + "cme", "A" + "\u0301\u0489" * 2 + "cme"),
        ("न\u0940\u0902 Vie\u0302\u0323t ไ\u0e34\u0e48", "न\u0940\u0902 Vie\u0302\u0323t ไ\u0e34\u0e48"),
        ("one\r\ntwo\u2028three\tfour \xa0 five", "one two three four five"),
    ],
)
def test_what_would_move_the_cursor_or_hide_is_dropped(hostile: str, shown: str) -> None:
    assert plain(hostile, 100) == shown


def test_line_breaks_are_kept_when_asked() -> None:
    assert plain(" a \r\n b\tc \n\n\n\n d\x1b[2K\n", 100, lines=True) == "a\nb c\n\nd"


def test_too_long_is_cut_and_says_so() -> None:
    assert plain("abcdef", 6) == "abcdef"
    assert plain("abcdefg", 6) == "abcde…"
    assert plain("abc   defg", 5) == "abc…"
    assert plain("\u200b" * 5000 + "hidden far away", 10).endswith("…")


@given(st.text(), st.integers(1, 60), st.booleans())
def test_nothing_unseen_is_left_and_it_always_fits(text: str, limit: int, lines: bool) -> None:
    shown = plain(text, limit, lines=lines)
    assert len(shown) <= limit
    assert not any(category(char) in {"Cc", "Cf", "Cs"} for char in shown if not (lines and char == "\n"))
    assert plain(shown, limit, lines=lines) == shown
    shown.encode()


@pytest.mark.parametrize(
    "bait", ["\x1b]", "\x1b[", "\x9d", "\x1b[0;", "\x1b(", "\x9b0", "\u200b", "\n", " ", "\x1bP\x90"]
)
def test_bait_cannot_hold_it_up(bait: str) -> None:
    before = time.perf_counter()
    plain(bait * 100_000, 100_000, lines=True)
    assert time.perf_counter() - before < 1
