"""The file of settings."""

import os
from collections.abc import Mapping
from pathlib import Path

from showup import private
from showup.config.faults import SettingsProblem
from showup.config.lines import lines_of
from showup.config.options import read
from showup.config.paths import paths_from
from showup.config.settings import Paths, Settings
from showup.core.problem import Problem
from showup.formats import toml

_LARGEST = 200_000


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the person; without a file the defaults, with no calendar.

    Raises:
        Problem: the file cannot be read, or one that names everything that is wrong in it, with its lines.
    """
    paths = paths_from(os.environ if environ is None else environ)
    private.tighten(paths.config)  # it may hold the private address of a calendar
    private.tighten(paths.config.parent, 0o700)
    return parse(text_of(paths.config), paths)


def parse(text: str, paths: Paths) -> Settings:
    """The settings that a text holds.

    Raises:
        Problem: it is no TOML, or one that names everything that is wrong in it, with its lines.
    """
    table = toml.table(text, f"The settings in {paths.config} are")
    settings, faults = read(table, paths)
    if faults:
        raise SettingsProblem(faults, str(paths.config), lines_of(text))
    return settings


def text_of(file: Path) -> str:
    """The text of the file, with plain line ends; empty where there is none.

    Raises:
        Problem: it cannot be read, is too large or not in UTF-8.
    """
    try:
        data = private.read(file, _LARGEST)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise Problem(
            f"The settings in {file} cannot be read: {error.strerror}.", "Check who may read them."
        ) from error
    if len(data) > _LARGEST:
        raise Problem(f"The settings in {file} are larger than 200 kB.", "Keep only what showup asks for.")
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Problem(f"The settings in {file} are not in UTF-8.", "Save the file in that encoding.") from error
