"""The page in a real Chromium: how long from asking to the first paint, on a long record."""

import statistics
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from shutil import which

from benchmarks import record
from benchmarks.report import Goal, Section
from benchmarks.size import Size
from showup.clock import SystemClock
from tests.support.chromium import chromium
from tests.support.page import Served, serve

_GOAL = 150.0
_PATHS: Mapping[str, str] = {
    "companies": "/",
    "a company": "/employers/1",
    "an interview": "/appointments/9",
    "totals": "/totals",
}
_PAINTED = """() => new Promise(done => {
  const told = performance.getEntriesByName('first-contentful-paint');
  if (told.length) return done(told[0].startTime);
  new PerformanceObserver(list => {
    const found = list.getEntriesByName('first-contentful-paint');
    if (found.length) done(found[0].startTime);
  }).observe({type: 'paint', buffered: true});
})"""
"""Milliseconds from where the browser set out, that of the server's work and the style sheet included."""


def measure(size: Size, folder: Path) -> Iterator[Section]:
    """Each page, the first time after the server began and later ones; nothing where there is no Chromium."""
    if which("chromium") is None:
        yield Section(
            "The page", _HEAD, [("no Chromium is here", "–", "–")], [Goal("the page", "–", "", "–", met=True)]
        )
        return
    now, database = SystemClock().now(), folder / "showup.sqlite"
    record.write(database, size.painted, now)
    with serve(database, folder, (now + timedelta(minutes=1)).isoformat()) as served:
        found = _looked(served, max(1, size.rounds))
    rows = [(name, f"{times[0]:.0f}", f"{_later(times):.0f}") for name, times in found.items()]
    goals = [_goal(name, _later(times), size) for name, times in found.items()]
    yield Section(f"The page, {size.painted:,} appointments", _HEAD, rows, goals, _NOTE)


_HEAD = ("", "first, ms", "later, ms")
_NOTE = (
    "From asking to first-contentful-paint in Chromium without a window, the server in the same process as the test's "
    "driver. The first request of all imports the pages' own parts; later ones are medians."
)


def _looked(served: Served, rounds: int) -> dict[str, list[float]]:
    """The pages in turn, in one window: the first round is the first that the server and the browser see of them."""
    found: dict[str, list[float]] = {name: [] for name in _PATHS}
    with chromium() as browser:
        page = browser.new_page()
        page.goto("about:blank")
        secret, _, value = served.visitor().cookie.partition("=")
        page.context.add_cookies([{"name": secret, "value": value, "url": f"http://{served.authority}"}])
        for name, path in list(_PATHS.items()) * (rounds + 1):
            page.goto(f"http://{served.authority}{path}")
            found[name].append(float(page.evaluate(_PAINTED)))
    return found


def _later(times: list[float]) -> float:
    return statistics.median(times[1:])


def _goal(name: str, later: float, size: Size) -> Goal:
    what = f"first paint of {name}, {size.painted:,} appointments"
    return Goal(what, f"{later:.0f} ms", "", f"≤ {_GOAL:.0f} ms", later <= _GOAL)
