"""The figures that docs/sound.md gives for the labelled set, and that the set is what it says it is."""

import itertools
from pathlib import Path

import pytest

from tests.sounds import make, wave_parts
from tests.sounds.fresh import OTHERS as OTHERS_FRESH
from tests.sounds.fresh import RECORDED
from tests.sounds.fresh import SPEECH as SPEECH_FRESH
from tests.sounds.make import OTHERS, SPEECH, clips, line
from tests.sounds.table import Table, listened, table
from tests.support.parts import need
from tests.support.sound_desk import levels_on
from tests.support.sound_servers import SERVERS, sound_server

PAGE = Path(__file__).parents[2] / "docs/sound.md"


def test_every_kind_is_in_both_sets() -> None:
    kept = [(clip.set, clip.kind) for clip in clips()]
    assert {key: kept.count(key) for key in set(kept)} == {
        (set_, kind): many for set_, many in make.SETS.items() for kind in (*SPEECH, *OTHERS)
    }


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    kept = tuple(clips())
    return {set_: table(clip for clip in kept if clip.set == set_) for set_ in make.SETS}


@pytest.mark.parametrize(
    ("set_", "missed", "false_alarms", "dated_wrongly"), [("seen", 1, 0, 2), ("held", 0, 1, 3), ("new", 1, 1, 3)]
)
def test_the_figures_on_the_page(
    tables: dict[str, Table], set_: str, missed: int, false_alarms: int, dated_wrongly: int
) -> None:
    made = tables[set_]
    assert (made.missed, made.false_alarms, made.too_early) == (missed, false_alarms, 0)
    assert sum(seconds > 5 for seconds in made.wrong_by) == dated_wrongly
    assert sorted(made.wrong_by)[int(0.9 * len(made.wrong_by))] < 0.5
    assert told_on_the_page(set_) == {kind: made.cell(kind) for kind in made.of}


@pytest.fixture(scope="module")
def fresh() -> Table:
    return table(clips(make.FRESH))


def test_the_figures_of_what_was_judged_once(fresh: Table) -> None:
    assert (fresh.missed, fresh.false_alarms, fresh.too_early) == (5, 8, 1)
    assert told_on_the_page("fresh") == {kind: fresh.cell(kind) for kind in fresh.of}
    assert fresh.of == {kind.__name__: many for kind, many in (SPEECH_FRESH | OTHERS_FRESH).items()}


@pytest.mark.parametrize("recorded", [False, True])
def test_somebody_is_said_to_be_there_wrongly_more_rarely_than_nobody(
    tables: dict[str, Table], fresh: Table, *, recorded: bool
) -> None:
    """Without recorded voices in the fresh sounds alone; with them in all, and there not in the fresh ones alone."""
    judged = [*tables.values(), fresh] if recorded else [fresh]
    voices = {kind.__name__ for kind in RECORDED}
    others = [(made, kind) for made in judged for kind in made.of if kind not in made.spoken]
    counted = [(made, kind) for made, kind in others if recorded or kind not in voices]
    wrong = sum(made.heard[kind] for made, kind in counted) + recorded * sum(made.too_early for made in judged)
    speakers = sum(made.of[kind] for made in judged for kind in made.spoken)
    missed = sum(made.missed for made in judged)
    assert wrong / sum(made.of[kind] for made, kind in counted) < missed / speakers


def told_on_the_page(set_: str) -> dict[str, str]:
    """The column of this set, in the table that has one."""
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in PAGE.read_text("utf-8").splitlines()]
    head = next(number for number, row in enumerate(rows) if row[0] == "kind" and set_ in row)
    column, table_ = rows[head].index(set_), itertools.takewhile(lambda row: len(row) > 1, rows[head + 2 :])
    return {row[0]: row[column] for row in table_}


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
