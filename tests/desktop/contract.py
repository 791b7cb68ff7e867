"""What every Notifier keeps to."""

import pytest

from showup.core.notice import Choice, Kind, Message, Urgency
from showup.ports import Notifier, Pressed

HERE = Choice("They are here", word="here")
WAITING = Choice("Still waiting", word="waiting")
JOIN = Choice("Join", url="https://meet.google.com/abc-defg-hij")
ASK = Message(Kind.ASK, "Has Acme joined?", "Technical interview, 10:00.", (HERE, WAITING, JOIN), Urgency.CRITICAL)
HOSTILE = "\x1b]0;x\x07\x00<b onclick='x'>&amp;\u202e%s %n \ud800 \U0001f389" * 5000


class NotifierContract:
    """Derive from it and give a fixture `notifier`."""

    @pytest.fixture
    def notifier(self) -> Notifier:
        raise NotImplementedError

    @pytest.mark.parametrize("kind", Kind)
    def test_every_kind_is_shown(self, notifier: Notifier, kind: Kind) -> None:
        assert notifier.show(Message(kind, "Acme", "Technical interview", (HERE,))) > 0

    def test_each_notice_has_its_own_id(self, notifier: Notifier) -> None:
        assert len({notifier.show(ASK), notifier.show(ASK), notifier.show(ASK)}) == 3

    def test_a_notice_can_be_replaced(self, notifier: Notifier) -> None:
        first = notifier.show(ASK)
        assert notifier.show(ASK, replaces=first) == first

    def test_an_old_id_that_is_no_longer_known_is_fine(self, notifier: Notifier) -> None:
        assert notifier.show(ASK, replaces=4711) > 0

    def test_a_notice_without_words_or_choices_is_fine(self, notifier: Notifier) -> None:
        assert notifier.show(Message(Kind.PROBLEM, "", "")) > 0

    def test_hostile_texts_are_shown_all_the_same(self, notifier: Notifier) -> None:
        choices = (Choice(HOSTILE, word="here"), Choice("Join", url="javascript:alert(1)"))
        assert notifier.show(Message(Kind.ASK, HOSTILE, HOSTILE, choices)) > 0

    def test_withdrawing_is_always_fine(self, notifier: Notifier) -> None:
        shown = notifier.show(ASK)
        for shown_id in (shown, shown, 4711):
            notifier.withdraw(shown_id)

    def test_nothing_has_happened_unless_somebody_did_something(self, notifier: Notifier) -> None:
        assert list(notifier.drain()) == []
        notifier.show(ASK)
        assert not [happening for happening in notifier.drain() if isinstance(happening, Pressed)]

    def test_letting_go_twice_is_fine(self, notifier: Notifier) -> None:
        notifier.show(ASK)
        notifier.close()
        notifier.close()
