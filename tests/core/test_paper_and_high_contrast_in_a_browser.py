"""On paper and in the reader's own colours the frame still says what it says on a screen."""

import pytest
from django.conf import settings

CSS = ["vendor/govuk-frontend/govuk-frontend.min.css", "css/portal.css", "css/components.css"]
PAGE = """<body class="govuk-template__body"><nav class="portal-nav"><ul class="portal-nav__in">
<li><a id="here" href="/a" aria-current="page">Packages</a></li><li><a id="there" href="/b">Mine</a></li></ul></nav>
<div class="portal-page"><main><p><a id="link" class="govuk-link" href="/en/cases/">The case</a></p></main></div>"""


@pytest.fixture
def frame(page):
    page.set_content(PAGE)
    for path in CSS:
        page.add_style_tag(path=settings.ROOT / "static" / path)
    return page


def test_in_forced_colours_only_the_present_page_is_marked(frame):
    frame.emulate_media(forced_colors="active")
    border, ground = (
        "el => getComputedStyle(el).borderBottomColor",
        "() => getComputedStyle(document.body).backgroundColor",
    )
    assert frame.eval_on_selector("#there", border) == frame.evaluate(ground)
    assert frame.eval_on_selector("#here", border) != frame.evaluate(ground)


def test_no_address_is_printed_over_the_words(frame):
    printed = "el => getComputedStyle(el, '::after').content"
    frame.emulate_media(media="print")
    assert frame.eval_on_selector("#link", printed) == "none"
