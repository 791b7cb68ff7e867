"""This tree, installed into the home of an unprivileged user."""

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = "/usr/bin/python3"  # one that the unprivileged user may run
COMMAND = f"""#!{PYTHON}
import sys
sys.path.insert(0, "/home/sam/lib")
from showup.__main__ import main

main()
"""
"""What pip would write."""
_FOR_TESTS_ONLY = (
    *("__pycache__", "numpy*", "scipy*", "mypy*", "hypothesis*", "pip*", "ruff*", "*pytest*"),
    *(
        "importlinter*",
        "playwright*",
        "*__mypyc*",
        "documents",
    ),  # the last are Google's descriptions of all its services
)


def install(home: Path, command: str = COMMAND) -> None:
    """Put this tree and what it needs into the home folder: the unit sees no other /tmp than its own."""
    asked = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_python_version())"]
    same = subprocess.run(asked, capture_output=True, text=True, check=True)
    if same.stdout.strip() != sysconfig.get_python_version():
        pytest.skip(f"{PYTHON} is not of the version that the tests run with")
    shutil.copytree(sysconfig.get_path("purelib"), home / "lib", ignore=shutil.ignore_patterns(*_FOR_TESTS_ONLY))
    shutil.copytree(ROOT / "src/showup", home / "lib/showup", ignore=shutil.ignore_patterns("__pycache__"))
    file = home / ".local/bin/showup"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(command)
    file.chmod(0o755)
