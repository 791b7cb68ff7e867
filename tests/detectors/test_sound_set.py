"""The figures that docs/sound.md gives for the labelled set, and that the set is what it says it is."""

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sounds import fresh, make, wave_parts
from tests.sounds.make import OTHERS, SPEECH, clips, line
from tests.sounds.table import Table, listened, table
from tests.support.parts import need
from tests.support.sound_desk import levels_on
from tests.support.sound_servers import SERVERS, sound_server

PAGE = Path(__file__).parents[2] / "docs/sound.md"


def test_every_kind_is_in_each_set() -> None:
    assert Counter((clip.set, clip.kind) for clip in clips()) == {
        (set_, kind): many for set_, many in make.SETS.items() for kind in (*SPEECH, *OTHERS)
    }
    assert Counter(clip.kind for clip in clips(make.FRESH)) == {
        kind.__name__: many for kind, many in (fresh.SPEECH | fresh.OTHERS).items()
    }


@pytest.mark.parametrize(("set_", "dated_wrongly"), [("seen", 2), ("held", 3), ("new", 3), ("fresh", 3)])
def test_the_figures_on_the_page(set_: str, dated_wrongly: int) -> None:
    file = make.FRESH if set_ == "fresh" else make.FILE
    made = table(clip for clip in clips(file) if clip.set == set_)
    head, rows = on_the_page("kind", set_)
    assert {kind: cells[head.index(set_)] for kind, cells in rows.items()} == {
        kind: made.cell(kind) for kind in made.of
    }
    assert [int(cell) for cell in on_the_page("part")[1][set_][1:]] == list(summed(made))
    assert sum(seconds > 5 for seconds in made.wrong_by) == dated_wrongly
    assert sorted(made.wrong_by)[int(0.9 * len(made.wrong_by))] < 0.5


def test_somebody_is_said_to_be_there_wrongly_more_rarely_than_nobody() -> None:
    """In all parts together, and in the fresh one without recorded voices, with which it is not so there."""
    rows = {set_: [int(cell) for cell in cells[1:]] for set_, cells in on_the_page("part")[1].items()}
    people, missed, early, other, heard, recorded, heard_too = map(sum, zip(*rows.values(), strict=True))
    assert (early + heard + heard_too) / (other + recorded) < missed / people
    people, missed, _early, other, heard, *_recorded = rows["fresh"]
    assert heard / other < missed / people


def summed(made: Table) -> Iterator[int]:
    """How many people, of them missed, of them told too early; other sounds, heard in them; recorded voices, heard."""
    voices = {kind for kind in made.of if kind in {one.__name__ for one in fresh.RECORDED}}
    others = set(made.of) - made.spoken - voices
    yield from (sum(made.of[kind] for kind in made.spoken), made.missed, made.too_early)
    for kinds in (others, voices):
        yield from (sum(made.of[kind] for kind in kinds), sum(made.heard[kind] for kind in kinds))


def on_the_page(*heads: str) -> tuple[list[str], dict[str, list[str]]]:
    """The head and the rows of the table of which the head begins with the first of these and has the others."""
    lines = PAGE.read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    first = next(place for place, row in enumerate(rows) if row[0] == heads[0] and {*heads} <= {*row})
    table_ = itertools.takewhile(lambda row: len(row) > 1, rows[first + 2 :])
    return rows[first], {row[0]: row for row in table_}


@pytest.mark.parametrize("kind", ["chords", "drum_and_pluck", "typing", "ringing"])
def test_the_set_can_be_made_again(kind: str) -> None:
    assert line("seen", kind, 0) in make.FILE.read_text("ascii").splitlines()


def test_speech_that_is_made_anew_is_heard_as_the_kept_one() -> None:
    need("espeak-ng", "sox")
    told, _unsure = listened(wave_parts.levels(make.make("held", "alone", 3)))
    assert told
    assert told[0] == pytest.approx(make.LEAD, abs=1)


@pytest.mark.parametrize("kind", sorted(SERVERS))
def test_the_levels_are_those_of_a_real_server(kind: str, tmp_path: Path) -> None:
    need("paplay")
    sound = make.make("seen", "drum_and_pluck", 1)[: 4 * wave_parts.HZ]
    wave_parts.write(tmp_path / "sound.wav", sound)
    with sound_server(kind) as server:
        measured = levels_on(server, tmp_path / "sound.wav", seconds=4)
    worked_out = wave_parts.levels(sound)
    assert wave_parts.apart(measured, worked_out) < 1
