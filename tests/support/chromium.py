"""The system's own Chromium, driven by Playwright: one for all tests, a window of its own for each."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

from tests.support.page import Served
from tests.support.parts import need

PICTURES = Path(__file__).parents[2] / "test-output" / "web"
"""Where the pictures that tests take are kept, to be looked at."""
_STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a screen."""
    need("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def window(
    browser: Browser,
    served: Served,
    *,
    scheme: Literal["light", "dark"] = "light",
    width: int = 1280,
    scripts: bool = True,
) -> Iterator[Page]:
    """A window with a session; whatever goes to another server, or breaks the page's own policy, fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []

    def sent(request: Request) -> None:
        if not ours(request.url, served):
            wrong.append(request.url)

    def told(line: ConsoleMessage) -> None:
        if line.type == "error" and "status of 404" not in line.text:
            wrong.append(line.text)

    def asked(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    page.on("request", sent)
    page.on("console", told)
    page.on("dialog", asked)
    page.goto(f"http://{served.authority}/open?code={served.page.codes.new()}")
    yield page
    context.close()
    assert wrong == []


def ours(url: str, served: Served) -> bool:
    """Whether it is the page itself that is asked."""
    return url.startswith(f"http://{served.authority}/")


def complaints(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    found = Axe().run(page, options=_STANDARDS).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
