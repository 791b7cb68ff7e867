"""showup setup, at a real terminal: from nothing, again, with wrong answers, left, and without anybody there."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from showup.clock import SystemClock
from tests.support.front import front
from tests.support.google_server import serving as google
from tests.support.keyring import gnome_keyring
from tests.support.radicale import PASSWORD, USER, Shelf, radicale
from tests.support.session import dunst, screen, session, wait_for
from tests.support.terminal import Terminal, terminal
from tests.support.web import serving

SHOWUP = [sys.executable, "-m", "showup"]
WHERE, OWNER, LATE, DETECTORS, SERVICE = (f"{number} of 5." for number in range(1, 6))
EVENT = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r
DTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDURATION:PT30M\r\nSUMMARY:{title}\r\nATTENDEE:mailto:{who}\r
END:VEVENT\r\nEND:VCALENDAR\r\n"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A person with an empty home."""
    for name in ("home", "run"):
        (tmp_path / name).mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "LANG": "C.UTF-8",
        "TZ": "Europe/Berlin",
    }


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "home/.config/showup/config.toml"


def put(folder: Path, *titles: str, who: str = "sam@example.org") -> Path:
    """A folder of events, one a day from tomorrow on."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, title in enumerate(titles, 1):
        start = SystemClock().now() + timedelta(days=number)
        (folder / f"{number}.ics").write_text(EVENT.format(uid=number, start=start, title=title, who=who))
    return folder


@contextmanager
def setup(env: dict[str, str], *options: str) -> Iterator[Terminal]:
    with terminal([*SHOWUP, "setup", *options], env) as there:
        yield there


def run(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SHOWUP, *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_enter_five_times_is_enough(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    folder = put(tmp_path / "home/.calendars/work", "Interview with Acme", "Dentist", "Phone screen with Birchwood")
    with setup(env) as person:
        person.answer(WHERE)
        person.wait_for("work: 3 events in the next fortnight; 2 look like interviews: Acme ")
        person.answer(OWNER)
        person.wait_for("Your calendar names it in 3 events.")
        person.answer(LATE)
        person.answer(DETECTORS)
        person.wait_for(SERVICE)
        assert person.end() == 0
    assert "1  ~/.calendars/work, a folder with 3 files: 3 events, 2 interviews coming\n" in person.shown
    assert tomllib.loads(config.read_text("utf-8")) == {
        "owner": ["sam@example.org"],
        "calendars": [{"name": "work", "type": "ics", "path": str(folder)}],
    }
    assert [path.name for path in config.parent.iterdir()] == ["config.toml"]


def test_again_only_what_is_answered_changes(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    folder = put(tmp_path / "mine", "Interview with Acme")
    config.parent.mkdir(parents=True)
    text = (
        f'# My own words.\nowner = ["sam@example.org", "s@x.example"]  # both\n\n[checkpoints]\n# patient\n'
        f'late_after_minutes = 6 # six\n\n[[calendars]]\nname = "mine"\ntype = "ics"\npath = "{folder}" # here\n'
    )
    config.write_text(text, "utf-8")
    with setup(env) as person:
        person.answer("Leave it at “mine”\n")
        person.answer("[sam@example.org, s@x.example]")
        person.answer("[6]", "8")
        person.answer("[sound]")
        assert person.end() == 0
    assert config.read_text("utf-8") == text.replace("= 6 #", "= 8 #")
    with setup(env) as person:
        for question in (WHERE, OWNER, LATE, DETECTORS):
            person.answer(question)
        assert person.end() == 0
    assert "The settings are as they were." in person.shown
    assert config.read_text("utf-8") == text.replace("= 6 #", "= 8 #")


def test_a_question_is_asked_three_times(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    broken = tmp_path / "broken.ics"
    broken.write_text("no calendar")
    with setup(env) as person:
        person.answer(WHERE, "77")
        person.answer("There is no 77 in the list. Give a number from 1 to 4.", str(tmp_path / "nowhere"))
        person.answer("There is no file or folder", str(broken))
        person.wait_for("That is left as it was.")
        for question in (OWNER, LATE, DETECTORS):
            person.answer(question)
        assert person.end() == 1
    assert "No calendar is set up." in person.shown
    assert person.shown.endswith("Mend what is broken above.\n")
    assert not config.exists()


def test_every_question_bears_with_wrong_answers(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    folder = put(tmp_path / "mine", "Interview with Acme")
    with setup(env) as person:
        person.answer(WHERE, "nowhere")
        person.answer("There is no file or folder nowhere.", str(folder))
        person.answer(OWNER, "sam")
        person.answer("“sam” is no address.", "Sam@Example.org, s@x.example")
        person.answer(LATE, "soon")
        person.answer("“soon” is no such number of minutes. Give a whole one from 1 to 15.", "20")
        person.answer("“20” is no such number of minutes.", "0")
        person.wait_for("That is left as it was.")
        person.answer(DETECTORS, "sight")
        person.answer("“sight” is none of them.", "meet")
        person.answer("The list of Meet needs a sign-in with Google.", "none")
        assert person.end() == 0
    found = tomllib.loads(config.read_text("utf-8"))
    assert (found["owner"], found["detectors"]) == (["sam@example.org", "s@x.example"], {"sound": False})
    assert "checkpoints" not in found


@pytest.mark.parametrize("at", [WHERE, OWNER, LATE, DETECTORS])
def test_ctrl_c_leaves_nothing(env: dict[str, str], tmp_path: Path, config: Path, at: str) -> None:
    put(tmp_path / "home/.calendars/work", "Interview with Acme")
    with setup(env) as person:
        for question in (WHERE, OWNER, LATE, DETECTORS):
            if question == at:
                break
            person.answer(question)
        person.wait_for(at)
        assert person.interrupt("Nothing was changed.") == 130
    assert person.shown.rstrip().endswith("Nothing was changed.")
    assert not config.parent.exists()


def test_two_at_once_do_not_mix_their_answers(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    place = put(tmp_path / "mine", "Interview with Acme")
    with setup(env) as first:
        first.answer(WHERE, str(place))
        first.wait_for(OWNER)
        second = run(env, "setup", "--yes", "--no-service")
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr == "Another `showup setup` is under way. Finish that one, or leave it with Ctrl-C.\n"
        assert first.interrupt("Nothing was changed.") == 130
    assert not config.parent.exists()


def test_a_hostile_calendar_commands_no_terminal(env: dict[str, str], tmp_path: Path) -> None:
    folder = put(
        tmp_path / "home/.calendars/a\x1b[31mb",
        "Interview with \x1b]0;owned\x07Acme \u202egnp",
        who="a\x1b[2Jb@x.example",
    )
    assert folder.exists()
    with setup(env) as person:
        for question in (WHERE, OWNER, LATE, DETECTORS):
            person.answer(question)
        assert person.end() in {0, 1}
    assert "\x1b[31mb" not in person.raw
    assert "\x1b]0;" not in person.raw
    assert "\x1b[2J" not in person.raw
    assert "\u202e" not in person.raw


def test_without_a_terminal_it_says_what_to_do(env: dict[str, str], config: Path) -> None:
    done = run(env, "setup")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "`showup setup --yes --calendar FILE`" in done.stderr
    closed = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *SHOWUP, "setup"], env=env, capture_output=True, text=True, check=False
    )
    assert (closed.returncode, closed.stderr) == (2, done.stderr)
    assert not config.parent.exists()


def test_all_of_it_by_options(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    folder = put(tmp_path / "mine", "Interview with Acme")
    done = run(
        env,
        *("setup", "--calendar", str(folder), "--owner", "sam@example.org,s@x.example", "--late-after", "3"),
        *("--detectors", "none", "--no-service"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert tomllib.loads(config.read_text("utf-8")) == {
        "owner": ["sam@example.org", "s@x.example"],
        "checkpoints": {"late_after_minutes": 3},
        "detectors": {"sound": False},
        "calendars": [{"name": "mine", "type": "ics", "path": str(folder)}],
    }


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--calendar", "/nowhere.ics", "There is no file or folder /nowhere.ics."),
        ("--calendar", "google", "`showup calendar add google --client-secrets FILE`"),
        ("--owner", "sam", "“sam” is no address."),
        ("--late-after", "20", "“20” is no such number of minutes."),
        ("--detectors", "sight", "“sight” is none of them."),
    ],
)
def test_a_wrong_option_is_told_and_nothing_written(
    env: dict[str, str], config: Path, option: str, value: str, said: str
) -> None:
    done = run(env, "setup", "--yes", option, value)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert not config.parent.exists()


def test_yes_takes_what_is_found(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    assert run(env, "setup", "--yes", "--no-service").returncode == 1, "no calendar is set up"
    put(tmp_path / "home/.calendars/work", "Interview with Acme")
    config.unlink(missing_ok=True)
    done = run(env, "setup", "--yes", "--no-service")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "calendar work" in done.stdout
    assert [one["name"] for one in tomllib.loads(config.read_text("utf-8"))["calendars"]] == ["work"]


def test_calendars_that_others_keep_are_offered(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    home = tmp_path / "home"
    put(home / ".calendars/holidays", *(f"Holiday {number}" for number in range(9)))
    put(home / "elsewhere/work", "Interview with Acme", "Interview with Birchwood")
    put(home / ".local/share/evolution/calendar/system", "Dentist")
    (home / ".calendars/broken").mkdir()
    (home / ".calendars/broken/1.ics").mkdir()
    (home / ".config/vdirsyncer").mkdir(parents=True)
    (home / ".config/vdirsyncer/config").write_text('[storage a]\ntype = "filesystem"\npath = "~/elsewhere/"\n')
    with setup(env) as person:
        person.answer(WHERE, "1, 2")
        for question in (OWNER, LATE, DETECTORS):
            person.answer(question)
        assert person.end() == 0
    offered = [line.partition("~/")[2].partition(",")[0] for line in person.shown.splitlines() if "  ~/" in line]
    assert offered == ["elsewhere/work", ".calendars/holidays", ".local/share/evolution/calendar/system"]
    found = tomllib.loads(config.read_text("utf-8"))["calendars"]
    assert [one["name"] for one in found] == ["work", "holidays"]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with radicale(tmp_path_factory.mktemp("radicale")) as found:
        Shelf(found, "VEVENT", "Interviews")
        yield found


def caldav(person: Terminal, address: str) -> None:
    person.answer(WHERE, "caldav")
    person.answer("The server's address", address)
    person.answer("Your name there", USER)
    person.answer("Password", PASSWORD)
    person.wait_for("Calendar Interviews is added")


def test_a_password_is_not_shown_and_kept_in_a_file_of_ones_own(env: dict[str, str], config: Path, port: int) -> None:
    with front(port) as server, setup(env) as person:
        caldav(person, server.address)
        person.answer(f"[{USER}]")
        person.answer(LATE)
        person.answer(DETECTORS)
        assert person.end() == 0
    file = config.parent / "secrets/secrets.json"
    assert PASSWORD not in person.shown
    assert list(json.loads(file.read_text("utf-8")).values()) == [PASSWORD]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_password_is_forgotten_when_it_is_left(env: dict[str, str], config: Path, port: int) -> None:
    with front(port) as server, setup(env) as person:
        caldav(person, server.address)
        person.wait_for(OWNER)
        assert person.interrupt("Nothing was changed.") == 130
    file = config.parent / "secrets/secrets.json"
    assert not config.exists()
    assert PASSWORD not in (file.read_text("utf-8") if file.exists() else "")


def test_with_a_keyring_and_a_desktop(tmp_path: Path, config: Path, port: int) -> None:
    with (
        session(tmp_path, TZ="Europe/Berlin") as desk,
        gnome_keyring(tmp_path, desk),
        screen(tmp_path) as display,
        dunst(tmp_path, desk | {"DISPLAY": display}) as shown,
        front(port) as server,
        setup(desk) as person,
    ):
        caldav(person, server.address)
        for question in (OWNER, LATE, DETECTORS):
            person.answer(question)
        person.wait_for("A notice is on your screen now.")
        wait_for(lambda: shown.displayed() == 1)
        shown.press("I see it")
        person.wait_for("test notice: You have seen it.")
        assert person.end() == 0
        wait_for(lambda: shown.displayed() == 0)
    assert "keyring: It can be asked." in person.shown
    assert not (config.parent / "secrets").exists()


def test_a_private_address_is_not_shown(env: dict[str, str], config: Path) -> None:
    with serving() as web, setup(env) as person:
        address = f"{web.address}/5ecre7.ics"
        web.body = EVENT.format(uid=1, start=SystemClock().now(), title="Lunch", who="a@x.example").encode()
        person.answer(WHERE, "1")
        person.answer("   Address: ", "no address")
        person.answer("That is no address.", "1")
        person.answer("   Address: ", address)
        person.wait_for("is added:")
        for question in (OWNER, LATE, DETECTORS):
            person.answer(question)
        assert person.end() == 0
    assert address not in person.shown
    assert tomllib.loads(config.read_text("utf-8"))["calendars"][0]["url"] == address


def test_a_sign_in_with_google_tells_the_address(env: dict[str, str], tmp_path: Path, config: Path) -> None:
    with google() as server:
        server.world.primary.put("a", SystemClock().now() + timedelta(days=1), summary="Interview with Acme")
        downloads = tmp_path / "home/Downloads"
        downloads.mkdir()
        (downloads / "client_secret_1.json").write_text(json.dumps(server.client_secrets()))
        browser = f"{sys.executable} {Path(__file__).parents[1]}/support/google_browser.py %s"
        with setup({**env, "BROWSER": browser}, "--api-endpoint", server.address) as person:
            person.answer(WHERE, "google")
            person.answer("The file of your client [")
            person.answer("May it see who is in your Meet meetings, too?", "n")
            person.wait_for("1 looks like an interview: Acme ")
            person.answer("[sam@example.org]")
            for question in (LATE, DETECTORS):
                person.answer(question)
            assert person.end() == 0
    found = tomllib.loads(config.read_text("utf-8"))
    assert (found["owner"], found["calendars"][0]["account"]) == (["sam@example.org"], "sam@example.org")
    assert "sign-in sam@example.org: The sign-in with Google is good." in person.shown


def test_a_notice_that_nobody_sees_is_said_and_what_to_do(tmp_path: Path) -> None:
    put(tmp_path / "home/.calendars/work", "Interview with Acme")
    with (
        session(tmp_path) as desk,
        screen(tmp_path) as display,
        dunst(tmp_path, desk | {"DISPLAY": display}) as shown,
        setup(desk) as person,
    ):
        for question in (WHERE, OWNER, LATE, DETECTORS):
            person.answer(question)
        person.wait_for("A notice is on your screen now.")
        wait_for(lambda: shown.displayed() == 1)
        assert person.interrupt("How everything is") == 0, "Ctrl-C goes on without it"
    assert "test notice: Nobody answered it. If you saw none: switch do-not-disturb off" in person.shown


def test_the_document_shows_what_is_asked(env: dict[str, str], tmp_path: Path) -> None:
    put(tmp_path / "home/.calendars/work", "Interview with Acme")
    with setup(env) as person:
        for question in (WHERE, OWNER, LATE, DETECTORS):
            person.answer(question)
        person.end()
    document = (Path(__file__).parents[2] / "docs/first-minutes.md").read_text("utf-8")
    asked = [line.partition("[")[0] for line in document.splitlines() if line[1:6] == " of 5"]
    assert len(asked) == 5
    for line in asked[:4]:
        assert line in person.shown
