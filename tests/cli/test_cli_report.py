"""`showup report`: a file to keep that needs no other, holds no traps, and leaves out what is personal."""

import re
import stat
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result
from markdown_it import MarkdownIt

from showup.web.report import printing
from tests.support.parts import need
from tests.support.played import event

Cli = Callable[..., Result]
EVIL = "Interview with <img src=x> **Evil** [x](http://evil.example) | www.evil.example a\\\\b &amp; `c` 1. 2) {{7*7}}"
TIMES = "start = 2026-07-02T09:00:00-04:00\nend = 2026-07-02T11:30:00-04:00"


class Elements(HTMLParser):
    """The elements of a page, and what they would load or lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.leads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.leads += [value or "" for name, value in attrs if name in {"src", "href", "srcset", "action", "data"}]


@pytest.mark.usefixtures("told")
def test_one_file_holds_it_all(cli: Cli) -> None:
    text = cli("report").stdout
    page = Elements(text)
    assert page.names & {"script", "img", "link", "iframe", "form", "a"} == set()
    assert {lead for lead in page.leads if not lead.startswith("#")} == set()
    assert "url(" not in text.replace("url(#hatch)", "")
    assert "@import" not in text
    assert "default-src 'none'" in text
    for told in ("Missed two in a row", "Birchwood", "Calder", "By weekday", "no show", "hr@acme.example"):
        assert told in text
    assert "meet.google.com" not in text


@pytest.mark.usefixtures("told")
def test_one_employer_alone(cli: Cli) -> None:
    text = cli("report", "--employer", "acme").stdout
    assert "Birchwood" not in text
    assert "By weekday" not in text
    assert "Reliability over 2 counted appointments" in text
    result = cli("report", "--employer", "Nobody")
    assert (result.exit_code, result.stderr) == (
        1,
        "There is no company “Nobody” on record. `showup companies` lists them.\n",
    )


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("form", ["--html", "--md"])
def test_what_is_personal_can_be_left_out(cli: Cli, form: str) -> None:
    whole, less = cli("report", form).stdout, cli("report", form, "--without-personal").stdout
    for personal in ("Account Executive", "acme.example"):
        assert personal in whole.replace("\\", "")
    assert "Account Executive" not in less
    assert re.search(r"\w\\?@\w", less.partition("<main")[2] or less) is None
    assert "Acme" in less
    assert "no show" in less


@pytest.mark.parametrize("form", ["--html", "--md"])
def test_hostile_texts_are_text(cli: Cli, story: Callable[[str], None], form: str) -> None:
    planned = event("a", EVIL, "2026-07-02T10:00:00-04:00", "2026-07-02T10:30:00-04:00")
    story(f'{TIMES}\n[[step]]\nat = 2026-07-02T09:00:00-04:00\ncalendar = "put"\nevent = {planned}')
    text = cli("report", form).stdout
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text) if form == "--md" else text
    page = Elements(html)
    assert page.names & {"img", "a", "code", "em"} == set()
    assert "evil" not in "".join(page.leads)
    plain = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert EVIL.replace("\\\\", "\\") in plain.replace("&quot;", '"')


@pytest.mark.usefixtures("told")
def test_a_file_is_private_and_a_line_is_for_pipes(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "r.md"
    assert cli("report", "--md", "--output", str(target)).stdout == f"Written to {target}\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_text() == cli("report", "--md").stdout == cli("report", "--md", "--output", "-").stdout
    failed = cli("report", "--output", str(tmp_path / "absent/r.html"))
    assert (failed.exit_code, failed.stderr.endswith("Name another file.\n")) == (1, True)


@pytest.mark.usefixtures("told")
def test_a_pdf_is_printed_by_a_browser(cli: Cli, tmp_path: Path) -> None:
    need("chromium")
    target = tmp_path / "r.pdf"
    result = cli("report", "--employer", "Acme", "--pdf", "--output", str(target))
    assert (result.exit_code, result.stdout) == (0, f"Written to {target}\n"), result.stderr
    content = target.read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(content) > 10_000
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.usefixtures("told")
def test_without_a_browser_it_says_what_to_do(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "BROWSERS", ("no-such-browser",))
    result = cli("report", "--pdf", "--output", str(tmp_path / "r.pdf"))
    assert result.exit_code == 1
    assert "none is there. Write it with `--html`, open it in a browser" in result.stderr
    monkeypatch.setattr(printing, "BROWSERS", ("false",))
    result = cli("report", "--pdf", "--output", str(tmp_path / "r.pdf"))
    assert result.stderr.startswith("false did not print: it wrote no file.")
    assert not (tmp_path / "r.pdf").exists()


def test_an_empty_record_says_so(cli: Cli) -> None:
    assert "Nothing is on record yet." in cli("report").stdout
    assert "Nothing is on record yet." in cli("report", "--md").stdout
