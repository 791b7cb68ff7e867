"""The contract, kept by each Notifier of the desktop."""

from collections.abc import Iterator

import pytest

from showup.desktop.notifications import DesktopNotifier
from showup.desktop.terminal import TerminalNotifier
from showup.ports import Notifier
from tests.desktop.contract import NotifierContract
from tests.support.session import Dunst


class TestOnDunst(NotifierContract):
    @pytest.fixture
    def notifier(self, desktop: Dunst) -> Iterator[Notifier]:
        assert desktop.displayed() == 0
        notifier = DesktopNotifier()
        yield notifier
        notifier.close()


class TestOnTheTerminal(NotifierContract):
    @pytest.fixture
    def notifier(self) -> Notifier:
        return TerminalNotifier(lambda text: text.encode())
