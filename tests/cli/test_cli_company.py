"""company: the default is to show; rename, merge, alias and split are the person's word."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from tests.cli.test_cli_record import COMPANY, EMPLOYER

Cli = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("told")


def shown(cli: Cli) -> list[tuple[int, str]]:
    """Each interview's number with the company that it shows."""
    return [(one["id"], one["employer"]) for one in json.loads(cli("interviews", "--json").stdout)["interviews"]]


@pytest.mark.parametrize("arguments", [["Acme"], ["show", "Acme"], ["--", "Acme"]])
def test_showing_is_what_it_does_by_default(cli: Cli, arguments: list[str]) -> None:
    result = cli("company", *arguments)
    assert (result.stdout, result.stderr, result.exit_code) == (COMPANY, "", 0)


@pytest.mark.parametrize("arguments", [["Acme", "--json"], ["--json", "Acme"], ["--json", "--", "Acme"]])
def test_its_json_as_before(cli: Cli, arguments: list[str]) -> None:
    assert json.loads(cli("company", *arguments).stdout)["employer"]["name"] == "Acme"


@pytest.mark.parametrize("name", ["merge", "rename", "alias", "split", "show", "--json"])
def test_a_company_may_be_called_like_a_command(cli: Cli, name: str) -> None:
    assert cli("company", "rename", "--", "Acme", name).exit_code == 0
    result = cli("company", "--", name)
    assert (result.stdout.splitlines()[0], result.exit_code) == (f"{name}: pattern", 0)


def test_without_a_name_it_is_called_wrongly(cli: Cli) -> None:
    result = cli("company")
    assert result.exit_code == 2
    assert "Missing argument 'NAME'" in str(result.exception) or "Missing argument 'NAME'" in result.stderr


def test_help_names_all_of_it(cli: Cli) -> None:
    said = cli("company", "--help").stdout
    assert all(f"showup company {word}" in said for word in ("NAME", "-- NAME", "rename", "merge", "alias", "split"))
    assert "Usage: showup company rename [OPTIONS] NAME NEW" in cli("company", "rename", "--help").stdout


def test_rename(cli: Cli) -> None:
    result = cli("company", "rename", "acme", "Zenith")
    assert (result.stdout, result.exit_code) == ("Zenith is the name from now on.\n", 0)
    assert shown(cli) == [(1, "Zenith"), (2, "Birchwood"), (4, "Zenith"), (3, "Calder"), (5, "Calder")]
    assert "Zenith 64 (35–88) pattern" in " ".join(cli("companies").stdout.split())
    assert cli("company", "Acme").stdout.startswith("Zenith: pattern\n")


def test_merge(cli: Cli) -> None:
    result = cli("company", "merge", "Birchwood", "Calder")
    assert (result.stdout, result.exit_code) == ("All of it is with Calder from now on.\n", 0)
    assert [one["name"] for one in json.loads(cli("companies", "--json").stdout)["employers"]] == ["Acme", "Calder"]
    assert (2, "Calder") in shown(cli)
    assert cli("company", "Birchwood").stdout.startswith("Calder: reliable\n")


def test_alias(cli: Cli) -> None:
    result = cli("company", "alias", "Acme", "Roadrunner Traps")
    assert (result.stdout, result.exit_code) == ("Acme is known by “Roadrunner Traps” as well.\n", 0)
    assert cli("company", "roadrunner traps").stdout == COMPANY


def test_split_by_number_and_by_event(cli: Cli) -> None:
    result = cli("company", "split", "Calder", "5", "--as", "Calder Labs")
    assert (result.stdout, result.exit_code) == ("They are with Calder Labs from now on.\n", 0)
    uid = next(one["uid"] for one in json.loads(cli("interviews", "--json").stdout)["interviews"] if one["id"] == 1)
    assert cli("company", "split", "Acme", uid, "--as", "Cedar").exit_code == 0
    names = dict(shown(cli))
    assert (names[1], names[2], names[5]) == ("Cedar", "Birchwood", "Calder Labs")


@pytest.mark.parametrize(
    ("arguments", "name", "counted"),
    [
        (["rename", "Acme", "Zenith"], "Zenith", 2),
        (["merge", "Birchwood", "Acme"], "Acme", 3),
        (["alias", "Acme", "zenith.example"], "Acme", 2),
        (["split", "Birchwood", "2", "--as", "Elm"], "Elm", 1),
    ],
)
def test_json_is_the_company_that_comes_of_it(cli: Cli, arguments: list[str], name: str, counted: int) -> None:
    printed = json.loads(cli("company", *arguments, "--json").stdout)
    assert set(printed) == EMPLOYER
    assert (printed["name"], printed["n"]) == (name, counted)
    assert printed in json.loads(cli("companies", "--json").stdout)["employers"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rename", "Zed", "Zenith"], "There is no company “Zed” on record. `showup companies` lists them.\n"),
        (
            ["merge", "Acme", "acme"],
            "“Acme” and “acme” are one company already. `showup company Acme` shows it.\n",
        ),
        (
            ["alias", "Acme", "Calder"],
            "Calder is known by that name already. `showup company merge Calder Acme` makes them one.\n",
        ),
        (
            ["alias", "Acme", "gmail.com"],
            "Many companies write from gmail.com. Give a name, or a domain that is theirs alone.\n",
        ),
        (
            ["split", "Acme", "2", "--as", "Elm"],
            "Interview 2 is with Birchwood, not with Acme. `showup company Acme` lists theirs.\n",
        ),
        (["split", "Acme", "99", "--as", "Elm"], "There is no appointment “99”. `showup interviews` lists them.\n"),
    ],
)
def test_what_is_refused_is_one_sentence(cli: Cli, arguments: list[str], said: str) -> None:
    before = shown(cli)
    result = cli("company", *arguments)
    assert (result.stdout, result.stderr, result.exit_code) == ("", said, 1)
    assert shown(cli) == before


@pytest.mark.parametrize(
    "arguments", [["rename", "Acme", ""], ["split", "Acme", "--as", "Elm"], ["split", "Acme", "1"]]
)
def test_what_is_called_wrongly(cli: Cli, arguments: list[str]) -> None:
    assert cli("company", *arguments).exit_code == 2
