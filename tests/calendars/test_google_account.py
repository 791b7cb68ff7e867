"""A sign-in that is kept as a secret, renewed, taken back, and given again; and that is told nowhere."""

import logging
import traceback
from collections.abc import Iterator
from datetime import timedelta

import pytest

from showup.core.problem import Problem
from showup.google.token import Token
from showup.ports import SourceProblem
from tests.calendars.contract import NOBODY, NOON, WINDOW, starts
from tests.support.google_parts import Clock, Secrets, signed_in, source
from tests.support.google_server import Google, serving

KEY = "google:sam@example.org"
PLANTED = ("planted-access", "planted-refresh", "planted-client-secret", "access-", "rotated-refresh")


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        server.world.primary.put("a", NOON)
        yield server


def token(secrets: Secrets) -> Token:
    return Token.read(secrets.kept[KEY])


def test_a_sign_in_whose_hour_is_over_is_renewed_and_kept(google: Google) -> None:
    secrets, clock = signed_in(google), Clock()
    calendar = source(google, clock=clock, secrets=secrets)
    calendar.read(WINDOW, NOBODY)
    assert token(secrets).access == "planted-access"
    clock.passed = 3_590
    assert calendar.read(WINDOW, NOBODY).events is None
    renewed = token(secrets)
    assert renewed.access in google.tokens
    assert renewed.expires
    assert renewed.expires - clock.now() == timedelta(seconds=3_599)
    assert sum("POST /token" in seen for seen in google.seen) == 1
    assert starts(source(google, clock=clock, secrets=secrets).read(WINDOW, NOBODY)) == {"a": NOON}
    assert sum("POST /token" in seen for seen in google.seen) == 1


def test_an_access_that_is_not_accepted_is_renewed_once(google: Google) -> None:
    google.expire_access()
    assert starts(source(google).read(WINDOW, NOBODY)) == {"a": NOON}
    assert google.requests == 2


def test_a_refresh_token_that_changes_is_kept(google: Google) -> None:
    secrets = signed_in(google)
    google.rotates = True
    google.expire_access()
    source(google, secrets=secrets).read(WINDOW, NOBODY)
    assert token(secrets).refresh == "rotated-refresh"
    google.expire_access()
    source(google, secrets=secrets).read(WINDOW, NOBODY)


def test_a_sign_in_that_has_ended_lasts_and_asks_no_more(google: Google) -> None:
    calendar = source(google)
    calendar.read(WINDOW, NOBODY)
    google.revoke()
    for _ in range(3):
        with pytest.raises(SourceProblem, match="has ended") as raised:
            calendar.read(WINDOW, NOBODY)
        assert raised.value.lasting
        assert "showup calendar add google --account sam@example.org" in raised.value.remedy
    assert sum("POST /token" in seen for seen in google.seen) == 1


def test_a_new_sign_in_is_used_without_a_restart(google: Google) -> None:
    secrets = signed_in(google)
    calendar = source(google, secrets=secrets)
    calendar.read(WINDOW, NOBODY)
    google.revoke()
    with pytest.raises(SourceProblem):
        calendar.read(WINDOW, NOBODY)
    google.refreshing["planted-refresh-2"] = ["https://www.googleapis.com/auth/calendar.events.readonly"]
    secrets.put(KEY, secrets.kept[KEY].replace("planted-refresh", "planted-refresh-2"))
    google.world.primary.put("b", NOON)
    assert starts(calendar.read(WINDOW, NOBODY)) == {"a": NOON, "b": NOON}


def test_an_access_that_is_not_accepted_is_looked_for_where_it_is_kept(google: Google) -> None:
    """Another process may have renewed it."""
    secrets = signed_in(google)
    calendar = source(google, secrets=secrets)
    calendar.read(WINDOW, NOBODY)
    google.tokens = {"renewed-by-another": google.tokens["planted-access"]}
    secrets.put(KEY, secrets.kept[KEY].replace("planted-access", "renewed-by-another"))
    assert calendar.read(WINDOW, NOBODY).events is None
    assert not any("POST /token" in seen for seen in google.seen)


