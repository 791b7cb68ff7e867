"""In which line a value stands."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from showup.config.lines import lines_of

TEXT = '''# a comment
a = 1
"b c" = [
  1,
  # inside
  2,
]
d.e = """
[not.a.section]
x = 1
"""

[f]  # a section
g = { h = 1 }

[[t]]
k = 1
[t.u]
k = 2
[[t]]

k = 3
'''


def test_every_value_has_its_line() -> None:
    assert lines_of(TEXT) == {
        ("a",): 2,
        ("b c",): 3,
        ("b c", 0): 3,
        ("b c", 1): 3,
        ("d",): 8,
        ("d", "e"): 8,
        ("f",): 13,
        ("f", "g"): 14,
        ("f", "g", "h"): 14,
        ("t", 0): 16,
        ("t", 0, "k"): 17,
        ("t", 0, "u"): 18,
        ("t", 0, "u", "k"): 19,
        ("t", 1): 20,
        ("t", 1, "k"): 22,
    }


def test_line_ends_that_toml_does_not_know_are_none() -> None:
    assert lines_of('# a\u2028b\x85c\na = "\u2028"\nb = 1') == {("a",): 2, ("b",): 3}


@given(st.text(alphabet='ab=1[]\n"{}#. ', max_size=40))
def test_whatever_toml_allows_is_gone_through(text: str) -> None:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = lines_of(text)
    assert all(1 <= number <= text.count("\n") + 1 for number in found.values())
    assert {key for key, value in table.items() if not isinstance(value, list | dict)} <= {
        place[0] for place in found if len(place) == 1
    }
