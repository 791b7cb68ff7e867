"""Pictures of every kind of notice on real servers, for docs/notices.md: `make pictures`.

It draws on a screen of its own, with the program's own words, and needs Xvfb, xdotool, ImageMagick and the servers.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from showup.core.appointment import Details, Side
from showup.core.away import away
from showup.core.evidence import Sign
from showup.core.notice import Kind, Message
from showup.core.policy import Policy, Score
from showup.core.recognition.result import Decision, Employer, Medium, Stage
from showup.core.reliability import reliability
from showup.core.telling import Scene
from showup.core.verdict import Certainty, Outcome, Rule, Verdict, judge
from showup.core.wording import Setting, message, problem
from showup.desktop.notifications import DesktopNotifier
from showup.knowledge.letters import letters
from tests.core.verdict.cases import at, case, planned
from tests.support.session import mate_notifyd, screen, server, session, wait_for, xfce_notifyd

FOLDER = Path(__file__).parents[2] / "docs/pictures"
SERVERS = {"xfce4-notifyd": xfce_notifyd, "mate-notification-daemon": mate_notifyd}
_ZONE = Setting(ZoneInfo("America/New_York"), letters=letters("en"))
_DETAILS = Details(
    title="Interview with Acme – Account Executive",
    employer=Employer("Acme", "acme.example"),
    medium=Medium.MEET,
    stage=Stage.HIRING_MANAGER,
    organiser=Side.THEIRS,
    join="https://meet.google.com/abc-defg-hij",
    contact="hr@acme.example",
    reasons=("The title speaks of an interview.",),
)
_ON_TIME = Verdict(Outcome.ON_TIME, Certainty.CONFIRMED, Rule.HERE, fault=0.0, counted=True)
_TWELVE = Verdict(Outcome.LATE, Certainty.CONFIRMED, Rule.SETTLED, minutes_late=12, fault=0.3, counted=True)


def _scene(*told: str, now: float, details: Details = _DETAILS, changed: float | None = None) -> Scene:
    covered = f"sound -10..{now}"
    one = replace(planned(30), details=details, changed=None if changed is None else at(changed))
    return Scene(one, judge(case(*told, covered=covered, length=30), Policy(), at(now)), Policy(), at(now))


def messages() -> Iterator[Message]:
    """Each kind at least once, in the order of a day."""
    known = replace(_ZONE, score=reliability([_ON_TIME, _TWELVE, _ON_TIME], Score()))
    slept = replace(_ZONE, missed=away(Sign.SLEPT, at(-2), at(20)))
    yield message(Kind.RECOGNISE, _scene(now=-900, details=replace(_DETAILS, decision=Decision.MAYBE)), _ZONE)
    yield message(Kind.BRIEF, _scene(now=-10), known)
    yield message(Kind.BRIEF, _scene(now=-10, details=replace(_DETAILS, declined=True)), known)
    yield message(Kind.ASK, _scene(now=5), _ZONE)
    yield message(Kind.ASK, _scene(now=20), slept)
    yield message(Kind.LATE, _scene("say waiting 4", now=5), _ZONE)
    yield message(Kind.NUDGE, _scene("say waiting 4", now=15), _ZONE)
    yield message(Kind.NO_SHOW, _scene("say waiting 16", now=30), _ZONE)
    yield message(Kind.CONFIRM, _scene(now=30), _ZONE)
    yield message(Kind.CONFIRM, _scene("you_in -1", "speech 12", now=31), _ZONE)
    moved = replace(_ZONE, moved_to=at(23.5 * 60))
    yield message(Kind.MOVED, _scene("moved -180", now=-179, changed=-180), moved)
    yield message(Kind.CANCELLED, _scene("cancelled -45", now=-44, changed=-45), _ZONE)
    yield problem("work", "The calendar's server does not answer. It is tried again every five minutes.")


def _bubble(env: Mapping[str, str], windows: str) -> str:
    """The place of the one bubble as ImageMagick wants it; empty while there is none."""
    search = ["xdotool", "search", "--onlyvisible", "--class", windows, "getwindowgeometry", "--shell", "%@"]
    done = subprocess.run(search, env=dict(env), capture_output=True, check=False)
    for window in done.stdout.decode().split("WINDOW=")[1:]:
        place = dict(line.split("=") for line in window.splitlines()[1:])
        if int(place["WIDTH"]) > 100:
            return f"{place['WIDTH']}x{place['HEIGHT']}+{place['X']}+{place['Y']}"
    return ""


def _draw(name: str, command: Callable[[], str], folder: Path) -> Path:
    """All of them on one server, one below the other."""
    with ExitStack() as stack:
        env = stack.enter_context(session(folder))
        env["DISPLAY"] = stack.enter_context(screen(folder))
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = env["DBUS_SESSION_BUS_ADDRESS"]
        stack.enter_context(server([command()], env, folder / "server.log"))
        notifier, parts = DesktopNotifier(limit=5), []
        stack.callback(notifier.close)
        for number, words in enumerate(messages()):
            shown = notifier.show(words)
            wait_for(lambda: _bubble(env, name))
            time.sleep(1)  # it is faded in
            parts.append(folder / f"{number:02}.png")
            crop = ["-crop", _bubble(env, name), "+repage"]
            subprocess.run(["import", "-window", "root", *crop, str(parts[-1])], env=env, check=True)
            notifier.withdraw(shown)
            wait_for(lambda: not _bubble(env, name))
        target = FOLDER / f"{name}.png"
        border = ["-bordercolor", "#d8dde3", "-border", "8x5", "-background", "#d8dde3", "-gravity", "west"]
        small = ["-append", "-strip", "+dither", "-colors", "64", f"PNG8:{target}"]
        subprocess.run(["convert", *map(str, parts), *border, *small], check=True)
    return target


def main() -> None:
    """Draw them all."""
    for name, command in SERVERS.items():
        with tempfile.TemporaryDirectory() as folder:
            print(_draw(name, command, Path(folder)))  # noqa: T201 - a script says what it made


if __name__ == "__main__":
    main()
