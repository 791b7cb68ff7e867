"""Where tokens and passwords lie: the desktop's keyring, or a file where there is none (the port SecretStore)."""

from showup.secrets.chosen import ChosenSecrets
from showup.secrets.file import FileSecrets
from showup.secrets.ring import Absent, KeyringSecrets

__all__ = ["Absent", "ChosenSecrets", "FileSecrets", "KeyringSecrets"]
