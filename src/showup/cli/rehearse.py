"""`showup rehearse`: a story, played on a virtual clock."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from showup.cli.companies import scores
from showup.cli.screen import Cell, Column, as_json, gap, heading, paragraph, show_json, table
from showup.core.problem import Problem, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from showup.rehearsal.narration import Line
    from showup.rehearsal.report import Check
    from showup.rehearsal.story import Story


_LARGEST = 16_000_000
"""Bytes; the story itself is held to fewer characters, and says so."""
_ANY = -1
_SEEDS = 1_000_000


@click.command()
@click.argument("file", required=False, metavar="[STORY.toml]", type=click.Path(path_type=Path))
@click.option(
    "--random",
    "seed",
    type=int,
    is_flag=False,
    flag_value=_ANY,
    metavar="[SEED]",
    help="Play a made-up search for work instead; the same seed tells the same one.",
)
@click.option("--days", type=click.IntRange(2, 60), metavar="N", help="How long that is: 2 to 60, or 7.")
@as_json
def rehearse(file: Path | None, seed: int | None, days: int | None, wants_json: bool) -> None:
    """Play a story through the real program on a virtual clock.

    Its record is temporary.
    Without a story it is the tale for which this program was written. Exit code 1 where an expectation fails.
    """
    from showup import wiring
    from showup.rehearsal.narration import narrated
    from showup.rehearsal.report import checks

    story = _chosen(file, seed, days)
    outcome = wiring.rehearse(story, None)
    if wants_json:
        show_json(outcome)
        return
    heading(story.title or "A story without a title")
    _tell(narrated(story, outcome))
    found = checks(story.expects, outcome)
    if found:
        gap()
        _expectations(found)
    if outcome["employers"]:
        gap()
        scores(outcome["employers"])
    failed = sum(not check.holds for check in found)
    if failed:
        raise Problem(f"{failed} of {len(found)} expectations did not hold.", "The table above says which.")


def _chosen(file: Path | None, seed: int | None, days: int | None) -> "Story":
    if seed is None:
        if days is not None:
            raise Usage("--days belongs to --random.", "A story says itself how long it is.")
        return _story(file)
    if file is not None:
        raise Usage("A story or --random, not both.", "Leave one of them out.")
    return _made_up(secrets.randbelow(_SEEDS) if seed < 0 else seed, days or 7)


def _made_up(seed: int, days: int) -> "Story":
    """A random search with faults; its seed is said beside the output, so that it can be played again."""
    from showup.rehearsal.search import random_story
    from showup.rehearsal.story import read

    click.echo(f"Seed {seed}: `showup rehearse --random {seed} --days {days}` plays it again.", err=True)
    return read(random_story(seed, days))


def _story(file: Path | None) -> "Story":
    from showup.rehearsal.narration import founding_tale
    from showup.rehearsal.story import parse

    if file is None:
        return parse(founding_tale())
    try:
        with file.open("rb") as opened:
            return parse(opened.read(_LARGEST).decode())
    except UnicodeDecodeError as error:
        raise Problem(f"The story {file} is not in UTF-8.", "Save the file in that encoding.") from error
    except OSError as error:
        raise Problem(f"The story {file} cannot be read: {error.strerror}.", "Check its name.") from error


def _tell(lines: "Iterable[Line]") -> None:
    """A line a step, with a heading for each day; what showup says is set off."""
    day = None
    for line in lines:
        if line.at.date() != day:
            day = line.at.date()
            gap()
            heading(f"{line.at:%A %d %B %Y}")
        text = f"▸ {line.text} ({line.by})" if line.by else line.text
        paragraph(text, first=f"{line.at:%H:%M}", indent=2, style="cyan" if line.by else "")


def _expectations(found: "list[Check]") -> None:
    """Print what was expected; what was found instead only where something was."""
    heading("What was expected")
    failed = any(not check.holds for check in found)
    columns = [Column(""), Column("Expected", wide=True, folded=True)]
    rows: list[list[str | Cell]] = [
        [Cell("✓", "green") if check.holds else Cell("✗", "red"), check.expected] for check in found
    ]
    if failed:
        columns.append(Column("Found instead", wide=True, folded=True))
        rows = [[*row, "" if check.holds else check.found] for row, check in zip(rows, found, strict=True)]
    table(columns, rows)
