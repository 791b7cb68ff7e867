"""What every place for secrets must do. Subclass `SecretsContract` with a fixture `secrets`."""

import pytest

from showup.ports import SecretStore


class SecretsContract:
    def test_what_is_put_can_be_had(self, secrets: SecretStore) -> None:
        secrets.put("caldav sam https://a.example", "a b\n\"ü€'\\")
        assert secrets.get("caldav sam https://a.example") == "a b\n\"ü€'\\"

    def test_what_is_not_known_is_none(self, secrets: SecretStore) -> None:
        assert secrets.get("a") is None
        secrets.put("a", "1")
        assert secrets.get("b") is None

    def test_the_last_one_stands(self, secrets: SecretStore) -> None:
        secrets.put("a", "1")
        secrets.put("a", "2")
        assert secrets.get("a") == "2"

    def test_keys_do_not_disturb_each_other(self, secrets: SecretStore) -> None:
        secrets.put("a", "1")
        secrets.put("b", "2")
        secrets.remove("a")
        assert (secrets.get("a"), secrets.get("b")) == (None, "2")

    def test_forgetting_what_is_not_known_is_fine(self, secrets: SecretStore) -> None:
        secrets.remove("a")
        secrets.remove("a")
        assert secrets.get("a") is None

    @pytest.mark.parametrize("long", [10_000])
    def test_a_whole_token_fits(self, secrets: SecretStore, long: int) -> None:
        secrets.put("google a@example.org", "t" * long)
        assert secrets.get("google a@example.org") == "t" * long

    def test_its_place_is_told_in_words(self, secrets: SecretStore) -> None:
        secrets.put("a", "5ecre7")
        assert secrets.place
        assert "5ecre7" not in secrets.place
