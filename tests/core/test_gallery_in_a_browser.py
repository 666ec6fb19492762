"""The gallery in a real browser: axe finds nothing, nothing runs over, focus is seen."""

import mimetypes
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

AXE = settings.ROOT / "tests/vendor/axe.min.js"
HOME = "http://portal.test"
PAGES = [
    "/en/gallery/?errors=1",
    "/zh-hant/gallery/?errors=1",
    "/zh-hans/gallery/",
    "/en/gallery/?frame=desk",
]
RUN_AXE = """() => axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: {'target-size': {enabled: true}}})"""
RUNS_OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS_MARK = """() => {
  const on = document.activeElement;
  if (on === document.body) return null;
  const box = on.matches('.govuk-radios__input, .govuk-checkboxes__input');
  const style = box ? getComputedStyle(on.nextElementSibling, '::before') : getComputedStyle(on);
  return [style.outlineColor, style.outlineWidth, style.outlineStyle];
}"""


def ask_for_pages():
    try:
        return {path: Client().get(path).content for path in PAGES}
    finally:
        connections.close_all()


@pytest.fixture(scope="module")
def drawn(migrated_database, django_db_blocker):
    """The pages' bytes, asked for in a thread: Playwright's loop runs in this one."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
        return thread.submit(ask_for_pages).result()


@pytest.fixture
def open_page(drawn, page):
    def answer(route):
        path = route.request.url.removeprefix(HOME)
        if path in drawn:
            return route.fulfill(body=drawn[path], content_type="text/html; charset=utf-8")
        kind = mimetypes.guess_type(path)[0]
        return route.fulfill(path=settings.ROOT / path.lstrip("/"), content_type=kind)

    page.route(f"{HOME}/**", answer)

    def go(path, width):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(HOME + path)
        return page

    return go


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_runs_over(open_page, path):
    for width in (320, 1280):
        page = open_page(path, width)
        assert page.evaluate(RUNS_OVER) <= 0
        page.add_script_tag(content=AXE.read_text())
        found = page.evaluate(RUN_AXE)["violations"]
        assert not [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def test_the_summary_has_focus_and_its_links_lead_to_fields(open_page):
    page = open_page("/en/gallery/?errors=1", 400)
    assert page.evaluate("() => document.activeElement.id") == "error-summary"
    page.locator("#error-summary a").nth(3).click()
    assert page.evaluate("() => document.activeElement.id") == "id_price"


def test_focus_is_marked_in_ink_on_everything_that_takes_it(open_page):
    page = open_page("/zh-hans/gallery/", 1280)
    for _step in range(60):
        page.keyboard.press("Tab")
        mark = page.evaluate(FOCUS_MARK)
        assert mark in (None, ["rgb(20, 32, 43)", "3px", "solid"])


def test_filters_fold_on_a_phone_and_stand_open_beside_the_list(open_page):
    page = open_page("/zh-hans/gallery/", 400)
    assert not page.locator(".portal-filters").is_visible()
    page.locator(".portal-filters__fold summary").click()
    assert page.locator(".portal-filters").is_visible()
    assert open_page("/zh-hans/gallery/", 1280).locator(".portal-filters").is_visible()
