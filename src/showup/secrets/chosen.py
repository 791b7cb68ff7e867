"""The keyring where there is one, else the file."""

from showup.core.problem import Problem
from showup.ports import SecretStore
from showup.secrets.ring import Absent

_AWAITED = "It is asked again soon; without one, sign in or store the password anew, and it is kept in a file."


class ChosenSecrets:
    """The port SecretStore, on a keyring and a file to fall back on.

    What is in the file was put there because there was no keyring, later than anything in one: it is looked at first.
    A keyring that is there and locked is no reason to write a secret into a file; the person can unlock it.
    """

    def __init__(self, keyring: SecretStore, file: SecretStore, *, awaited: bool = False) -> None:
        """`awaited` where only secrets are asked for that were put somewhere before.

        One that is not in the file lies in a keyring then, which may begin after us when somebody signs in.
        """
        self._keyring, self._file, self._awaited = keyring, file, awaited
        self._kept_at = ""

    @property
    def place(self) -> str:
        """Where the last one was put, or would go now, in words for the person."""
        if not self._kept_at:
            try:
                self._keyring.get("")
            except Absent:
                return self._file.place
            except Problem:  # locked, but there
                return self._keyring.place
        return self._kept_at or self._keyring.place

    def get(self, key: str) -> str | None:
        """The secret kept under this key, or None.

        Raises:
            Problem: it is not in the file, and the keyring cannot be asked now; or the file is damaged.
        """
        found = self._file.get(key)
        if found is not None:
            return found
        try:
            return self._keyring.get(key)
        except Absent as absent:
            if self._awaited:
                raise Problem(absent.sentence, _AWAITED) from None
            return None

    def put(self, key: str, secret: str) -> None:
        """Keep it, in place of what was there.

        Raises:
            Problem: it could not be kept.
        """
        try:
            self._keyring.put(key, secret)
        except Absent:
            self._file.put(key, secret)
            self._kept_at = self._file.place
        else:
            self._file.remove(key)
            self._kept_at = self._keyring.place

    def remove(self, key: str) -> None:
        """Forget it, wherever it is; a key that is not known is fine.

        Raises:
            Problem: one of the two places cannot be asked now.
        """
        self._file.remove(key)
        try:
            self._keyring.remove(key)
        except Absent:
            return
