"""The page in a real Chromium: every page and form, by keyboard alone, without scripts, in light and dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import chromium, complaints, picture, window
from tests.support.page import Served, serve
from tests.support.played import play
from tests.web.test_page_views import STORY

PAGES = {"overview": "/", "totals": "/totals", "employer": "/employers/1", "appointment": "/appointments/1"}
QUESTION = "2026-07-02T12:00:00-04:00"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    with window(browser, served) as found:
        yield found


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Served]:
    """One interview that only the person can tell of, from a sender who tries what can be tried."""
    play(STORY, tmp_path / "evil.sqlite")
    with serve(tmp_path / "evil.sqlite", tmp_path / "run", QUESTION) as found:
        yield found


def until(page: Page, text: str) -> None:
    """Press Tab until what is named has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.textContent + (document.activeElement.name || '')"):
            return
    raise AssertionError(f"no Tab leads to {text}")


# ---------------------------------------------------------------- looks
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 320)])
def test_every_page_is_fit_for_everybody(
    browser: Browser, served: Served, scheme: Literal["light", "dark"], width: int
) -> None:
    with window(browser, served, scheme=scheme, width=width) as page:
        for name, path in {**PAGES, "trouble": "/nothing"}.items():
            page.goto(f"http://{served.authority}{path}")
            assert complaints(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            picture(page, f"{name}-{scheme}-{width}")


def test_hostile_texts_do_nothing_and_fit(browser: Browser, hostile: Served) -> None:
    for width in (1280, 320):
        with window(browser, hostile, width=width) as page:
            for name, path in PAGES.items():
                page.goto(f"http://{hostile.authority}{path}")
                told = {"overview": "Only you can tell", "totals": "Nothing counts yet"}
                expect(page.locator("main")).to_contain_text(told.get(name, "Evil"))
                assert page.locator("main img, main script, main b:text('Evil')").count() == 0
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert complaints(page) == []
            picture(page, f"hostile-{width}")


def test_printed_it_is_the_record_alone(page: Page, served: Served) -> None:
    page.emulate_media(media="print")
    for path in PAGES.values():
        page.goto(f"http://{served.authority}{path}")
        assert [one for one in page.locator("button").all() if one.is_visible()] == []
        assert page.locator("main svg").first.is_visible()


def test_it_needs_no_colour(page: Page) -> None:
    """Two outcomes never have the same shape."""
    shapes = page.locator("svg.shapes symbol").evaluate_all("all => all.map(one => [one.id, one.innerHTML])")
    drawn = {
        name: "".join(part for part in body.split('"') if " " in part or part[:1].isdigit()) for name, body in shapes
    }
    assert len(drawn) == 8
    assert len(set(drawn.values())) == 8


# ---------------------------------------------------------------- ways
def test_the_code_is_gone_from_the_address_bar(page: Page, served: Served) -> None:
    assert page.url == f"http://{served.authority}/"
    page.goto(f"http://{served.authority}/employers/1")
    page.go_back()
    assert page.url == f"http://{served.authority}/"
    assert page.evaluate("document.cookie") == ""


@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_way_with_a_mouse(browser: Browser, hostile: Served, scripts: bool) -> None:
    with window(browser, hostile, scripts=scripts) as page:
        page.get_by_role("button", name="15 min late").click()
        expect(page.get_by_role("status")).to_contain_text("15 minutes late")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("heading", name="Only you can tell")).to_be_visible()
        page.get_by_role("button", name="On time").click()
        page.locator("ol.employers a").first.click()
        page.get_by_label("Your notes on").fill("Kind, and far away.")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_label("Your notes on")).to_have_value("Kind, and far away.")
        for group, answer in (("Time for your questions", "a little"), ("How it felt", "good")):
            page.get_by_role("group", name=group).get_by_role("button", name=answer).click()
            if group == "Time for your questions":
                page.locator("ol.visits a").first.click()
        expect(page.get_by_role("button", name="good")).to_have_attribute("aria-pressed", "true")
        page.get_by_label("minutes late").fill("25")
        page.get_by_label("A note with it").fill("The camera was broken.")
        page.get_by_role("button", name="They were late").click()
        expect(page.locator("#verdict")).to_have_text("25 minutes late")


def test_the_whole_way_by_keyboard(browser: Browser, hostile: Served) -> None:
    with window(browser, hostile) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        until(page, "Nobody came")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("no show")
        until(page, "Undo")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Only you can tell")).to_be_visible()
        until(page, "q")
        page.keyboard.type("acme")
        page.keyboard.press("Enter")
        expect(page.locator("ol.employers > li")).to_have_count(1)
        assert "q=acme" in page.url
        page.locator("ol.employers a").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your notes")).to_be_visible()
        until(page, "note")
        page.keyboard.type("By hand.")
        until(page, "Keep")
        page.keyboard.press("Enter")
        expect(page.get_by_text("written Thu 2 Jul 2026")).to_be_visible()
        expect(page.get_by_label("Your notes on")).to_have_value("By hand.")


def test_the_focus_can_be_seen_everywhere(page: Page, served: Served) -> None:
    """But on the page as a whole, where it begins anew after the last."""
    outline = "[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]"
    for path in PAGES.values():
        page.goto(f"http://{served.authority}{path}")
        seen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            seen.append(tuple(page.evaluate(outline)))
        assert {style for name, style in seen if name != "BODY"} == {"solid"}
        assert len([name for name, _ in seen if name != "BODY"]) > 5


def test_long_lists_come_in_pages(browser: Browser, tmp_path: Path) -> None:
    from tests.support.many import many

    many(tmp_path / "many.sqlite", [3] * 60)
    with (
        serve(tmp_path / "many.sqlite", tmp_path, "2026-07-02T14:00:00+00:00") as served,
        window(browser, served) as page,
    ):
        assert page.locator("ol.employers > li").count() == 25
        page.get_by_role("link", name="Next").click()
        page.get_by_role("link", name="Next").click()
        assert page.locator("ol.employers > li").count() == 10
        assert page.get_by_role("link", name="Next").count() == 0
        assert complaints(page) == []
