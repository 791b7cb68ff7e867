"""CI's own script, with stand-ins for the package manager and for make."""

import subprocess
from pathlib import Path

import pytest

from tests.support.parts import absent
from tests.support.session import mate_notifyd, xfce_notifyd

SCRIPT = Path(__file__).parents[2] / ".ci/run"
PROGRAMS = (
    *("dbus-daemon", "dbus-send", "dunst", "convert", "gdbus", "notify-send", "systemd-analyze", "setsid"),
    *("xauth", "xdotool", "Xvfb", "make", "python3", "apt-get", "sudo", "gnome-keyring-daemon", "node", "npm"),
    *("chromium", "espeak-ng", "pipewire", "pipewire-pulse", "pulseaudio", "pactl", "sox", "wireplumber", "ip"),
    *("desktop-file-validate", "firefox-esr", "fish", "rsvg-convert", "man", "mandoc", "zsh", "xfconf-query"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A PATH in which every part is a stand-in that writes down how it was called."""
    for name in PROGRAMS:
        stand_in = tmp_path / name
        stand_in.write_text(f'#!/bin/sh\n[ {name} = python3 ] || echo "{name} $* CI=$CI" >> {tmp_path}/calls\n')
        stand_in.chmod(0o755)
    for name in ("bash", "dirname", "id"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    return tmp_path


def calls(folder: Path) -> list[str]:
    subprocess.run([str(SCRIPT)], env={"PATH": str(folder)}, check=True, cwd="/")
    return (folder / "calls").read_text().splitlines()


def test_what_is_missing_is_installed_in_one_go(folder: Path) -> None:
    (folder / "dunst").unlink()
    (folder / "Xvfb").unlink()
    *apt, audit, made = calls(folder)
    assert (audit, made) == ("make audit sbom CI=true", "make test CI=true")
    assert [" update " in apt[0], " install " in apt[1], len(apt)] == [True, True, 2]
    assert "--no-install-recommends" in apt[1]
    assert {"dunst", "xvfb"} <= set(apt[1].split())
    assert not {"xdotool", "systemd"} & set(apt[1].split())


def test_with_all_parts_there_apt_is_left_alone(folder: Path) -> None:
    xfce_notifyd()
    mate_notifyd()
    if not Path("/usr/lib/systemd/user/dbus.socket").exists():
        absent("not installed: dbus-user-session")
    if not list(Path("/usr/lib").glob("*/libexec/kdeconnectd")):
        absent("not installed: kdeconnect")
    assert calls(folder) == ["make audit sbom CI=true", "make test CI=true"]
