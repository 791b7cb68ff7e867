"""The link into a meeting that stands in the text of an invitation."""

import pytest

from showup import knowledge
from showup.core.recognition.links import room

KNOWN = knowledge.load()


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("", ""),
        (
            "Prepare by https://acme.example/task, then https://acme.zoom.us/j/123?pwd=x.",
            "https://acme.zoom.us/j/123?pwd=x",
        ),
        ("meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij"),
        (
            '<a href="https://teams.microsoft.com/l/meetup-join/19">Join</a>',
            "https://teams.microsoft.com/l/meetup-join/19",
        ),
        ("https://meet.google.com.evil.example/abc", ""),
        ("javascript:https", ""),
    ],
)
def test_the_first_room_as_it_is_written(text: str, link: str) -> None:
    assert room(KNOWN, text) == link
