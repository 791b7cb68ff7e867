"""Where settings, record and running state lie."""

import os
from pathlib import Path

import pytest

from showup.config import paths_from
from showup.core.problem import Problem


def test_the_folders_of_the_environment_are_taken() -> None:
    paths = paths_from({"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_RUNTIME_DIR": "/r"})
    assert paths.config == Path("/c/showup/config.toml")
    assert paths.database == Path("/d/showup/showup.sqlite")
    assert paths.runtime == Path("/r/showup")


def test_a_relative_folder_is_ignored_as_the_specification_says(tmp_path: Path) -> None:
    environ = {"HOME": "/home/sam", "XDG_CONFIG_HOME": "c", "XDG_DATA_HOME": "", "XDG_RUNTIME_DIR": "r"}
    paths = paths_from(environ, tmp_path)
    assert paths.config == Path("/home/sam/.config/showup/config.toml")
    assert paths.database == Path("/home/sam/.local/share/showup/showup.sqlite")
    assert paths.runtime == Path("/home/sam/.local/share/showup/run")


def test_without_the_variable_the_running_state_is_where_logind_puts_it(tmp_path: Path) -> None:
    (tmp_path / str(os.getuid())).mkdir()
    assert paths_from({"HOME": "/home/sam"}, tmp_path).runtime == tmp_path / str(os.getuid()) / "showup"


def test_one_folder_may_hold_everything() -> None:
    paths = paths_from({"SHOWUP_HOME": "/x/.demo"})
    assert (paths.config, paths.database) == (Path("/x/.demo/config.toml"), Path("/x/.demo/showup.sqlite"))
    assert paths.runtime == Path("/x/.demo/run")


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "here"}])
def test_no_home_folder_is_one_sentence(environ: dict[str, str]) -> None:
    with pytest.raises(Problem) as caught:
        paths_from(environ)
    assert str(caught.value) == (
        "There is no home folder: HOME is not set. Set HOME, or XDG_CONFIG_HOME and XDG_DATA_HOME."
    )
