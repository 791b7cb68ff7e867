"""recognise: an answer for each event of a file, from the file alone."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.ics import calendar, vevent

Cli = Callable[..., Result]

PEOPLE = "ORGANIZER:mailto:hr@acme.example\nATTENDEE:mailto:sam@example.org\nATTENDEE:mailto:hr@acme.example"
INTERVIEW = vevent(
    f"DTSTART;TZID=America/New_York:20260303T100000\nDTEND;TZID=America/New_York:20260303T103000\n{PEOPLE}",
    "acme-1@x",
    "Interview with Acme – Account Executive",
)
DENTIST = vevent("DTSTART:20260304T100000Z\nDTEND:20260304T103000Z", "tooth@x", "Dentist")
ACME = {
    "id": "acme-1",
    "iCalUID": "acme-1@google.com",
    "summary": "Interview with Acme – Account Executive",
    "start": {"dateTime": "2026-03-03T10:00:00-05:00"},
    "end": {"dateTime": "2026-03-03T10:30:00-05:00"},
    "organizer": {"email": "hr@acme.example"},
    "attendees": [{"email": "sam@example.org"}, {"email": "hr@acme.example"}],
    "hangoutLink": "https://meet.google.com/rmb-ownp-car",
}
AGAIN = "Export it again, or wait until its download has finished."
KEYS = [
    *("id", "uid", "recurrence_id", "start", "decision", "employer", "medium", "stage", "confidence", "reasons"),
]


@pytest.fixture
def ics(tmp_path: Path) -> str:
    (tmp_path / "a.ics").write_bytes(calendar(INTERVIEW, DENTIST))
    return str(tmp_path / "a.ics")


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., str]:
    def write(*lines: object) -> str:
        rows = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        (tmp_path / "a.jsonl").write_text("\n".join(rows), "utf-8")
        return str(tmp_path / "a.jsonl")

    return write


def test_each_vevent_has_a_line_of_json(cli: Cli, ics: str) -> None:
    result = cli("recognise", ics, "--owner", "sam@example.org", "--json")
    interview, dentist = map(json.loads, result.stdout.splitlines())
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(interview) == list(dentist) == KEYS
    assert {key: interview[key] for key in KEYS[:6]} == {
        "id": "acme-1@x",
        "uid": "acme-1@x",
        "recurrence_id": None,
        "start": "2026-03-03T15:00:00Z",
        "decision": "interview",
        "employer": {"name": "Acme", "domain": "acme.example", "via": None},
    }
    assert 0.5 < interview["confidence"] <= 1
    assert all(isinstance(reason, str) for reason in interview["reasons"])
    assert (dentist["decision"], dentist["employer"]["name"], dentist["medium"]) == ("no", None, None)


def test_people_get_the_reasons_in_words(cli: Cli, ics: str) -> None:
    shown = cli("recognise", ics, "--owner", "sam@example.org").stdout.splitlines()
    assert shown[0].startswith("interview · Acme · ")
    assert shown[1] == "  Tue 03 Mar 2026 10:00 EST: Interview with Acme – Account Executive"
    assert shown[2].startswith("  –  ")
    assert any(line.startswith("no · ") for line in shown)


def test_a_google_resource_may_stand_alone_or_with_an_id_and_an_owner(cli: Cli, jsonl: Callable[..., str]) -> None:
    wrapped = {"id": "d7", "owner": ["sam@example.org"], "event": ACME}
    alone, found = map(json.loads, cli("recognise", jsonl(ACME, "", wrapped), "--json").stdout.splitlines())
    assert (alone["id"], alone["uid"]) == ("acme-1", "acme-1@google.com")
    assert (found["id"], found["uid"]) == ("d7", "acme-1@google.com")
    assert (found["decision"], found["employer"]["name"], found["medium"]) == ("interview", "Acme", "meet")


def test_an_occurrence_is_named_by_its_recurrence_id(cli: Cli, jsonl: Callable[..., str]) -> None:
    one = {**ACME, "recurringEventId": "acme", "originalStartTime": ACME["start"]}
    found = json.loads(cli("recognise", jsonl(one), "--json").stdout)
    assert found["recurrence_id"] == "20260303T150000Z"


def test_one_unreadable_event_is_named_and_the_rest_is_printed(
    cli: Cli, tmp_path: Path, jsonl: Callable[..., str]
) -> None:
    (tmp_path / "b.ics").write_bytes(calendar(vevent("DTSTART:nonsense", "bad@x", "Broken"), INTERVIEW))
    result = cli("recognise", str(tmp_path / "b.ics"), "--json")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert result.stderr.startswith(f"{tmp_path}/b.ics: The event “Broken” cannot be used: ")
    assert len(result.stderr.splitlines()) == 1
    file = jsonl("{nonsense", {"summary": "no id"}, "[]", "[" * 100_000, ACME)
    result = cli("recognise", file, "--json")
    assert (result.exit_code, json.loads(result.stdout)["id"]) == (0, "acme-1")
    assert result.stderr == (
        f"{file}: Line 1 is no JSON object, and is left out.\n"
        f"{file}: Line 2: An event has no id.\n"
        f"{file}: Line 3 is no JSON object, and is left out.\n"
        f"{file}: Line 4 is no JSON object, and is left out.\n"
    )


def test_an_unknown_zone_is_never_guessed(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "z.ics").write_bytes(calendar(vevent("DTSTART;TZID=Nowhere:20260303T100000", "a@x", "Interview")))
    result = cli("recognise", str(tmp_path / "z.ics"), "--json")
    assert (result.exit_code, json.loads(result.stdout)["start"]) == (0, None)
    assert result.stderr == f"{tmp_path}/z.ics: Interview: The time zone “Nowhere” is not known.\n"


def test_a_file_that_is_no_calendar_is_one_sentence_and_others_are_still_read(
    cli: Cli, tmp_path: Path, ics: str
) -> None:
    (tmp_path / "cut.ics").write_bytes(calendar(INTERVIEW).removesuffix(b"END:VCALENDAR\r\n"))
    (tmp_path / "text.ics").write_text("Dear Sam,\n")
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "text.jsonl").write_text("Dear Sam,\n")
    os.mkfifo(tmp_path / "pipe.ics")
    names = ("cut.ics", "text.ics", "empty.jsonl", "text.jsonl", "pipe.ics", "absent.ics")
    files = [str(tmp_path / name) for name in names]
    result = cli("recognise", *files, ics, "--json")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)
    said = [line.removeprefix(f"{tmp_path}/") for line in result.stderr.splitlines()]
    assert said == [
        f"cut.ics: The calendar file is cut off: it has no END:VCALENDAR. {AGAIN}",
        "text.ics: This is no calendar file. Choose a file in the iCalendar format (.ics).",
        "empty.jsonl: It holds no events. Each line must be an event resource of the Google Calendar API, in JSON.",
        "text.jsonl: Line 1 is no JSON object, and is left out.",
        "text.jsonl: It holds no events. Each line must be an event resource of the Google Calendar API, in JSON.",
        "pipe.ics: It is no file. Name an .ics or a .jsonl file.",
        "absent.ics: It cannot be read: No such file or directory. Check its name.",
    ]


def test_nothing_but_the_file_is_read_or_written(
    cli: Cli, home: Path, ics: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "showup/config.toml").write_text("this is no TOML")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    assert cli("recognise", ics, "--json").exit_code == 0
    assert not (home / "showup/showup.sqlite").exists()


def test_without_a_file_it_was_called_wrongly(cli: Cli) -> None:
    assert cli("recognise").exit_code == 2
