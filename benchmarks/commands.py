"""The commands that read, start to end, beside the peers' and beside Python itself."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks import peers
from benchmarks.harness import Program, Taken, in_turn
from benchmarks.home import Home
from benchmarks.living import daemon, plan
from benchmarks.report import Goal, Section
from benchmarks.size import Size
from showup.clock import SystemClock

HEAD = ("", "seconds", "CPU seconds", "peak MB")


def measure(size: Size, folder: Path) -> Iterator[Section]:
    """All that a status bar or a person calls."""
    few, alone = (Home(folder / name).remember(size.appointments) for name in ("few", "alone"))
    plan(few, [SystemClock().now() + timedelta(days=3)])
    programs = {
        "bare": peers.bare(),
        _LIBRARY: peers.bare(_LIBRARY),
        _STATUS: few.showup("status"),
        _ALONE: alone.showup("status"),
    }
    programs |= {f"showup {name}": few.showup(name) for name in _LISTS}
    if peers.there():
        khal = peers.Khal(folder / "khal", size.appointments, SystemClock().now())
        programs |= {_KHAL: khal.list(), _WHOLE: khal.list(whole=True)}
        programs |= {f"{name} --help": peers.helps(name) for name in ("gcalcli", "nextmeeting")}
    with daemon(few):
        found = in_turn(programs, size.rounds)
    yield Section("Commands", HEAD, _rows(found, size), list(_goals(found, size)), _NOTE)
    yield _grown(few, Home(folder / "many").remember(size.many), size)


_STATUS, _ALONE = "showup status", "showup status (no daemon)"
_LIBRARY = "import sqlalchemy"
_KHAL, _WHOLE = "khal list", "khal list (all events)"
_LISTS = ("companies", "interviews")
_NOTE = (
    "A daemon runs, but where it says otherwise. `khal list` shows two days, and with a span all events; "
    "`showup interviews` shows all there is. What reads the record pays for SQLAlchemy, which by itself takes most "
    "of the time of a `khal list` of two days: to be quicker than that is out of reach with it."
)


def _rows(found: dict[str, Taken], size: Size) -> list[tuple[str, ...]]:
    of = f"{size.appointments:,}"
    names = {
        "bare": "`python3 -c pass`",
        _LIBRARY: f"`python3 -c '{_LIBRARY}'`",
        _WHOLE: f"`khal list today …`, all {of} events",
    }
    names |= {_ALONE: "`showup status`, no daemon running"}
    names |= {f"showup {name}": f"`showup {name}`, {of} appointments" for name in _LISTS}
    return [_row(names.get(name, f"`{name}`"), taken) for name, taken in found.items()]


def _row(name: str, taken: Taken) -> tuple[str, ...]:
    return name, f"{taken.seconds:.3f}", f"{taken.cpu:.3f}", f"{taken.mb:.0f}"


def _goals(found: dict[str, Taken], size: Size) -> Iterator[Goal]:
    bare, status = found["bare"], found[_STATUS]
    yield _goal("`showup status`", status, "`python3 -c pass`", bare, 3.0)
    if _KHAL in found:
        yield _goal("`showup status`", status, "`khal list`", found[_KHAL], 0.25)
        for name in _LISTS:
            for beside in (_KHAL, _WHOLE):
                what = f"`showup {name}`, {size.appointments:,} appointments"
                yield _goal(what, found[f"showup {name}"], f"`{beside}`", found[beside], 1.0)


def _goal(what: str, ours: Taken, beside: str, other: Taken, most: float) -> Goal:
    """By the clock and by CPU: the worse ratio counts."""
    ratio = max(ours.seconds / other.seconds, ours.cpu / other.cpu)
    measured = f"{1000 * ours.seconds:.0f} ms ({ratio:.2f} ×)"
    return Goal(what, measured, f"{beside} {1000 * other.seconds:.0f} ms", f"≤ {most:g} ×", ratio <= most)


def _grown(few: Home, many: Home, size: Size) -> Section:
    commands = {"companies": ("companies",), "company": ("company", "Company 0"), "interviews": ("interviews",)}
    programs: dict[str, Program] = {}
    for name, words in commands.items():
        programs |= {f"{name} few": few.showup(*words), f"{name} many": many.showup(*words)}
    found = in_turn(programs, max(1, size.rounds // 2))
    rows = []
    for name, words in commands.items():
        less, more = found[f"{name} few"], found[f"{name} many"]
        growth = more.cpu / less.cpu
        figures = (f"{less.seconds:.2f}", f"{more.seconds:.2f}", f"{less.cpu:.2f}", f"{more.cpu:.2f}")
        rows.append((f"`showup {' '.join(words)}`", *figures, f"{growth:.1f} ×", f"{more.mb:.0f}"))
    goals = [_long_record(found, size, name, most) for name, most in (("companies", 1.0), ("company", 0.5))]
    counts = (f"{size.appointments:,}", f"{size.many:,}")
    head = ("", *(f"seconds, {one}" for one in counts), *(f"CPU, {one}" for one in counts), "grown by", "peak MB")
    note = "Twenty interviews of each employer, so `companies` prints thousands of lines here."
    return Section(f"A record of {size.many:,} appointments", head, rows, goals, note)


def _long_record(found: dict[str, Taken], size: Size, name: str, most: float) -> Goal:
    less, more = found[f"{name} few"], found[f"{name} many"]
    grown, allowed = more.cpu / less.cpu, size.many / size.appointments
    what = f"`showup {name}{' X' if name == 'company' else ''}`, {size.many:,} appointments"
    beside = f"{size.appointments:,} appointments {less.seconds:.2f} s ({grown:.1f} × as much CPU)"
    goal = f"≤ {most:g} s, grown ≤ {allowed:.0f} ×"
    return Goal(what, f"{more.seconds:.2f} s", beside, goal, more.seconds <= most and grown <= allowed)
