"""A real `systemd --user` for an unprivileged user, in namespaces of its own: nothing of it reaches the machine."""

import errno
import os
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.parts import need
from tests.support.session import wait_for

_USER = 1000
_CANNOT = 77
_SPACES = ["unshare", "--mount", "--cgroup", "--pid", "--fork", "--mount-proc", "--kill-child"]
_START = """
set -eu
trap 'exit CANNOT' ERR
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system /run/systemd/unit-root /run/user/UID
chown UID:UID /run/user/UID
chmod 700 /run/user/UID
mount -t tmpfs tmpfs /home
mkdir /home/sam
mount --bind "$1" /home/sam
mount -t cgroup2 none /sys/fs/cgroup
# A journal of its own, that looks at nothing of the machine. It keeps one file a user where it is to last.
mount -t tmpfs tmpfs /var/log
mkdir -p /var/log/journal /run/systemd/journald.conf.d /run/systemd/journal
touch /run/systemd/journal/flushed
printf '[Journal]\nAudit=no\nReadKMsg=no\nForwardToSyslog=no\n' >/run/systemd/journald.conf.d/own.conf
if [ ! -s /etc/machine-id ]; then
    echo 0123456789abcdef0123456789abcdef >/run/machine-id
    mount --bind /run/machine-id /etc/machine-id
fi
/lib/systemd/systemd-journald &
# The journal knows what is a user's unit by the place in the tree in which logind puts the user's manager.
own=/sys/fs/cgroup/user.slice/user-UID.slice/user@UID.service
mkdir -p "$own"
chown -R UID:UID "$own"
echo $$ >"$own/cgroup.procs"
cd /
begin() { exec "$@"; }
if [ "$4" = forbid ]; then
    mkfifo /run/mapped
    begin() {
        # A user namespace in which nobody may make another one. Its maps are written from outside.
        unshare --user bash -c 'read -r _ </run/mapped; exec "$@"' bash \
            bash -c 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"' bash "$@" &
        exec 3>/run/mapped
        echo "0 0 65536" >"/proc/$!/uid_map"
        echo "0 0 65536" >"/proc/$!/gid_map"
        echo >&3
        trap - ERR
        code=0; wait $! || code=$?
        exit $code
    }
fi
begin env -i PATH=/usr/bin:/bin HOME=/home/sam XDG_RUNTIME_DIR=/run/user/UID LANG=C.UTF-8 \
    DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/UID/bus \
    setpriv --reuid=UID --regid=UID --clear-groups bash -c "$2" bash "$3"
""".replace("UID", str(_USER)).replace("CANNOT", str(_CANNOT))
# systemd as process 1 of a machine makes /run/systemd/unit-root, in which the sandboxes of user units are built, too.
_MANAGE = """
/lib/systemd/systemd --user --log-target=null &
manager=$!
for _ in $(seq 100); do systemctl --user is-system-running >/dev/null 2>&1 && break; sleep .05; done
bash -eu -c "$1"
code=$?
systemctl --user exit || kill $manager
wait $manager
exit $code
"""


@contextmanager
def home() -> Iterator[Path]:
    """A home folder that the unprivileged user may enter, unlike the folders that tests have otherwise."""
    with tempfile.TemporaryDirectory(prefix="showup-home-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def run(folder: Path, script: str, *, namespaces: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a bash script beside a manager whose user has `folder` as `/home/sam`. Skips where that cannot be made.

    Without `namespaces` it is on a system that forbids user namespaces to programs of users.
    """
    need("unshare", "setpriv", "systemctl")
    if os.geteuid() != 0:
        pytest.skip("only root can make the namespaces for a systemd of one's own")
    tried = subprocess.run([*_SPACES, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no namespaces can be made here: {tried.stderr}")
    subprocess.run(["chown", "-R", f"{_USER}:{_USER}", str(folder)], check=True)
    with _cgroup() as cgroup:
        enter = f'echo $BASHPID > "{cgroup}/cgroup.procs"; exec "$@"'
        words = [str(folder), _MANAGE, script, "allow" if namespaces else "forbid"]
        command = ["bash", "-c", enter, "bash", *_SPACES, "bash", "-c", _START, "bash", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode == _CANNOT:
        pytest.skip(f"the namespaces cannot be furnished: {done.stderr}")
    return done


@contextmanager
def _cgroup() -> Iterator[Path]:
    """A branch of the tree of control groups that the user owns."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    roots = [Path(fields[1]) for fields in mounts if fields[2] == "cgroup2"]
    if not roots:
        pytest.skip("there are no unified control groups")
    branch = roots[0] / f"showup-test-{uuid.uuid4().hex}"
    try:
        branch.mkdir()
    except OSError as error:
        pytest.skip(f"no control group can be made: {error.strerror}")
    try:
        subprocess.run(["chown", "-R", f"{_USER}:{_USER}", str(branch)], check=True)
        yield branch
    finally:
        # What lived there is ended with its namespace, but the kernel may take a moment over it.
        wait_for(lambda: _gone(branch), 20)


def _gone(branch: Path) -> bool:
    """Remove the branch, if nothing is in it any more; whether it is gone."""
    try:
        for folder in sorted((path for path in branch.rglob("*") if path.is_dir()), reverse=True):
            folder.rmdir()
        branch.rmdir()
    except FileNotFoundError:
        return False
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        return False
    return True
