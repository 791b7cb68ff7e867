"""Secrets in a file, and the choice between that and a keyring."""

import json
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from showup.core.problem import Problem
from showup.ports import SecretStore
from showup.secrets import Absent, ChosenSecrets, FileSecrets
from tests.secrets.contract import SecretsContract

SECRET = "5ecre7"


class TestFile(SecretsContract):
    @pytest.fixture
    def secrets(self, tmp_path: Path) -> SecretStore:
        return FileSecrets(tmp_path / "new/secrets")


@dataclass
class Ring:
    """A keyring, or none."""

    trouble: Problem | None = None
    kept: dict[str, str] = field(default_factory=dict)
    place: str = "the ring"

    def _work(self) -> dict[str, str]:
        if self.trouble:
            raise self.trouble
        return self.kept

    def get(self, key: str) -> str | None:
        return self._work().get(key)

    def put(self, key: str, secret: str) -> None:
        self._work()[key] = secret

    def remove(self, key: str) -> None:
        self._work().pop(key, None)


class TestChosenWithKeyring(SecretsContract):
    @pytest.fixture
    def secrets(self, tmp_path: Path) -> SecretStore:
        return ChosenSecrets(Ring(), FileSecrets(tmp_path))


class TestChosenWithoutKeyring(SecretsContract):
    @pytest.fixture
    def secrets(self, tmp_path: Path) -> SecretStore:
        return ChosenSecrets(Ring(Absent("None.")), FileSecrets(tmp_path))


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def asking(secrets: SecretStore) -> tuple[Callable[[], object], ...]:
    return partial(secrets.get, "a"), partial(secrets.put, "a", SECRET), partial(secrets.remove, "a")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("umask")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    FileSecrets(folder).put("a", SECRET)
    assert (mode(folder), mode(folder / "secrets.json")) == (0o700, 0o600)


def test_a_file_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "secrets.json").write_text('{"b": "2"}')
    (tmp_path / "secrets.json").chmod(0o644)
    FileSecrets(tmp_path).put("a", SECRET)
    assert (mode(tmp_path), mode(tmp_path / "secrets.json")) == (0o700, 0o600)
    assert FileSecrets(tmp_path).get("b") == "2"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 5}', "[" * 100_000, "\xff"])
def test_a_damaged_file_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "secrets.json"
    file.write_text(text + SECRET, "latin-1")
    secrets = FileSecrets(tmp_path)
    for work in asking(secrets):
        with pytest.raises(Problem, match="is damaged") as raised:
            work()
        assert SECRET not in str(raised.value)
    assert file.read_text("latin-1") == text + SECRET


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: FileSecrets(tmp_path).put(f"{n}", "x"), range(40)))
    assert len(json.loads((tmp_path / "secrets.json").read_text())) == 40
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_a_folder_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(Problem, match="cannot be used") as raised:
        FileSecrets(tmp_path / "a/secrets").put("a", SECRET)
    assert SECRET not in str(raised.value)


def test_where_it_is_kept_is_said(tmp_path: Path) -> None:
    file = FileSecrets(tmp_path)
    assert ChosenSecrets(Ring(), file).place == "the ring"
    assert ChosenSecrets(Ring(Problem("Locked.")), file).place == "the ring"
    assert (
        ChosenSecrets(Ring(Absent("None.")), file).place == f"the file {tmp_path}/secrets.json, which only you can read"
    )


def test_a_locked_keyring_is_no_reason_for_a_file(tmp_path: Path) -> None:
    secrets = ChosenSecrets(Ring(Problem("Locked.")), FileSecrets(tmp_path))
    for work in asking(secrets):
        with pytest.raises(Problem, match="Locked"):
            work()
    assert list(tmp_path.iterdir()) == []


def test_without_a_keyring_nobody_is_told_that_a_password_was_never_stored(tmp_path: Path) -> None:
    """At the sign-in the keyring may begin after the service."""
    ring, file = Ring(Absent("There is no keyring on this desktop.")), FileSecrets(tmp_path)
    secrets = ChosenSecrets(ring, file, awaited=True)
    with pytest.raises(Problem, match=r"There is no keyring on this desktop\. It is asked again soon") as raised:
        secrets.get("a")
    assert not getattr(raised.value, "lasting", False)
    file.put("a", "in the file")
    assert secrets.get("a") == "in the file"
    ring.trouble = None
    assert secrets.get("b") is None
    assert ChosenSecrets(ring, file).get("b") is None


def test_reading_looks_in_both(tmp_path: Path) -> None:
    ring, file = Ring(), FileSecrets(tmp_path)
    ring.put("a", "ring")
    file.put("b", "file")
    secrets = ChosenSecrets(ring, file)
    assert (secrets.get("a"), secrets.get("b")) == ("ring", "file")
    ring.trouble = Problem("Locked.")
    assert secrets.get("b") == "file"


def test_what_was_put_last_is_had_wherever_that_was(tmp_path: Path) -> None:
    ring = Ring()
    secrets = ChosenSecrets(ring, FileSecrets(tmp_path))
    secrets.put("a", "1")
    ring.trouble = Absent("None.")
    secrets.put("a", "2")
    ring.trouble = None
    assert secrets.get("a") == "2"
    secrets.put("a", "3")
    assert (secrets.get("a"), FileSecrets(tmp_path).get("a")) == ("3", None)
    secrets.put("a", "4")
    secrets.remove("a")
    assert secrets.get("a") is None
