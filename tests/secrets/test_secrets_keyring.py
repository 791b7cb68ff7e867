"""Secrets in a real keyring, and what is said where there is none that can be used."""

import gc
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from showup.core.problem import Problem
from showup.ports import SecretStore
from showup.secrets import Absent, ChosenSecrets, FileSecrets, KeyringSecrets
from tests.secrets.contract import SecretsContract
from tests.support.keyring import gnome_keyring
from tests.support.session import session

SECRET = "5ecre7"


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("keyring")
    with session(folder) as env:
        yield folder, env


@pytest.fixture(scope="module")
def unlocked(bus: tuple[Path, dict[str, str]]) -> Iterator[dict[str, str]]:
    folder, env = bus
    with gnome_keyring(folder, env):
        yield env


def use(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, env[name])
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)


class TestKeyring(SecretsContract):
    @pytest.fixture
    def secrets(self, unlocked: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretStore]:
        use(unlocked, monkeypatch)
        found = KeyringSecrets()
        yield found
        for key in ("a", "b"):
            found.remove(key)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library leaves its socket open
def test_a_locked_keyring_is_said_calmly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with session(tmp_path) as env:
        use(env, monkeypatch)
        with gnome_keyring(tmp_path, env):
            KeyringSecrets().put("a", SECRET)
        with gnome_keyring(tmp_path, env, locked=True):
            for _ in range(2):
                with pytest.raises(Problem) as raised:
                    KeyringSecrets(2).get("a")
                assert not isinstance(raised.value, Absent)
                assert raised.value.remedy.startswith("Unlock it")
    del raised
    gc.collect()  # so that it is this test which is told of the socket


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # as above
def test_a_keyring_that_was_never_set_up_holds_nothing_so_the_file_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(tmp_path) as env:
        use(env, monkeypatch)
        with gnome_keyring(tmp_path, env, locked=True):
            secrets = ChosenSecrets(KeyringSecrets(), FileSecrets(tmp_path / "secrets"))
            assert secrets.get("a") is None
            secrets.put("a", SECRET)
            assert secrets.get("a") == SECRET
            assert secrets.place.startswith("the file ")
    gc.collect()  # as above


def test_a_keyring_that_does_not_answer_costs_its_limit_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(tmp_path) as env:
        use(env, monkeypatch)
        with gnome_keyring(tmp_path, env) as daemon:
            KeyringSecrets().put("a", SECRET)
            daemon.send_signal(signal.SIGSTOP)
            begun = time.perf_counter()
            for _ in range(2):
                with pytest.raises(Problem, match="does not answer"):
                    KeyringSecrets(0.2).get("a")
            assert 0.4 <= time.perf_counter() - begun < 4
            daemon.send_signal(signal.SIGCONT)
            assert KeyringSecrets().get("a") == SECRET


def test_a_keyring_that_starts_later_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with session(tmp_path) as env:
        use(env, monkeypatch)
        with pytest.raises(Absent):
            KeyringSecrets().get("a")
        with gnome_keyring(tmp_path, env):
            assert KeyringSecrets().get("a") is None


def test_without_a_bus_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    with pytest.raises(Absent, match=r"There is no keyring on this desktop\."):
        KeyringSecrets().get("a")


def test_a_keyring_that_forgets_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(Absent, match="does not keep"):
        KeyringSecrets().put("a", SECRET)


def test_trouble_never_repeats_what_it_was_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"no.such.{SECRET}")
    with pytest.raises(Problem) as raised:
        KeyringSecrets().put("a", SECRET)
    assert SECRET not in str(raised.value)
