"""The unit's text for any program and any folders, read back by systemd's own tools."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from showup.service.unit import (
    Places,
    drop_in,
    marked,
    ours,
    packaged,
    passing,
    program,
    quoted,
    unit,
    without_namespaces,
)
from tests.support.parts import need

ROOT = Path(__file__).parents[2]
ODD = ["plain", "with space", "100%", "%h", 'quo"te', "it's", "back\\slash", "$HOME", "a;b", "tab\there", "ü–名", ""]


def made(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return file


def test_the_text_is_the_one_of_the_repository_but_for_the_program() -> None:
    assert packaged() == (ROOT / "systemd/showup.service").read_text()
    first, _, rest = unit(("/a/showup",)).partition("\n")
    assert first.startswith("# ")
    assert rest == packaged().replace("%h/.local/bin/showup run", "/a/showup run")


def test_it_is_in_the_wheel(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as packed:
        assert packed.read("showup/service/showup.service").decode() == packaged()
        assert packed.read("showup/service/without-namespaces.conf")


def test_what_we_wrote_is_known_until_somebody_changes_it() -> None:
    text = unit(("/a/showup",))
    assert ours(text)
    assert ours(packaged())  # put there by hand, as it is
    assert ours(without_namespaces())
    assert not ours(text.replace("RestartSec=10", "RestartSec=11"))
    assert not ours(f"{text}# mine\n")
    assert not ours(packaged() + "# mine\n")


def test_the_program_is_the_command_that_was_called(tmp_path: Path) -> None:
    real, link = made(tmp_path / "venv/bin/showup"), tmp_path / "bin/showup"
    link.parent.mkdir()
    link.symlink_to(real)
    assert program(str(link), "/usr/bin/python3") == (str(link),)  # the link outlives what it leads to
    assert program(str(tmp_path / "x/__main__.py"), str(tmp_path / "venv/bin/python")) == (str(real),)
    assert program("/nowhere/showup", "/nowhere/python") == ("/nowhere/python", "-m", "showup")


@pytest.mark.parametrize("name", [name for name in ODD if name])
def test_systemd_starts_a_program_in_any_folder(name: str, tmp_path: Path) -> None:
    """`verify` looks whether the program is there."""
    need("systemd-analyze")
    command = made(tmp_path / name / "showup")
    made(tmp_path / "showup")
    file = tmp_path / "units/showup.service"
    file.parent.mkdir()
    file.write_text(unit((str(command),)))
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    asked = ["systemd-analyze", "--user", "verify", "--recursive-errors=yes", str(file)]
    done = subprocess.run(asked, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    shutil.rmtree(command.parent)
    if any(char in name for char in "'\"\\\t"):
        return  # a shell starts those, and is always there
    assert subprocess.run(asked, env=env, capture_output=True, text=True, check=False).returncode != 0


@pytest.mark.parametrize("word", ODD)
def test_a_quoted_word_is_one_line(word: str) -> None:
    assert "\n" not in quoted(f"{word}\n")
    assert quoted(word) == word or quoted(word)[0] == quoted(word)[-1] == '"'


def test_only_what_differs_is_told() -> None:
    assert drop_in(Places()) == ""
    places = Places({"XDG_DATA_HOME": "/data/50 %"}, [Path("/data/50 %/showup")], shared_tmp=True)
    assert drop_in(places) == marked(
        "[Service]\n"
        'Environment="XDG_DATA_HOME=/data/50 %%"\n'
        'ReadWritePaths="/data/50 %%/showup"\n'
        "# Something that it needs lies in /tmp.\n"
        "PrivateTmp=no\n"
    )


def test_folders_for_temporary_files_are_known_also_behind_links(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/var/tmp")  # noqa: S108 - only named
    assert passing([Path("/home/sam"), link / "showup"])
    assert not passing([Path("/home/sam"), Path("/tmp-x")])  # noqa: S108 - only named
