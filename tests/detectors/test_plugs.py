"""Detectors as plugs: found by name, made from what they need, and kept from harming each other."""

import dataclasses
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from showup import wiring
from showup.config import settings_from
from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source, Word
from showup.core.spans import Span
from showup.detectors.built_in import FACTORIES
from showup.detectors.needs import Needs
from showup.detectors.plugs import Guarded, detectors, find
from showup.flow.observe import Observer
from showup.ports import Detector, Findings, Sighting, Watched
from tests.detectors.test_meet_detector import appointment, at
from tests.support.google_parts import Clock, Secrets

EXAMPLE = Path(__file__).parents[2] / "examples/whiteboard"


class Fine:
    """A detector that tells whatever a test gives it."""

    def __init__(self, found: Findings | None = None) -> None:
        self.found = found or Findings()
        self.calls: list[str] = []

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        self.calls.append(f"watch {len(appointments)}")

    def restart(self) -> None:
        self.calls.append("restart")

    def drain(self) -> Findings:
        return self.found

    def close(self) -> None:
        self.calls.append("close")


def needs(said: list[str], **options: object) -> Needs:
    return Needs(Clock(), said.append, Secrets(), options=options)


def seen(**changed: object) -> Evidence:
    return dataclasses.replace(Evidence(at(1), Source.PHONE, Sign.RANG, at(1)), **changed)  # type: ignore[arg-type]


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Install a package that brings a detector, as a file of entry points and a module."""

    def install(name: str, module: str) -> None:
        told = tmp_path / f"{name}-1.dist-info"
        told.mkdir()
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (told / "entry_points.txt").write_text(f"[showup.detectors]\n{name} = plug_{name}:make\n")
        (tmp_path / f"plug_{name}.py").write_text(module)

    monkeypatch.syspath_prepend(str(tmp_path))
    return install


def test_those_of_showup_itself_are_there() -> None:
    assert set(FACTORIES) == {"sound", "meet", "phone"}
    said: list[str] = []
    made = [find(name)(needs(said)) for name in FACTORIES]
    for one in made:
        one.watch(())
        assert one.drain() == Findings()
        one.close()
    assert said == []


def test_the_settings_say_which_are_made() -> None:
    table = {"detectors": {"sound": False, "phone": True, "meet": True, "plugs": ["nosuch"]}}
    said: list[str] = []
    made = wiring.detectors(settings_from(table), said.append)
    assert [one.name for one in made] == ["meet", "phone"]
    assert said == ["There is no detector “nosuch”. Install the package that brings it, or take it out."]


def test_a_name_that_is_nearly_right_is_named() -> None:
    said: list[str] = []
    assert detectors({"phones": needs(said)}) == ()
    assert said == ["There is no detector “phones”. Did you mean phone?"]


@pytest.mark.parametrize(
    ("module", "says"),
    [
        ("import nosuchlibrary", "The detector “bad” cannot be loaded (ModuleNotFoundError). Update the package"),
        ("made = 1", "The detector “bad” cannot be loaded (AttributeError)."),
        ("def make(needs): raise OSError('away')", "“bad” failed and is left out until the next start: OSError: away."),
        ("make = 5", "“bad” failed and is left out until the next start: TypeError"),
        (
            "from showup.core.problem import Problem\ndef make(needs): raise Problem('No bridge.', 'Call them.')",
            "No bridge. Call them.",
        ),
    ],
)
def test_one_that_cannot_begin_is_said_and_left_out(
    plugged: Callable[[str, str], None], module: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged("bad", module)
    monkeypatch.delitem(sys.modules, "plug_bad", raising=False)
    said: list[str] = []
    made = detectors({"bad": needs(said), "phone": needs(said)})
    assert [one.name for one in made] == ["phone"]
    assert len(said) == 1
    assert says in said[0]


class Failing(Fine):
    def drain(self) -> Findings:
        raise RuntimeError("\x1b[31mno\nline")


def test_one_that_raises_is_said_once_and_its_coverage_ends() -> None:
    said: list[str] = []
    guarded, other = Guarded("bad", Failing(), said.append), Fine(Findings((Sighting(seen()),)))
    clock = Clock()
    observer = Observer(clock, (guarded, other))
    observer.watch((appointment(),))
    for _ in range(3):
        clock.passed += 60
        observed = observer.look()
        assert [one.evidence.sign for one in observed.before.sightings] == [Sign.RANG]
        assert {one.covered.source for one in observed.before.watched} == {Source.MACHINE}
    observer.close()
    assert said == ["The detector “bad” failed and is left out until the next start: RuntimeError: no line."]
    assert guarded.out


@pytest.mark.parametrize(
    "found",
    [
        Findings((Sighting(seen(source=Source.ANSWER, sign=Word.NO_SHOW)),)),
        Findings((Sighting(seen(source=Source.CALENDAR, sign=Sign.CANCELLED)),)),
        Findings((Sighting(seen(source=Source.CALENDAR)),)),
        Findings((Sighting(seen(source=Source.MACHINE)),)),
        Findings((Sighting(seen(sign=Sign.MOVED)),)),
        Findings((Sighting(seen(at=datetime(2026, 1, 1))),)),  # noqa: DTZ001 - that is what is wrong with it
        Findings((Sighting(seen(), "1"),)),  # type: ignore[arg-type]
        Findings((), (Watched(Covered(Span(at(0), at(1)), Source.MACHINE)),)),
        Findings(5),  # type: ignore[arg-type]
        None,
    ],
    ids=str,
)
def test_nobody_can_speak_for_another_or_tell_nonsense(found: Findings) -> None:
    said: list[str] = []
    inner = Fine()
    inner.found = found
    guarded = Guarded("odd", inner, said.append)
    assert guarded.drain() == Findings()
    assert len(said) == 1


def test_what_is_right_passes_as_it_is() -> None:
    found = Findings((Sighting(seen(), 3),), (Watched(Covered(Span(at(0), at(1)), Source.PHONE), 3),))
    inner = Fine(found)
    guarded = Guarded("fine", inner, lambda _: None)
    guarded.watch((appointment(),))
    guarded.restart()
    assert guarded.drain() == found
    guarded.close()
    assert inner.calls == ["watch 1", "restart", "close"]


def test_the_example_is_a_package_that_brings_a_detector(tmp_path: Path) -> None:
    """Built as it stands, put on the path, and found by the real program's own words."""
    told = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())
    name, target = next(iter(told["project"]["entry-points"]["showup.detectors"].items()))
    info = tmp_path / "showup_whiteboard-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: showup-whiteboard\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text(f"[showup.detectors]\n{name} = {target}\n")
    code = (
        "from showup import wiring\nfrom showup.config import settings_from\n"
        f"table = {{'detectors': {{'sound': False, 'plugs': ['{name}'], '{name}': {{'file': 'x'}}}}}}\n"
        "print([one.name for one in wiring.detectors(settings_from(table), print)])\n"
        "table['detectors'].pop('whiteboard')\n"
        "print([one.name for one in wiring.detectors(settings_from(table), print)])\n"
    )
    env = {"PYTHONPATH": f"{tmp_path}:{EXAMPLE / 'src'}", "PATH": "/usr/bin", "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.splitlines() == [
        "['whiteboard']",
        'The whiteboard has no file. Write file = "…" below [detectors.whiteboard].',
        "[]",
    ]


def test_the_example_tells_who_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLE / "src"))
    from importlib import import_module

    file, said, clock = tmp_path / "board", list[str](), Clock()
    made: Detector = import_module("showup_whiteboard").make(
        dataclasses.replace(needs(said, file=str(file)), clock=clock)
    )
    one = Guarded("whiteboard", made, said.append)
    one.watch((appointment(),))
    assert one.drain() == Findings()
    file.write_text("you\n")
    assert [item.evidence.sign for item in one.drain().sightings] == [Sign.YOU_IN]
    clock.passed = 60
    file.write_text("you they nonsense\n")
    found = one.drain()
    assert [(item.evidence.sign, item.appointment_id) for item in found.sightings] == [(Sign.THEY_IN, 1)]
    assert [item.covered.span for item in found.watched] == [Span(at(0), at(1))]
    file.unlink()
    assert one.drain() == Findings()
    one.watch((appointment(1), appointment(2)))
    file.write_text("you")
    assert one.drain() == Findings()
    one.close()
    assert said == []
