"""A real keyring of GNOME on a private bus, unlocked by a password as at sign-in."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.parts import need
from tests.support.session import end, owned, wait_for

SECRETS = "org.freedesktop.secrets"


@contextmanager
def gnome_keyring(folder: Path, env: Mapping[str, str], locked: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """The daemon; it is `locked` after a sign-in without a password."""
    need("gnome-keyring-daemon")
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", f"--control-directory={folder}/run"]
    with (
        (folder / "keyring.log").open("ab") as log,
        subprocess.Popen(
            command + ([] if locked else ["--unlock"]), env=dict(env), stdin=subprocess.PIPE, stdout=log, stderr=log
        ) as daemon,
    ):
        assert daemon.stdin
        if not locked:
            daemon.stdin.write(b"the one of the sign-in")
        daemon.stdin.close()
        try:
            wait_for(lambda: owned(env, SECRETS))
            yield daemon
        finally:
            end(daemon)
