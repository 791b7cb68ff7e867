"""The pictures in docs/notices.md leave nothing out."""

import struct
from pathlib import Path

import pytest

from showup.core.notice import Kind
from tests.support.pictures import FOLDER, SERVERS, messages


def test_every_kind_is_drawn() -> None:
    assert {words.kind for words in messages()} == set(Kind)


@pytest.mark.parametrize("name", SERVERS)
def test_the_picture_is_there_and_small(name: str) -> None:
    drawn = (FOLDER / f"{name}.png").read_bytes()
    width, height = struct.unpack(">II", drawn[16:24])
    assert (width > 300, height > 100 * len(list(messages())), len(drawn) < 100_000) == (True, True, True)
    assert f"pictures/{name}.png" in Path(FOLDER.parent / "notices.md").read_text()
