"""Where settings, record and running state lie (XDG Base Directory Specification 0.8)."""

import os
from collections.abc import Mapping
from pathlib import Path

from showup.config.settings import Paths
from showup.core.problem import Problem


def paths_from(environ: Mapping[str, str], users: Path = Path("/run/user")) -> Paths:
    """The places that the environment names. SHOWUP_HOME, where it is set, holds all three in one folder.

    Without XDG_RUNTIME_DIR it is the folder that logind would name, if there is one: a command started by cron must
    find the running daemon. Else the running state lies beside the record.

    Raises:
        Problem: there is no home folder, and nothing else says where to look.
    """
    if told := environ.get("SHOWUP_HOME", ""):
        return paths_in(Path(told).absolute())
    config = _folder(environ, "XDG_CONFIG_HOME", ".config")
    data = _folder(environ, "XDG_DATA_HOME", ".local/share")
    runtime = _absolute(environ, "XDG_RUNTIME_DIR") or _own(users / str(os.getuid()))
    return Paths(
        config=config / "showup" / "config.toml",
        database=data / "showup" / "showup.sqlite",
        runtime=runtime / "showup" if runtime else data / "showup" / "run",
    )


def paths_in(home: Path) -> Paths:
    """All of it in one folder."""
    return Paths(home / "config.toml", home / "showup.sqlite", home / "run")


def _folder(environ: Mapping[str, str], name: str, usual: str) -> Path:
    told = _absolute(environ, name)
    if told:
        return told
    home = _absolute(environ, "HOME")
    if home is None:
        raise Problem("There is no home folder: HOME is not set.", "Set HOME, or XDG_CONFIG_HOME and XDG_DATA_HOME.")
    return home / usual


def _absolute(environ: Mapping[str, str], name: str) -> Path | None:
    """What a variable names; a relative path is to be ignored, says the specification."""
    told = environ.get(name, "")
    return Path(told) if told.startswith("/") else None


def _own(folder: Path) -> Path | None:
    try:
        return folder if folder.stat().st_uid == os.getuid() else None
    except OSError:
        return None
