"""A description without its mark-up, its links and what meeting and booking services put into it."""

import re
from collections.abc import Iterable
from html import unescape

from showup.core.recognition.knowledge import Knowledge

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!][^<>]{0,2048}>", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>]{1,2048}", re.IGNORECASE)
_BAR = re.compile(r"_{20,}|─{8,}|-::~:[~:]{4,}-?")
"""What Teams, Zoom and Google Meet fence their own block off with."""
_SERVICE = ("teams", "zoom", "google meet", "webex")


def plain(description: str, knowledge: Knowledge) -> str:
    """What people wrote, line by line."""
    if "<" in description:
        description = _TAG.sub(" ", _BREAK.sub("\n", description))
    if "&" in description:
        description = unescape(description)
    if "//" in description:
        description = _URL.sub(" ", description)
    text = _unfenced(description)
    whole = text.casefold()
    marks = [mark for mark in knowledge.boilerplate if mark in whole]
    lines = text.splitlines()
    return "\n".join(line for line in lines if not _has(line.casefold(), marks)) if marks else "\n".join(lines)


def _unfenced(text: str) -> str:
    """Without what stands between two bars, where a meeting service wrote it."""
    parts = _BAR.split(text)
    kept = [part for at, part in enumerate(parts) if at % 2 == 0 or not any(name in part.lower() for name in _SERVICE)]
    return "\n".join(kept)


def _has(line: str, marks: Iterable[str]) -> bool:
    return any(mark in line for mark in marks)
