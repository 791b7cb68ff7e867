"""Programs of the system that some tests need."""

import os
import shutil
from typing import NoReturn

import pytest


def need(*programs: str) -> None:
    """Skip the test where one of `programs` (names or paths) is missing; in CI, where all are installed, fail it."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        absent(f"not installed: {', '.join(missing)}")


def absent(reason: str) -> NoReturn:
    """The same for a part that is no program."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"in CI nothing may be left out ({reason})")
    pytest.skip(reason)
