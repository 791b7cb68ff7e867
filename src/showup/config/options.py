"""From a TOML table to the settings: each option with its bounds."""

from collections.abc import Mapping
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from showup.config.calendars import calendars
from showup.config.faults import Fault, SettingsProblem, shown
from showup.config.paths import paths_in
from showup.config.push import push
from showup.config.settings import Detectors, Keeping, Letter, Paths, Plug, Settings, Web
from showup.config.table import Table
from showup.core.policy import Checkpoints, Policy, Score

_LONGEST = 12 * 60
"""Minutes; no interview is waited for longer than half a day."""
_LONGEST_KEPT = 1200
"""Months; a hundred years."""
_OWN = frozenset(each.name for each in fields(Detectors))
_NOWHERE = Path("/nonexistent/showup")


def settings_from(table: Mapping[str, Any], paths: Paths | None = None) -> Settings:
    """Read a table such as a story's `[config]`. Without `paths` the settings belong to no place on this machine.

    Raises:
        Problem: one that names everything that is wrong.
    """
    settings, faults = read(table, paths or paths_in(_NOWHERE))
    if faults:
        raise SettingsProblem(faults)
    return settings


def read(table: Mapping[str, Any], paths: Paths) -> tuple[Settings, list[Fault]]:
    """The settings, and what is wrong with them."""
    faults: list[Fault] = []
    top = Table(table, faults)
    settings = Settings(
        paths=paths,
        owner=_owner(top),
        policy=Policy(checkpoints=_checkpoints(top.table("checkpoints")), score=_score(top.table("score"))),
        detectors=_detectors(top.table("detectors")),
        calendars=calendars(top.tables("calendars")),
        record=_record(top.table("record")),
        web=_web(top.table("web")),
        letter=_letter(top.table("letter")),
        push=push(top.table("push")),
    )
    top.done()
    return settings, faults


def _record(table: Table) -> Keeping:
    kept = Keeping(keep_months=table.whole("keep_months", Keeping().keep_months, 0, _LONGEST_KEPT))
    table.done()
    return kept


def _letter(table: Table) -> Letter:
    """Whether there are texts in that language is for them to say."""
    letter = Letter(table.text("language") or Letter().language)
    table.done()
    return letter


def _owner(top: Table) -> tuple[str, ...]:
    found = top.texts("owner", '"sam@example.org"')
    for address in found:
        if "@" not in address[1:-1] or " " in address:
            top.fault("owner", f"holds {shown(address)}.", "Write addresses, such as sam@example.org.")
    return tuple(dict.fromkeys(address.lower() for address in found))


def _checkpoints(table: Table) -> Checkpoints:
    usual = Checkpoints()
    points = Checkpoints(
        brief_before_minutes=table.whole("brief_before_minutes", usual.brief_before_minutes, 1, _LONGEST),
        late_after_minutes=table.whole("late_after_minutes", usual.late_after_minutes, 1, _LONGEST),
        nudge_after_minutes=table.whole("nudge_after_minutes", usual.nudge_after_minutes, 1, _LONGEST),
        give_up_after_minutes=table.whole("give_up_after_minutes", usual.give_up_after_minutes, 1, _LONGEST),
    )
    table.done()
    order = ("late_after_minutes", "nudge_after_minutes", "give_up_after_minutes")
    for earlier, later in pairwise(order):
        first, second = getattr(points, earlier), getattr(points, later)
        if first > second:
            told = later if later in table.values else earlier
            table.fault(told, f"does not fit: {earlier} is {first}, {later} is {second}.", "Give the later one more.")
    return points


def _score(table: Table) -> Score:
    usual = Score()
    score = Score(
        on_time_within_minutes=table.whole("on_time_within_minutes", usual.on_time_within_minutes, 0, _LONGEST),
        late_full_fault_minutes=table.whole("late_full_fault_minutes", usual.late_full_fault_minutes, 1, _LONGEST),
        count_presumed=table.flag("count_presumed", usual.count_presumed),
        prior_kept=table.number("prior_kept", usual.prior_kept),
        prior_missed=table.number("prior_missed", usual.prior_missed),
        careless_share=table.number("careless_share", usual.careless_share, 1),
        careless_miss_rate=table.number("careless_miss_rate", usual.careless_miss_rate, 1),
        careful_miss_rate=table.number("careful_miss_rate", usual.careful_miss_rate, 1),
    )
    table.done()
    _ordered(table, "on_time_within_minutes", score.on_time_within_minutes, "late_full_fault_minutes", score)
    _ordered(table, "careful_miss_rate", score.careful_miss_rate, "careless_miss_rate", score)
    return score


def _ordered(table: Table, low: str, value: float, high: str, score: Score) -> None:
    """One figure must lie below another."""
    above = getattr(score, high)
    if value >= above:
        told = low if low in table.values else high
        table.fault(told, f"does not fit: {low} is {value:g}, {high} is {above:g}.", "Give the latter more.")


def _web(table: Table) -> Web:
    usual = Web()
    web = Web(
        port=table.whole("port", usual.port, 0, 65535),
        idle_minutes=table.whole("idle_minutes", usual.idle_minutes, 1, _LONGEST),
    )
    table.done()
    return web


def _detectors(table: Table) -> Detectors:
    usual = Detectors()
    detectors = Detectors(
        sound=table.flag("sound", usual.sound),
        meet=table.flag("meet", usual.meet),
        phone=table.flag("phone", usual.phone),
        note_takers=table.texts("note_takers", '"Acme Scribe"'),
        plugs=_plugs(table),
    )
    table.done()
    return detectors


def _plugs(table: Table) -> tuple[Plug, ...]:
    """The detectors of other packages; the settings of each are a table of its name, which only it understands."""
    names = dict.fromkeys(table.texts("plugs", '"teams"'))
    for name in names:
        if name in _OWN:
            table.fault("plugs", f"holds {shown(name)}, which is no plug.", f"Write {name} = true.")
    return tuple(Plug(name, dict(table.table(name).values)) for name in names if name not in _OWN)
