"""What comes before applying, in a real browser: axe finds nothing, nothing runs over, no script is needed."""

import mimetypes

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.core.test_gallery_in_a_browser import AXE, HOME, RUN_AXE, RUNS_OVER

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("programme_there")]
LANGUAGES = ["en", "zh-hant", "zh-hans"]
FIRM = "registered=brn&excluded_body=no&operating=yes&sector=retail"
PAGES = [
    "",
    "start/",
    "estimate/",
    "estimate/?price=100000&options=20000",
    "estimate/?price=4166.67&how=monthly",
    "eligibility/",
    "eligibility/?registered=",
    f"eligibility/?{FIRM}",
    f"eligibility/?{FIRM}&full_time=x",
    f"eligibility/?{FIRM}&full_time=12&group=yes",
    f"eligibility/outcome/?{FIRM}&full_time=12&group=no",
    f"eligibility/outcome/?{FIRM}&full_time=63&group=no",
    f"eligibility/outcome/?{FIRM}&full_time=12&group=unsure",
]


WALK = ["registered=brn", "excluded_body=no", "operating=yes", "sector=retail", "full_time=12", "group=no"]


def opened(browser, language, addresses, **how):
    """A page of a browser that gets these pages, asked for beforehand where the test's rows are seen."""
    drawn = {f"/{language}/{one}": Client().get(f"/{language}/{one}", follow=True).content for one in addresses}

    def answer(route):
        path = route.request.url.removeprefix(HOME)
        if path in drawn:
            return route.fulfill(body=drawn[path], content_type="text/html; charset=utf-8")
        return route.fulfill(path=settings.ROOT / path.lstrip("/"), content_type=mimetypes.guess_type(path)[0])

    context = browser.new_context(**how)
    context.route(f"{HOME}/**", answer)
    return context.new_page()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_runs_over(browser, language):
    page, wrong = opened(browser, language, PAGES, viewport={"width": 320, "height": 900}), []
    for address in PAGES:
        page.goto(f"{HOME}/{language}/{address}")
        if page.evaluate(RUNS_OVER) > 0:
            wrong.append((address, "runs over"))
        page.add_script_tag(content=AXE.read_text())
        wrong += [
            (address, rule["id"], [node["target"] for node in rule["nodes"]])
            for rule in page.evaluate(RUN_AXE)["violations"]
        ]
    page.context.close()
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_presses_without_javascript_by_keyboard(browser, language):
    steps = ["&".join(WALK[:count]) for count in range(1, 6)] + ["&".join([*WALK, "group_full_time="])]
    addresses = ["eligibility/", *(f"eligibility/?{step}" for step in steps)]
    page = opened(browser, language, addresses, java_script_enabled=False, viewport={"width": 400, "height": 800})
    page.goto(f"{HOME}/{language}/eligibility/")
    for step in WALK:
        name, value = step.split("=")
        if name == "full_time":
            page.locator(f"input[name={name}]").fill(value)
        else:
            page.locator(f"input[name={name}][value={value}]").focus()
            page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{step}*")
    with translation.override(language):
        assert page.locator("h1").inner_text() == translation.gettext("You can apply")
    page.context.close()
