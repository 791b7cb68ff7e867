"""The folders that the environment names (XDG Base Directory Specification 0.8).

A status bar asks for them every few seconds, so nothing is imported here that takes time.
"""

import os
from collections.abc import Mapping

RECORD, LOCK, READY = "showup.sqlite", "daemon.lock", "status.json"


def folders(environ: Mapping[str, str], users: str = "/run/user") -> tuple[str, str, str] | None:
    """The folders of settings, record and running state; None where there is no home folder to go by.

    SHOWUP_HOME, where it is set, holds all three. Without XDG_RUNTIME_DIR it is the folder that logind would name, if
    there is one: a command started by cron must find the running daemon. Else the running state lies beside the record.
    """
    if told := environ.get("SHOWUP_HOME", ""):
        home = os.path.join(os.getcwd(), told)  # noqa: PTH109, PTH118 - pathlib takes half as long as all the rest
        return home, home, f"{home}/run"
    config, data = _folder(environ, "XDG_CONFIG_HOME", ".config"), _folder(environ, "XDG_DATA_HOME", ".local/share")
    if not config or not data:
        return None
    runtime = _absolute(environ, "XDG_RUNTIME_DIR") or _own(f"{users}/{os.getuid()}")
    return f"{config}/showup", f"{data}/showup", f"{runtime}/showup" if runtime else f"{data}/showup/run"


def _folder(environ: Mapping[str, str], name: str, usual: str) -> str:
    home = _absolute(environ, "HOME")
    return _absolute(environ, name) or (f"{home}/{usual}" if home else "")


def _absolute(environ: Mapping[str, str], name: str) -> str:
    """What a variable names; a relative path is to be ignored, says the specification."""
    told = environ.get(name, "")
    return told if told.startswith("/") else ""


def _own(folder: str) -> str:
    try:
        return folder if os.stat(folder).st_uid == os.getuid() else ""  # noqa: PTH116 - as above
    except OSError:
        return ""
