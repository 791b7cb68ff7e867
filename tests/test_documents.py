"""The documents are held to the code: commands, words, settings, figures, output, links."""

import re
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from showup.cli.main import commands
from showup.config import settings_from
from showup.core.beta import quantile
from showup.core.evidence import Word
from showup.core.policy import Score
from showup.core.reliability import label, pattern
from showup.core.verdict.result import Outcome
from showup.rehearsal.narration import founding_tale
from showup.rehearsal.story import KINDS, parse
from tests.support.played import play

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
README, CONTRIBUTING, JUDGES, STORIES = (
    (ROOT / name).read_text("utf-8")
    for name in ("README.md", "CONTRIBUTING.md", "docs/how-it-judges.md", "docs/stories.md")
)
each = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def fenced(text: str, language: str) -> list[str]:
    """The contents of the fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its rank."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def first_column(text: str) -> list[str]:
    """The names in backticks in the first column of the tables."""
    rows = [row for row in text.splitlines() if row.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


@pytest.mark.parametrize(("heading", "command"), [("Quick start", "make run"), ("Tests", "make test")])
def test_a_heading_is_followed_by_its_one_command(heading: str, command: str) -> None:
    first = re.search(r"^```\w*\n(.*?)^```$", section(README, heading), re.MULTILINE | re.DOTALL)
    assert first
    assert first[1].splitlines() == [command]


def test_make_knows_what_the_documents_call() -> None:
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", README + CONTRIBUTING)) <= known


def test_the_table_of_commands_is_that_of_the_help() -> None:
    said = CliRunner().invoke(commands, ["--help"]).stdout.partition("Commands:\n")[2]
    known = re.findall(r"^  ([a-z]+) ", said, re.MULTILINE)
    assert known
    named = first_column(section(README, "The commands").partition("`--json`")[0])
    assert named == [f"showup {name}" for name in known]


@each
def test_only_commands_that_exist_are_named(document: Path) -> None:
    called = re.findall(r"(?:`|\$ )showup ([a-z]+)", document.read_text("utf-8"))
    assert set(called) <= set(commands.list_commands(click.Context(commands)))


def path(name: str, rest: str) -> list[str]:
    """The command that is meant, with those below it: `calendar add google`."""
    found, command = [name], commands.get_command(click.Context(commands), name)
    for word in rest.split():
        if not isinstance(command, click.Group) or word not in command.commands:
            break
        found.append(word)
        command = command.commands[word]
    return found


@each
def test_only_options_that_exist_are_named(document: Path) -> None:
    for name, rest in re.findall(r"`showup ([a-z]+)([^`]*)`", document.read_text("utf-8")):
        said = CliRunner().invoke(commands, [*path(name, rest), "--help"]).stdout
        assert {option for option in re.findall(r"--[a-z]+", rest) if option not in said} == set(), (name, rest)


def test_every_word_of_an_answer_is_explained() -> None:
    table = section(README, "The commands").partition("`showup answer 4 WORD`")[2]
    assert {name for name in first_column(table) if not name.startswith("--")} == {word.value for word in Word}


def test_every_outcome_is_explained() -> None:
    told = first_column(section(JUDGES, "The outcomes"))
    assert set(told) == {outcome.value for outcome in Outcome} - {"not_interview"}


def test_every_kind_of_step_is_explained() -> None:
    told = {name.split(" = ")[0] for name in first_column(section(STORIES, "Steps")) if " = " in name}
    assert told >= set(KINDS)


def test_every_folder_is_explained() -> None:
    told = first_column(section(CONTRIBUTING, "The folders"))
    there = [path for path in (ROOT / "src/showup").iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    assert sorted(told) == sorted(f"src/showup/{path.name}/" for path in there)


@each
def test_every_block_of_toml_loads(document: Path) -> None:
    for block in fenced(document.read_text("utf-8"), "toml"):
        table = tomllib.loads(block)
        if "step" in table:
            assert parse(block).expects
        else:
            settings_from(table)


@pytest.mark.parametrize("document", [CONTRIBUTING, STORIES], ids=["CONTRIBUTING", "stories"])
def test_what_the_example_stories_expect_comes_true(document: str, tmp_path: Path) -> None:
    file = tmp_path / "story.toml"
    for block in fenced(document, "toml"):
        file.write_text(block, "utf-8")
        told = CliRunner().invoke(commands, ["rehearse", str(file)])
        assert told.exit_code == 0, told.stdout


@pytest.mark.parametrize("block", fenced(README, "console"), ids=lambda block: block.splitlines()[0])
def test_the_output_shown_is_the_real_one(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its order; a line `…` stands for any others."""
    command, *lines = block.splitlines()
    monkeypatch.setenv("SHOWUP_HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "America/New_York")
    play(founding_tale(), tmp_path / "showup.sqlite")
    real = CliRunner().invoke(commands, command.split()[2:]).stdout.rstrip("\n")
    form = "\n".join(".*" if line == "…" else re.escape(line) for line in lines)
    assert re.fullmatch(form, "\n".join(line.rstrip() for line in real.split("\n")), re.DOTALL), real


def test_the_table_of_scores_is_reckoned_so() -> None:
    score = Score()
    rows = re.findall(r"^\| (\d+) \| (\d+) \| (.*?) \|$", section(JUDGES, "The score"), re.MULTILINE)
    assert len(rows) > 5
    for counted, faults, rest in rows:
        n, missed = int(counted), int(faults)
        a, b = score.prior_kept + n - missed, score.prior_missed + missed
        chance = pattern(n, missed, score)
        low, high = 100 * quantile(a, b, 0.05), 100 * quantile(a, b, 0.95)
        reckoned = f"{100 * a / (a + b):.0f} | {low:.0f}–{high:.0f} | {100 * chance:.0f} % | {label(n, chance)}"
        assert rest == reckoned, (n, missed)


@each
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if "://" not in target:
            name, _, heading = target.partition("#")
            there = document.parent / name if name else document
            assert there.exists(), target
            if heading:
                titles = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
                assert heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, target


@each
def test_files_that_are_named_exist(document: Path) -> None:
    named = re.findall(r"`((?:src|tests|docs|systemd|requirements|\.ci)/[\w./-]*)`", document.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@each
def test_nothing_of_a_machine_is_in_them(document: Path) -> None:
    foreign = r"(?<![\w.~])/(?:work|root|home|tmp|opt|srv|Users)/|index-url|/simple\b|\b(?:127\.0\.0\.1|localhost)\b"
    minds = r"\b(?:A\.?I\.?|L\.?L\.?M\.?s?|artificial(?:ly)? intelligen\w+|language models?|chat ?bots?)(?!\w)"
    text = document.read_text("utf-8")
    assert re.findall(foreign, text) == []
    assert re.findall(minds, text) == []
