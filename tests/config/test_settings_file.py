"""The file of settings: what is read, what is refused, and how that is said."""

from pathlib import Path

import pytest

from showup.config import CalendarSettings, Detectors, Settings, load, settings_from
from showup.config.faults import SettingsProblem
from showup.core.policy import Checkpoints, Policy, Score
from showup.core.problem import Problem

SECRET = "https://calendar.example.org/private-0123456789/basic.ics"


def write(home: Path, text: str) -> dict[str, str]:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "showup").mkdir(exist_ok=True)
    (home / "config" / "showup" / "config.toml").write_text(text, "utf-8")
    names = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_RUNTIME_DIR": "run"}
    return {name: str(home / folder) for name, folder in names.items()} | {"HOME": str(home)}


def read(home: Path, text: str) -> Settings:
    return load(write(home, text))


def refused(home: Path, text: str) -> list[str]:
    """The sentences that refuse it, without the name of the file."""
    with pytest.raises(SettingsProblem) as caught:
        read(home, text)
    said = str(caught.value)
    if "\n" not in said:
        return [said.split(" cannot be used: ")[1]]
    first, *rows = said.split("\n  ")
    assert first.endswith(f" cannot be used; {len(rows)} things need mending:")
    return rows


def test_without_a_file_everything_is_usual(tmp_path: Path) -> None:
    settings = load({"HOME": str(tmp_path), "XDG_RUNTIME_DIR": "/run/user/7"})
    assert settings.owner == ()
    assert settings.policy == Policy()
    assert settings.detectors == Detectors(sound=True, meet=False, phone=False)
    assert settings.calendars == ()
    assert settings.paths.config == tmp_path / ".config/showup/config.toml"
    assert settings.paths.database == tmp_path / ".local/share/showup/showup.sqlite"
    assert settings.paths.runtime == Path("/run/user/7/showup")


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        f"""
        owner = ["Sam@Example.org "]
        [checkpoints]
        brief_before_minutes = 1
        late_after_minutes = 1
        nudge_after_minutes = 1
        give_up_after_minutes = 1
        [detectors]
        sound = false
        meet = true
        [score]
        on_time_within_minutes = 3
        count_presumed = true
        prior_kept = 9
        [[calendars]]
        name = "work"
        type = "ics"
        path = "/home/sam/interviews.ics"
        [[calendars]]
        name = "private"
        type = "ics"
        url = "{SECRET}"
        [[calendars]]
        name = "g"
        type = "google"
        account = "sam@example.org"
        calendars = ["primary", "x@group.calendar.example"]
        api_endpoint = "http://127.0.0.1:8080"
        meet_endpoint = "http://127.0.0.1:8081"
        poll_minutes = 2
        [[calendars]]
        name = "dav"
        type = "caldav"
        url = "https://dav.example.org/sam/"
        user = "sam"
        """,
    )
    assert settings.owner == ("sam@example.org",)
    assert settings.policy.checkpoints == Checkpoints(1, 1, 1, 1)
    assert settings.policy.score == Score(on_time_within_minutes=3, count_presumed=True, prior_kept=9.0)
    assert settings.detectors == Detectors(sound=False, meet=True, phone=False)
    work, private, google, dav = settings.calendars
    assert work == CalendarSettings("work", "ics", path=Path("/home/sam/interviews.ics"), poll_minutes=1)
    assert private == CalendarSettings("private", "ics", url=SECRET, poll_minutes=5)
    assert google.calendars == ("primary", "x@group.calendar.example")
    assert (google.api_endpoint, google.meet_endpoint) == ("http://127.0.0.1:8080", "http://127.0.0.1:8081")
    assert (google.poll_minutes, google.account) == (2, "sam@example.org")
    assert (dav.url, dav.user) == ("https://dav.example.org/sam/", "sam")


