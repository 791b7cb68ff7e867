"""`showup service`: the user service of systemd, by which showup starts with the session."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from showup.cli.parts import running, when
from showup.cli.screen import as_json, show_json
from showup.config import Paths, Settings, load
from showup.config.paths import paths_from
from showup.core.problem import Problem
from showup.core.text import plain
from showup.core.views import View, moment

if TYPE_CHECKING:
    from showup.service.install import Installer
    from showup.service.manager import Line
    from showup.service.unit import Places

Say = Callable[[str], None]
_ROOM = 400


@dataclass(frozen=True, slots=True)
class State:
    """How the service stands. `status` is what the daemon says of itself, `since` when it began (aware UTC)."""

    installed: bool
    enabled: bool
    running: bool
    detail: str
    since: datetime | None
    status: str
    log: "tuple[Line, ...]"


@click.group()
def service() -> None:
    """Have showup start with your session."""


@service.command("install")
@click.option("--replace", is_flag=True, help="Also where you have changed the unit; yours is kept under another name.")
def install_command(replace: bool) -> None:
    """Write the user unit of systemd, start it, and wait until it is ready.

    Doing it again changes nothing, or mends what an upgrade has moved.
    """
    install(_say, replace=replace)


@service.command("uninstall")
def uninstall_command() -> None:
    """Stop the service and remove it. The record and the settings stay."""
    uninstall(_say)


@service.command("status")
@as_json
def status_command(wants_json: bool) -> None:
    """Show whether it is installed and running, and the last lines of its journal."""
    found = state()
    if wants_json:
        show_json(_view(found))
        return
    for line in _lines(found):
        _say(line)


def install(say: Say, *, replace: bool = False) -> None:
    """Install the service for the program that is running now, start it, and wait until it is ready.

    `say` is told in sentences what was done. Done again, it changes nothing.

    Raises:
        Problem: the settings have a fault, there is no service manager, a showup runs already that somebody started
            by hand, or the service does not start.
    """
    from showup.service.unit import program

    settings = load()
    installer = _installer(say)
    if running(settings.paths) and not installer.manager.known().running:
        raise Problem("A showup is running that was started by hand.", "End it (Ctrl-C), then install the service.")
    words = program(sys.argv[0], sys.executable)
    installer.install(words, _places(settings, words, installer.manager.environment()), replace=replace)
    enter_menu(say)


def enter_menu(say: Say) -> None:
    """Have the desktop know the program, by which it names the notices; nothing is said where that goes well."""
    from showup.desktop import menu
    from showup.service.unit import program

    try:
        menu.put(program(sys.argv[0], sys.executable), os.environ)
    except OSError as error:
        say(f"The entry for the desktop's menu could not be written: {error.strerror} ({error.filename}).")


def uninstall(say: Say) -> None:
    """Stop the service and remove everything of it but the settings and the record.

    Raises:
        Problem: it cannot be stopped or removed.
    """
    from showup.desktop import menu

    paths = paths_from(os.environ)
    try:
        installer = _installer(say)
    except Problem:
        installer = _installer(say, _folder())
    there = installer.uninstall(partial(running, paths))
    menu.take_away(os.environ)
    say("The service is stopped and removed." if there else "No service is installed.")
    if paths.database.exists():
        say(f"The record stays: {paths.database}")


def state() -> State:
    """How the service stands.

    Raises:
        Problem: there is no service manager.
    """
    installer = _installer(lambda _text: None)
    known = installer.manager.known()
    installed = known.enabled != ""
    return State(
        installed=installed,
        enabled=known.enabled in {"enabled", "enabled-runtime"},
        running=known.running,
        detail=known.detail if known.result == "success" else f"{known.detail}: {known.result}",
        since=known.since,
        status=known.status,
        log=installer.manager.journal() if installed else (),
    )


def _installer(say: Say, folder: Path | None = None) -> "Installer":
    """What puts the unit into the folder in which the manager looks: ours, or where its own settings lie.

    Raises:
        Problem: there is no manager, or it looks into neither; with a `folder` nobody is asked.
    """
    from showup.service.install import Installer
    from showup.service.manager import Manager

    manager = Manager(os.environ)
    if folder is None:
        known = manager.folders()
        places = [place for place in (_folder(), Path.home() / ".config/systemd/user") if place in known]
        if not places:
            raise Problem(
                f"The service manager does not look into {_folder()}.", "Unset XDG_CONFIG_HOME, or log in anew."
            )
        folder = places[0]
    return Installer(manager, folder, say)


def _folder() -> Path:
    told = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(told) if told.startswith("/") else Path.home() / ".config") / "systemd/user"


def _places(settings: Settings, words: tuple[str, ...], environ: dict[str, str]) -> "Places":
    """What the service has to be told so that it finds the same settings and record as this command."""
    from showup.service.unit import Places, passing

    paths, usual = settings.paths, paths_from({"HOME": str(Path.home())} | environ)
    for folder in (paths.config.parent, paths.database.parent, paths.runtime):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    default = _usual(environ)
    writable = {paths.config.parent, paths.database.parent, paths.runtime} - default
    needed = [Path(words[0]), paths.config, paths.database, *(one.path for one in settings.calendars if one.path)]
    return Places(_environment(paths, usual), sorted(writable), passing(needed))


def _usual(environ: dict[str, str]) -> set[Path]:
    """The folders that the unit may write to as it is."""
    home = Path.home()
    runtime = environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return {home / ".config/showup", home / ".local/share/showup", Path(runtime, "showup")}


def _environment(paths: Paths, usual: Paths) -> dict[str, str]:
    """The variables that lead to our places, where the manager's own lead elsewhere."""
    if paths == usual:
        return {}
    if told := os.environ.get("SHOWUP_HOME", ""):
        return {"SHOWUP_HOME": str(Path(told).absolute())}
    folders = {"XDG_CONFIG_HOME": paths.config, "XDG_DATA_HOME": paths.database}
    return {"SHOWUP_HOME": "", **{name: str(file.parent.parent) for name, file in folders.items()}}


def _lines(found: State) -> list[str]:
    if not found.installed:
        return ["No service is installed; `showup service install` does it."]
    since = f", since {when(str(moment(found.since)))}" if found.since else ""
    lines = [
        f"Installed, and {'starts' if found.enabled else 'does not start'} with your session.",
        f"It is {'running' if found.running else 'not running'} ({found.detail}){since}.",
        *([f"It says: {found.status}"] if found.status else []),
    ]
    return lines + [f"  {when(str(moment(line.at)))}  {line.text}" for line in found.log]


def _view(found: State) -> View:
    return {
        "installed": found.installed,
        "enabled": found.enabled,
        "running": found.running,
        "state": found.detail or None,
        "since": moment(found.since),
        "status": found.status or None,
        "log": [{"at": moment(line.at), "level": line.level, "text": line.text} for line in found.log],
    }


def _say(text: str) -> None:
    click.echo(plain(text, _ROOM))
