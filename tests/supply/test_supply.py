"""The pinned packages: each with hashes, under a licence that fits and is told; and what an audit may say."""

import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from supply import audit
from supply.licences import DOCUMENT, allowed, document, licence, listed
from supply.pins import PUSH, ROOT, extras, pins

LISTS = sorted([*ROOT.glob("requirements/*.txt"), *ROOT.glob("benchmarks/requirements.txt")])


@pytest.mark.parametrize("file", LISTS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_package_is_pinned_with_hashes(file: Path) -> None:
    assert all(pin.hashes for pin in pins(file))
    assert len(pins(file)) > 0


@pytest.mark.parametrize(
    "line",
    [
        "acme==1.0",
        "acme==1.0 \\\n    --hash=md5:0",
        "acme==1.0 ; python_version == '3.11'",
        "acme @ https://x.example/a.whl#sha256==",
        "acme>=1.0",
        "acme",
        "--extra-index-url https://x.example/simple",
        "-e ./acme",
    ],
)
def test_a_line_that_is_no_pin_is_not_passed_over(line: str, tmp_path: Path) -> None:
    (tmp_path / "run.txt").write_text(f"{line}\n")
    with pytest.raises(ValueError, match=r"run\.txt has lines that are no pinned package"):
        pins(tmp_path / "run.txt")


def test_the_page_of_licences_is_current() -> None:
    """`make licences` writes it. A package that this Python does not need is taken from the page."""
    usual, extra = (
        {pin: licence(pin.name) or listed()[pin.name, pin.version] for pin in some} for some in (pins(), extras())
    )
    assert document(usual, extra) == DOCUMENT.read_text("utf-8")


@pytest.mark.parametrize("name", [pin.name for pin in (*pins(), *extras())])
def test_a_licence_may_stand_beside_mit(name: str) -> None:
    words = {name: words for (name, _), words in listed().items()}[name]
    assert allowed(words), words


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT AND ISC", True),
        ("AGPL-3.0-or-later", False),
        ("", False),
    ],
)
def test_which_licences_fit(words: str, fits: bool) -> None:
    assert allowed(words) is fits


def test_a_licence_that_nobody_looked_at_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "acme-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1\nLicense: Ask Jo\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(LookupError, match=r"acme is under \['Ask Jo'\]"):
        licence("acme")
    assert licence("not-there-at-all") == ""


def test_the_extra_is_what_the_project_names_and_pinned_as_in_development() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [one.partition(">")[0] for several in project["optional-dependencies"].values() for one in several]
    assert set(named) <= {pin.name for pin in extras()}
    assert set(pins(PUSH)) == {*pins(), *extras()} <= set(pins(ROOT / "requirements/dev.txt"))


def test_pins_are_what_is_installed_here() -> None:
    for pin in pins():
        try:
            assert distribution(pin.name).version == pin.version
        except PackageNotFoundError:
            assert pin.marker, pin.name


SOME = '{"name": "a", "version": "1", "vulns": []}'
NONE = '{"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b (1)"}'
WEAK = '{"name": "c", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"], "aliases": []}]}'


@pytest.mark.parametrize(
    ("printed", "said", "passes"),
    [
        (f"print('''{{\"dependencies\": [{SOME}, {SOME}]}}''')", "2 packages looked up, 0 known weaknesses.", True),
        (f"print('''{{\"dependencies\": [{SOME}, {WEAK}]}}''')\nraise SystemExit(1)", "c 2: CVE-1, mended in 3", False),
        (f"print('''{{\"dependencies\": [{SOME}, {NONE}]}}''')", "not known to the database: b.", True),
        (f"print('''{{\"dependencies\": [{NONE}]}}''')", "SKIPPED, the database knows none of the packages (", True),
        ("raise ConnectionError('no route')", "SKIPPED, the database cannot be reached (ConnectionError: no", True),
    ],
)
def test_what_an_audit_says(
    printed: str, said: str, passes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip_audit.py").write_text(printed)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    lines, fine = audit.judged(audit.asked(ROOT / "requirements/run.txt"), "run.txt")
    assert said in "\n".join(lines)
    assert fine is passes


def test_an_audit_that_fails_is_no_audit_that_was_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pip_audit.py").write_text("raise KeyError('x')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"pip-audit failed: KeyError: 'x'"):
        audit.asked(ROOT / "requirements/run.txt")
