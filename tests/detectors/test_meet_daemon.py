"""The real `showup run`: a Google calendar, an interview by Meet, and the list of its participants."""

import dataclasses
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from showup.clock import SystemClock
from showup.google.token import Token
from showup.secrets import FileSecrets
from tests.support import google_signin
from tests.support.google_parts import signed_in
from tests.support.google_server import LIST, READ
from tests.support.google_server import serving as google_serving
from tests.support.meet_server import SCOPE, Meeting, Person
from tests.support.meet_server import serving as meet_serving
from tests.support.session import end, wait_for

SETTINGS = """owner = ["sam@example.org"]
[detectors]
sound = false
meet = true
[[calendars]]
name = "google"
type = "google"
account = "sam@example.org"
api_endpoint = "{api}"
meet_endpoint = "{meet}"
"""


def asked(home: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home / "showup.sqlite")) as record:
        return record.execute(query).fetchall()


def test_who_is_on_the_list_is_confirmed_and_nobodys_name_is_kept(tmp_path: Path) -> None:
    home, begun = tmp_path / "sam", SystemClock().now() - timedelta(minutes=3)
    home.mkdir()
    with google_serving() as google, meet_serving() as meet:
        google.world.primary.put(
            "a",
            begun,
            summary="Interview with Acme",
            hangoutLink="https://meet.google.com/abc-mnop-xyz",
            organizer={"email": "ann@acme.example"},
            attendees=[{"email": "sam@example.org"}],
        )
        people = [
            Person(google_signin.NUMBER, "Sam Secret", [(begun, None)]),
            Person("2", "Ann Secret", [(begun + timedelta(minutes=1), None)]),
        ]
        meet.meetings.append(Meeting("abc-mnop-xyz", begun, None, people))
        token = Token.read(signed_in(google).kept["google:sam@example.org"])
        token = dataclasses.replace(token, scopes=(READ, LIST, SCOPE), number=google_signin.NUMBER, expires=None)
        google.refreshing["planted-refresh"] = list(token.scopes)
        FileSecrets(home / "secrets").put("google:sam@example.org", token.text())
        (home / "config.toml").write_text(SETTINGS.format(api=google.address, meet=meet.address))
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC", "HOME": str(home), "SHOWUP_HOME": str(home)}
        said = home / "said"
        command = [sys.executable, "-m", "showup", "run"]
        with said.open("wb") as out, subprocess.Popen(command, env=env, stdout=out, stderr=out) as daemon:
            try:
                wait_for(lambda: any("participantSessions" in path for path in meet.asked), 20)
                wait_for(lambda: "next look" in said.read_text(), 20)
                wait_for(lambda: len(meet.asked) >= 4)
                daemon.send_signal(signal.SIGHUP)  # a beat at once, and the detectors anew
                wait_for(lambda: "were read again" in said.read_text(), 20)
                wait_for(lambda: bool(asked(home, "SELECT 1 FROM verdicts WHERE outcome = 'on_time'")), 20)
            finally:
                end(daemon)
    evidence = asked(home, "SELECT source, sign, appointment_id IS NULL FROM evidence ORDER BY sign DESC")
    assert evidence == [("meet", "you_in", 0), ("meet", "they_in", 0)]
    assert asked(home, "SELECT outcome, certainty FROM verdicts") == [("on_time", "confirmed")]
    assert "Traceback" not in said.read_text()
    kept = b"".join(file.read_bytes() for file in home.glob("showup.sqlite*")) + said.read_bytes()
    assert b"Secret" not in kept
