"""rehearse --random: a search for work that nobody wrote."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

Cli = Callable[..., Result]


def test_the_same_seed_tells_the_same_search(cli: Cli) -> None:
    first, again = cli("rehearse", "--random", "7", "--days", "2"), cli("rehearse", "--random", "7", "--days", "2")
    assert first.exit_code == 0
    assert first.stdout == again.stdout
    assert first.stdout.startswith("Random story 7\n")
    assert "Interview with" in first.stdout
    assert "Company" in first.stdout
    assert first.stderr == "Seed 7: `showup rehearse --random 7 --days 2` plays it again.\n"


def test_a_seed_is_chosen_where_none_is_given_and_can_be_given_again(cli: Cli) -> None:
    chosen = cli("rehearse", "--random", "--days", "2", "--json")
    seed = chosen.stderr.split()[1].rstrip(":")
    again = cli("rehearse", "--random", seed, "--days", "2", "--json")
    assert chosen.exit_code == 0
    assert set(json.loads(chosen.stdout)) == {"notices", "appointments", "employers"}
    assert again.stdout == chosen.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("story.toml", "--random", "3"), "A story or --random, not both. Leave one of them out."),
        (("--days", "3"), "--days belongs to --random. A story says itself how long it is."),
        (("--random", "x"), "'x' is not a valid integer."),
        (("--random", "3", "--days", "1"), "1 is not in the range 2<=x<=60."),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    result = cli("rehearse", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
