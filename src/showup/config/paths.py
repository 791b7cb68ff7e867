"""Where settings, record and running state lie."""

from collections.abc import Mapping
from pathlib import Path

from showup import places
from showup.config.settings import Paths
from showup.core.problem import Problem


def paths_from(environ: Mapping[str, str], users: Path = Path("/run/user")) -> Paths:
    """The places that the environment names: `places.folders` has the rules.

    Raises:
        Problem: there is no home folder, and nothing else says where to look.
    """
    found = places.folders(environ, str(users))
    if found is None:
        raise Problem("There is no home folder: HOME is not set.", "Set HOME, or XDG_CONFIG_HOME and XDG_DATA_HOME.")
    config, data, runtime = map(Path, found)
    return Paths(config / "config.toml", data / places.RECORD, runtime)


def paths_in(home: Path) -> Paths:
    """All of it in one folder."""
    return Paths(home / "config.toml", home / places.RECORD, home / "run")
