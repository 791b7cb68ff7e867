"""forget: what it says of what it cannot reach."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from showup.store.database import Database
from tests.cli.test_cli_documented import DOCUMENT

Cli = Callable[..., Result]


@pytest.fixture
def forwarded(told: Path) -> None:
    """Two notices of Acme and one of Birchwood went to the phone."""
    sent = datetime(2026, 3, 4, 15, tzinfo=UTC)
    with closing(Database(told / "showup/showup.sqlite")) as store, store.transaction() as record:
        notices = record.notices()
        for number in (1, 1, 2):
            notice = next(one for one in notices if one.appointment_id == number)
            notices = tuple(one for one in notices if one is not notice)
            record.mark_forwarded(notice.id, sent)


@pytest.mark.usefixtures("forwarded")
def test_what_went_to_the_phone_is_said_to_be_there(cli: Cli) -> None:
    said = cli("forget", "Acme", "--yes").stdout
    assert "letters that you sent" in said
    assert "2 notices went to your phone as well" in said
    found = json.loads(cli("forget", "Birchwood", "--yes", "--json").stdout)
    assert found["forwarded"] == 1
    text = DOCUMENT.read_text("utf-8").partition("## Forgetting")[2]
    assert {key for key in found if f"`{key}`" not in text} == set()


@pytest.mark.usefixtures("told")
def test_where_nothing_went_there_nothing_is_said(cli: Cli) -> None:
    said = cli("forget", "Acme", "--yes").stdout
    assert "Out of reach are files that you exported" in said
    assert "phone" not in said
