"""HTML to PDF, by a browser of the Chromium family that is installed: it draws every script, as the page is drawn."""

import os
import subprocess
import tempfile
from pathlib import Path
from shutil import which

from showup.core.problem import Problem

BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "brave-browser", "microsoft-edge"),
    *("vivaldi", "thorium-browser"),
)
_PATIENCE = 120.0
_OTHERWISE = "Write it with `--html`, open it in a browser and print it into a file there."


def printed(html: str) -> bytes:
    """The PDF of a page that needs nothing else.

    Raises:
        Problem: there is no such browser, or it did not print.
    """
    browser = next((found for name in BROWSERS if (found := which(name))), None)
    if browser is None:
        raise Problem("A PDF is printed by Chromium, Chrome, Brave, Edge or Vivaldi, and none is there.", _OTHERWISE)
    with tempfile.TemporaryDirectory(prefix="showup-") as folder:
        page, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(html, "utf-8")
        try:
            _run([browser, *_options(Path(folder)), f"--print-to-pdf={target}", page.as_uri()])
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            why = "it took too long" if isinstance(error, subprocess.TimeoutExpired) else "it wrote no file"
            raise Problem(f"{Path(browser).name} did not print: {why}.", _OTHERWISE) from error


def _options(folder: Path) -> list[str]:
    """Without a window, the person's own profile, or the network. A browser has no sandbox for root to offer."""
    quiet = ["--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--no-pdf-header-footer"]
    apart = [f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND"]
    return [*quiet, *apart, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def _run(command: list[str]) -> None:
    """A browser that has nothing to say to the person."""
    silent = subprocess.DEVNULL
    subprocess.run(  # noqa: S603 - a browser found on the PATH, on a file of ours
        command, stdin=silent, stdout=silent, stderr=silent, timeout=_PATIENCE, check=True
    )
