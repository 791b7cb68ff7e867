"""Small texts in TOML that would take gigabytes or minutes, and numbers that Python will not read."""

import resource
import sys
import time

import pytest

from showup.config.lines import lines_of
from showup.core.problem import Problem
from showup.formats import toml

MANY = 80_000
LONG = 2 if sys.gettrace() is None else 10  # seconds; measuring coverage takes its time
BAIT = {
    "a key of many parts": ".".join("a" * MANY) + " = 1",
    "a header of many parts": f"[{'.'.join('a' * MANY)}]",
    "a key of quoted parts": ".".join(['"a.b"', "'c'"] * MANY) + " = 1",
    "a key of parts far apart": " \t.\t ".join("a" * MANY) + " = 1",
    "a key of parts after a text": f'x = """\n"" \\""""\n{".".join("a" * MANY)} = 1',
    "many tables": "[a]\n" * 300_000,
    "many keys of some parts": "a.b.c.d = 1\n" * 100_000,
    "lists in lists": "x = " + "[" * MANY,
    "tables in tables": "x = " + "{x = " * MANY,
    "a number of many digits": "x = " + "1" * 5_000,
    "a text that is not closed": '"' * 1_000_001,
    "a text of backslashes": 'x = "' + "\\" * 1_000_001,
    "one long word": "a" * 4_000_000,
}


@pytest.mark.parametrize("name", BAIT)
def test_no_bait_takes_long_or_much(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    with pytest.raises(Problem) as raised:
        toml.table(BAIT[name], "The file is")
    assert time.process_time() - begun < LONG
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes
    assert raised.value.remedy


def test_what_stands_in_texts_and_comments_is_no_table() -> None:
    dots = ".a" * 1_000
    text = f"# {dots}\nx = \"{'[' * 300_000} {dots}\" # {dots}\ny = '''\n{dots} \"'''\nz = 'a{dots}'\n"
    assert set(toml.table(text, "The file is")) == {"x", "y", "z"}


def test_a_value_of_very_many_lines_is_not_read_line_by_line() -> None:
    begun = time.process_time()
    found = lines_of("first = 1\nlong = [\n" + "'some text of a line',\n" * 9_000 + "]\nlast = 1\n")
    assert time.process_time() - begun < LONG
    assert found == {("first",): 1}
