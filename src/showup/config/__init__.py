"""The person's settings: one TOML file into frozen values, with all that is wrong with it said at once."""

from showup.config.file import load
from showup.config.options import settings_from
from showup.config.paths import paths_from
from showup.config.settings import CalendarSettings, Detectors, Paths, Settings

__all__ = ["CalendarSettings", "Detectors", "Paths", "Settings", "load", "paths_from", "settings_from"]