def test_a_path_may_begin_with_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = read(tmp_path, '[[calendars]]\nname = "a"\ntype = "ics"\npath = "~/a.ics"')
    assert settings.calendars[0].path == tmp_path / "a.ics"


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    assert refused(
        tmp_path,
        """# mine
ownr = ["sam@example.org"]

[checkpoints]
late_after_minutes = "five"   # a comment
nudge_after_minutes = 0

[[calendars]]
name = "a"
type = "ics"
path = "a.ics"

[[calendars]]
name = "a"
type = "isc"

[score]
careless_share = 1.5
count_presumed = "no"
""",
    ) == [
        "line 2: ownr is no setting. Did you mean owner?",
        "line 5: checkpoints.late_after_minutes is “five”. Give a whole number from 1 to 720, such as 5.",
        "line 6: checkpoints.nudge_after_minutes is 0. Give a whole number from 1 to 720, such as 15.",
        "line 11: calendars.1.path is “a.ics”. Write the whole path: it begins with / or ~/.",
        "line 14: calendars.2.name is “a”, as that of another calendar. Give each its own name.",
        'line 15: calendars.2.type is “isc”. It is one of "ics", "google", "caldav".',
        "line 18: score.careless_share is 1.5. Give a number between 0 and 1, such as 0.1.",
        "line 19: score.count_presumed is “no”. Write true or false.",
    ]


CASES = {
    "owner = 3": 'line 1: owner is 3. Write a list of texts: owner = ["sam@example.org"].',
    'owner = "sam@example.org"': "line 1: owner is “sam@example.org”. "
    'Write a list of texts: owner = ["sam@example.org"].',
    'owner = ["sam"]': "line 1: owner holds “sam”. Write addresses, such as sam@example.org.",
    'owner = ["a@b.example", 3]': 'line 1: owner holds 3. Write a list of texts: owner = ["sam@example.org"].',
    "detectors = 1": "line 1: detectors is 1. Write [detectors] in a line of its own, and its settings below it.",
    "detectors.sound = 1": "line 1: detectors.sound is 1. Write true or false.",
    "calendars = 1": "line 1: calendars is no list of tables. Write [[calendars]] before each.",
    "[calendars]\nname = 1": "line 1: calendars is no list of tables. Write [[calendars]] before each.",
    "checkpoints.late_after_minutes = true": "line 1: checkpoints.late_after_minutes is true. "
    "Give a whole number from 1 to 720, such as 5.",
    "checkpoints.late_after_minutes = 1.5": "line 1: checkpoints.late_after_minutes is 1.5. "
    "Give a whole number from 1 to 720, such as 5.",
    "[checkpoints]\nnudge_after_minutes = 40": "line 2: checkpoints.nudge_after_minutes does not fit: "
    "nudge_after_minutes is 40, give_up_after_minutes is 30. Give the later one more.",
    "[checkpoints]\nnudge_after_minutes = 3\nlate_after_minutes = 4": "line 2: checkpoints.nudge_after_minutes "
    "does not fit: late_after_minutes is 4, nudge_after_minutes is 3. Give the later one more.",
    "score.prior_kept = 0": "line 1: score.prior_kept is 0. Give a number above 0, such as 5.1.",
    "score.prior_kept = inf": "line 1: score.prior_kept is inf. Give a number above 0, such as 5.1.",
    "score.prior_kept = nan": "line 1: score.prior_kept is nan. Give a number above 0, such as 5.1.",
    "score.careless_miss_rate = 0": "line 1: score.careless_miss_rate is 0. "
    "Give a number between 0 and 1, such as 0.3.",
    "score.careless_miss_rate = 0.04": "line 1: score.careless_miss_rate does not fit: "
    "careful_miss_rate is 0.04, careless_miss_rate is 0.04. Give the latter more.",
    "score.late_full_fault_minutes = 5": "line 1: score.late_full_fault_minutes does not fit: "
    "on_time_within_minutes is 5, late_full_fault_minutes is 5. Give the latter more.",
    "score.late_full_faults = 5": "line 1: score.late_full_faults is no setting. Did you mean late_full_fault_minutes?",
    'colour = "red"': "line 1: colour is no setting. "
    "Known here: owner, checkpoints, score, detectors, calendars, record, web, letter, push.",
    '[[calendars]]\ntype = "ics"\npath = "/a"': 'line 1: calendars.1 has no name. Give it one, such as name = "work".',
    '[[calendars]]\nname = ""\ntype = "ics"\npath = "/a"': "line 2: calendars.1.name is empty. "
    "Write a text in quotes, or leave it out.",
    '[[calendars]]\nname = "a\\u001b[31m"\ntype = "ics"\npath = "/a"': "line 2: calendars.1.name is “a”. "
    "Use at most 60 visible characters.",
    '[[calendars]]\nname = "a"\npath = "/a"': "line 1: calendars.1 has no type. "
    'It is one of "ics", "google", "caldav".',
    '[[calendars]]\nname = "a"\ntype = "ics"': "line 1: calendars.1 names no place. "
    'Give it a path, such as path = "~/interviews.ics", or an url.',
    '[[calendars]]\nname = "a"\ntype = "ics"\npath = "/a"\nurl = "https://b.example"': "line 5: calendars.1.url "
    "and path are both given. Keep the one that is meant.",
    '[[calendars]]\nname = "a"\ntype = "ics"\npath = "https://b.example/x"': "line 4: calendars.1.path "
    "is an address. Write it as url instead.",
    '[[calendars]]\nname = "a"\ntype = "ics"\npath = ""': "line 4: calendars.1.path is empty. "
    "Write a text in quotes, or leave it out.",
    '[[calendars]]\nname = "a"\ntype = "ics"\npath = "~nobody-here/a"': "line 4: calendars.1.path is "
    "“~nobody-here/a”, and that home folder is not known. Write the whole path.",
    '[[calendars]]\nname = "a"\ntype = "ics"\npath = "/a\\u0000"': "line 4: calendars.1.path is “/a”. "
    "Write a text in quotes, or leave it out.",
    '[[calendars]]\nname = "a"\ntype = "google"\nuser = "x"': "line 4: calendars.1.user does not belong to "
    "a calendar of type google, only to caldav. Take it out.",
    '[[calendars]]\nname = "a"\ntype = "caldav"': "line 1: calendars.1 has no url. "
    "Give it the address of the calendar.",
    '[[calendars]]\nname = "a"\ntype = "ics"\npath = "/a"\npoll_minutes = 6': "line 5: calendars.1.poll_minutes is 6. "
    "Give a whole number from 1 to 5, such as 1.",
    'calendars = [\n{ name = "a", type = "ics", path = 3 }]': "line 1: calendars.1.path is 3. "
    "Write a text in quotes, or leave it out.",
}


