"""Notices in a terminal."""

import errno

import pytest

from showup.core.notice import Choice, Kind, Message
from showup.desktop.terminal import TerminalNotifier
from showup.ports import NotifierAway
from tests.desktop.contract import ASK


def test_it_says_everything_that_a_bubble_would() -> None:
    said: list[str] = []
    notifier = TerminalNotifier(said.append)
    assert [notifier.show(ASK), notifier.show(ASK)] == [1, 2]
    assert said[0] == (
        "Has Acme joined?\n"
        "  Technical interview, 10:00.\n"
        "  Join: https://meet.google.com/abc-defg-hij\n"
        "  They are here: showup answer ID here\n"
        "  Still waiting: showup answer ID waiting\n"
    )


def test_a_letter_is_shown_by_its_command() -> None:
    said: list[str] = []
    write = Choice("Write to them", url="mailto:hr@acme.example?subject=Ten")
    TerminalNotifier(said.append).show(Message(Kind.NUDGE, "Still nobody", "", (write,), about="4"))
    assert said == ["Still nobody\n  Write to them: showup letter 4\n"]


def test_hostile_text_cannot_move_the_cursor_nor_hide_a_link() -> None:
    said: list[str] = []
    choices = (Choice("Jo\x1b[2Kin", url="https://example.org/\u202egpj.exe"), Choice("x", url="javascript:x"))
    TerminalNotifier(said.append).show(Message(Kind.BRIEF, "\x1b]0;x\x07Acme\rEvil", "one\n\x1b[31mtwo", choices))
    assert said == ["Acme Evil\n  one\n  two\n  Join: https://example.org/%E2%80%AEgpj.exe\n"]


def test_a_terminal_that_is_gone_is_away() -> None:
    def write(_text: str) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    with pytest.raises(NotifierAway, match="Broken pipe"):
        TerminalNotifier(write).show(ASK)