def test_without_a_sign_in_it_says_how(google: Google) -> None:
    with pytest.raises(SourceProblem, match=r"There is no sign-in with Google for “sam@example\.org”") as raised:
        source(google, secrets=Secrets()).read(WINDOW, NOBODY)
    assert raised.value.lasting
    assert google.seen == []


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", '{"client": 1}', "[" * 100_000),
        '{"client": {"client_id": "x"}, "refresh": "", "access": "", "expires": null, "scopes": []}',
    ],
)
def test_a_sign_in_that_cannot_be_read_says_so(text: str, google: Google) -> None:
    secrets = Secrets()
    secrets.put(KEY, text)
    with pytest.raises(SourceProblem, match="cannot be read") as raised:
        source(google, secrets=secrets).read(WINDOW, NOBODY)
    assert raised.value.lasting


def test_a_sign_in_is_sent_to_private_addresses_only(google: Google) -> None:
    secrets = signed_in(google)
    secrets.put(KEY, secrets.kept[KEY].replace(google.address, "http://elsewhere.example"))
    with pytest.raises(SourceProblem, match="cannot be read"):
        source(google, secrets=secrets).read(WINDOW, NOBODY)


class Locked(Secrets):
    def get(self, key: str) -> str | None:
        raise Problem("The keyring is locked.", f"Unlock it to read {key}.")


def test_a_locked_keyring_is_a_problem_that_may_pass(google: Google) -> None:
    with pytest.raises(SourceProblem, match="The keyring is locked") as raised:
        source(google, secrets=Locked()).read(WINDOW, NOBODY)
    assert not raised.value.lasting


class ReadOnly(Secrets):
    def put(self, key: str, secret: str) -> None:
        if key in self.kept:
            raise Problem("The disk is full.", f"Make room ({len(secret)} letters).")
        super().put(key, secret)


def test_a_renewed_sign_in_that_cannot_be_kept_works_and_is_a_warning(google: Google) -> None:
    secrets = ReadOnly()
    secrets.put(KEY, signed_in(google).kept[KEY])
    google.expire_access()
    reading = source(google, secrets=secrets).read(WINDOW, NOBODY)
    assert starts(reading) == {"a": NOON}
    assert len(reading.warnings) == 1
    assert "could not be kept: The disk is full" in reading.warnings[0]


def test_a_redirection_does_not_carry_the_token_elsewhere(google: Google) -> None:
    with serving() as other:
        google.fail("status", code=302, headers={"Location": f"{other.address}/calendar/v3/elsewhere"})
        with pytest.raises(SourceProblem):
            source(google).read(WINDOW, NOBODY)
        assert len(other.seen) == 1
        assert "planted" not in other.seen[0]


def test_tokens_are_told_nowhere(google: Google, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in a log of any level, nor in an exception with all that led to it, nor in a repr."""
    caplog.set_level(logging.DEBUG)
    google.rotates = True
    secrets, clock = signed_in(google), Clock()
    calendar = source(google, clock=clock, secrets=secrets)
    calendar.read(WINDOW, NOBODY)
    told = [repr(calendar), repr(token(secrets)), repr(token(secrets).client)]
    faults = [("status", "", 401), ("status", "", 403), ("status", "", 503), ("half", "", 200), ("drop", "", 200)]
    faults += [("body", "/token", 200), ("status", "/token", 400), ("status", "/token", 503), ("status", "", 404)]
    for kind, path, code in faults:
        clock.passed += 3_600
        google.fail(kind, path=path, code=code)
        with pytest.raises(SourceProblem) as raised:
            calendar.read(WINDOW, NOBODY)
        told.append("".join(traceback.format_exception(raised.value)))
        told += [repr(raised.value), repr(raised.value.__context__), repr(raised.value.__cause__)]
        google.well()
    assert [secret for secret in PLANTED if secret in "".join([*told, caplog.text])] == []
    assert not [asked for asked in google.asked if any(secret in str(asked) for secret in PLANTED)]