@pytest.mark.parametrize("text", CASES)
def test_each_thing_that_is_wrong_is_named(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text) == [CASES[text]]


@pytest.mark.parametrize(
    "line",
    [
        f'url = ["{SECRET}"]',
        f'ulr = "{SECRET}"',
        f'path = "{SECRET}"',
        f'url = "x{SECRET}"',
        'url = "//[private-0123456789"',
    ],
)
def test_a_private_address_is_in_no_message(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsProblem) as caught:
        read(tmp_path, f'[[calendars]]\nname = "a"\ntype = "ics"\n{line}')
    assert "private-0123456789" not in str(caught.value)
    assert "line 4" in str(caught.value)


def test_a_private_address_is_in_no_repr(tmp_path: Path) -> None:
    settings = read(tmp_path, f'[[calendars]]\nname = "a"\ntype = "ics"\nurl = "{SECRET}"')
    assert settings.calendars[0].url == SECRET
    assert "private-0123456789" not in repr(settings)


def test_what_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"are no TOML: .*at line 2.*\. Mend that line\."):
        read(tmp_path, 'owner = ["a@b.example"]\nowner =\n')


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    environ = write(tmp_path, "")
    file = tmp_path / "config/showup/config.toml"
    file.write_bytes(b"owner = ['\xff']")
    with pytest.raises(Problem, match="are not in UTF-8"):
        load(environ)
    file.write_text("#" * 200_001)
    with pytest.raises(Problem, match="larger than 200 kB"):
        load(environ)
    file.unlink()
    file.mkdir()
    with pytest.raises(Problem, match=r"cannot be read: Is a directory\. Check who may read them\."):
        load(environ)


def test_a_story_s_table_is_read_by_the_same_rules_without_lines() -> None:
    settings = settings_from({"checkpoints": {"late_after_minutes": 1}, "detectors": {"sound": False}})
    assert settings.policy.checkpoints.late_after_minutes == 1
    assert not settings.detectors.sound
    with pytest.raises(SettingsProblem) as caught:
        settings_from({"checkpoints": {"late_after": 1}})
    assert str(caught.value) == (
        "The settings cannot be used: checkpoints.late_after is no setting. Did you mean late_after_minutes?"
    )
