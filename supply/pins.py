"""The pinned packages of a requirements file with hashes."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUN = ROOT / "requirements/run.txt"
"""What is installed with showup."""
PUSH = ROOT / "requirements/push.txt"
"""The same with the extra `push`, which brings notices to the phone."""

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.*?))?((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pin:
    """One package: its name as on PyPI, its version, where it is wanted ("" is everywhere), and its files' SHA-256."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def pins(file: Path = RUN) -> tuple[Pin, ...]:
    """Every package in the file.

    Raises:
        ValueError: a line is not of this form: nothing is left out in silence.
    """
    text = file.read_text("utf-8")
    found = tuple(
        Pin(match[1], match[2], (match[3] or "").strip(), tuple(re.findall(r"sha256:([0-9a-f]{64})", match[4])))
        for match in _PIN.finditer(text)
    )
    if _PIN.sub("", text).strip():
        raise ValueError(f"{file.name} has lines that are no pinned package with hashes")
    return found


def extras() -> tuple[Pin, ...]:
    """What only the extra `push` brings."""
    usual = {pin.name for pin in pins()}
    return tuple(pin for pin in pins(PUSH) if pin.name not in usual)
