"""Five minutes before a session ends its page says so; one press and it lives on (U10)."""

import mimetypes
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from playwright.sync_api import expect

from tests.accounts.builders import applicant

HOME = "http://portal.test"
AXE = settings.ROOT / "tests/vendor/axe.min.js"
LANGUAGES = ("en", "zh-hant", "zh-hans")
PAGES = [f"/{code}/me/language/" for code in LANGUAGES]


def ask_for_pages():
    try:
        with transaction.atomic():
            client = Client()
            client.force_login(applicant())
            pages = {path: client.get(path).content for path in PAGES}
            transaction.set_rollback(True)
            return pages
    finally:
        connections.close_all()


@pytest.fixture(scope="module")
def drawn(migrated_database, django_db_blocker):
    """The pages' bytes, asked for in a thread: Playwright's loop runs in this one."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
        return thread.submit(ask_for_pages).result()


class Portal:
    """What answers the browser: the drawn pages, and the session as the test wants it."""

    def __init__(self, drawn, page):
        self.drawn, self.page, self.sent, self.alive = drawn, page, [], True
        page.route(f"{HOME}/**", self.answer)

    def answer(self, route):
        path = route.request.url.removeprefix(HOME).partition("?")[0]
        if path.startswith("/static/"):
            kind = mimetypes.guess_type(path)[0]
            return route.fulfill(path=settings.ROOT / path.lstrip("/"), content_type=kind)
        if route.request.method == "POST":
            self.sent.append((path, route.request.post_data or ""))
        if path.endswith("/session/extend/"):
            return route.fulfill(json={"ends_in": 3900}) if self.alive else route.fulfill(status=403, body="")
        return route.fulfill(body=self.drawn.get(path, b"another page"), content_type="text/html; charset=utf-8")

    def at(self, code="en", after=""):
        self.page.clock.install()
        self.page.goto(f"{HOME}/{code}/me/language/")
        if after:
            self.page.clock.fast_forward(after)
        return self.page


@pytest.fixture
def portal(drawn, page):
    return Portal(drawn, page)


def test_nothing_is_asked_before_the_last_five_minutes(portal):
    page = portal.at(after="00:59:00")
    expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_it_says_how_long_is_left_and_takes_the_focus(portal):
    page = portal.at(after="01:00:30")
    expect(page.get_by_role("alertdialog", name="Are you still there?")).to_be_visible()
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert "in about 4 minutes" in page.locator("#session-end-words").text_content()
    page.clock.fast_forward("03:20")
    expect(page.locator("#session-end-words")).to_contain_text("in about 1 minute.")


@pytest.mark.parametrize("code", LANGUAGES)
def test_axe_finds_nothing_in_it(portal, code):
    page = portal.at(code, after="01:01:00")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.add_script_tag(path=AXE)
    found = page.evaluate("() => axe.run(document.getElementById('session-end'))")
    assert [fault["id"] for fault in found["violations"]] == []


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_one_press_lets_it_live_on_and_gives_the_focus_back(portal, key):
    page = portal.at()
    page.get_by_label("English").focus()
    page.clock.fast_forward("01:01:00")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.keyboard.press(key)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    expect(page.get_by_label("English")).to_be_focused()
    assert [path for path, _data in portal.sent] == ["/en/session/extend/"]
    page.clock.fast_forward("30:00")
    expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_focus_stays_inside_it(portal):
    page = portal.at(after="01:01:00")
    inside = "() => document.activeElement === document.body || !!document.activeElement.closest('#session-end')"
    for _press in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)


def test_what_was_typed_goes_along_when_the_time_is_up(portal):
    page = portal.at()
    page.get_by_label("简体中文").last.check()
    page.clock.fast_forward("01:06:00")
    over = page.get_by_role("alertdialog", name="You have been signed out")
    expect(over).to_be_visible()
    page.keyboard.press("Escape")
    expect(over).to_be_visible()
    page.get_by_role("button", name="Sign in again").click()
    page.wait_for_url("**/session/keep/")
    path, data = portal.sent[-1]
    assert path == "/en/session/keep/"
    assert "language=zh-hans" in data


def test_where_nothing_was_typed_it_leads_back_to_the_page(portal):
    page = portal.at(after="01:06:00")
    page.get_by_role("button", name="Sign in again").click()
    page.wait_for_url(f"{HOME}/en/sign-in/?next=%2Fen%2Fme%2Flanguage%2F")


def test_a_session_that_ended_elsewhere_is_not_called_alive(portal):
    page = portal.at(after="01:01:00")
    portal.alive = False
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("alertdialog", name="You have been signed out")).to_be_visible()
