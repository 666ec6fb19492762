"""Somebody at a browser, going by what stands on the page in her language.

Every page she meets is looked at: axe (WCAG 2.2 AA and target-size), nothing over the edge
at 320 pixels, nothing in the console, a title that no other page has.
"""

import re
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext, override

AXE = settings.ROOT / "tests/vendor/axe.min.js"
RUN_AXE = """() => axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: {'target-size': {enabled: true}}})"""
RUNS_OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
ON_FOCUS = "() => document.activeElement.id"
FORBIDDEN = re.compile(r"\b(please|sorry|valid|invalid|forbidden|oops)\b", re.IGNORECASE)
PHONE, DESK = {"width": 320, "height": 720}, {"width": 1280, "height": 900}
NAMED = re.compile(r"[A-Z]+-[0-9]{4}-[0-9]{6}-[0-9A-Z]|\b[0-9]+\b")
WITHIN = 60


@dataclass
class Journey:
    """What all who take part in one journey share: {title: page}, and every fault of a page."""

    titles: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)


class Visitor:
    def __init__(self, browser, home, language, journey, *, screen=PHONE):
        self.home, self.language, self.journey, self.screen = home, language, journey, screen
        context = browser.new_context(viewport=screen, base_url=home, locale="en-GB")
        context.add_init_script(path=AXE)
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("response", self._response)

    def _console(self, message):
        # A refusal is answered with 422 on purpose; Chromium notes that as a failed load.
        if message.type in ("error", "warning") and "422" not in message.text:
            self.faults.append(message.text)

    def _response(self, response):
        if response.status >= 400 and response.status != 422:
            self.faults.append(f"{response.status} {response.url}")

    def said(self, words, **facts):
        """The portal's English words as this visitor reads them."""
        with override(self.language):
            said = gettext(words)
            return said.format(**facts) if "{" in said else said % facts if facts else said

    # What she does -----------------------------------------------------------------------
    def open(self, path):
        self.page.goto(f"/{self.language}/{path}")
        return self.met()

    def press(self, words, **facts):
        """Press the button, or follow the link, that bears these words."""
        return self.click(self._named(self.said(words, **facts)).first)

    def click(self, found):
        with self.page.expect_navigation():
            found.click()
        return self.met()

    def _named(self, name):
        buttons, links = (self.page.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
        return buttons.or_(links)

    def type(self, label, text):
        self.page.get_by_label(self.said(label)).fill(text)
        return self

    def type_date(self, label, day, month, year):
        group = self.page.get_by_role("group", name=self.said(label))
        for place, part in enumerate((day, month, year)):
            group.get_by_role("textbox").nth(place).fill(str(part))
        return self

    def choose(self, question, answer):
        group = self.page.get_by_role("group", name=self.said(question))
        group.get_by_label(self.said(answer), exact=True).check()
        return self

    def tick(self, words):
        self.page.get_by_label(self.said(words)).check()
        return self

    # What she looks for ------------------------------------------------------------------
    def sees(self, words, **facts):
        shown = self.page.locator("main").inner_text()
        assert self.said(words, **facts) in shown, shown
        return self

    def refused(self, words, **facts):
        """The page names what to mend, has its focus there, and says so in its title."""
        assert self.page.title().startswith(self.said("Error: ")), self.page.title()
        assert self.page.evaluate(ON_FOCUS) == "error-summary"
        summary = self.page.locator("#error-summary").inner_text()
        assert self.said(words, **facts) in summary, summary
        assert not FORBIDDEN.search(summary)
        return self

    def waits_for(self, words):
        """Look again until it stands there: what she waits for is made by the worker."""
        until = time.monotonic() + WITHIN
        found = self._named(self.said(words))
        while not found.count():
            assert time.monotonic() < until, f"{words} is not there after {WITHIN} seconds"
            time.sleep(0.3)
            self.page.reload()
        return self.met()

    # Every page --------------------------------------------------------------------------
    def met(self):
        page = self.page
        page.wait_for_load_state("load")
        where = NAMED.sub("…", page.url.removeprefix(self.home).split("?")[0])
        if page.locator("html").get_attribute("lang").lower() != self.language:
            self._note(where, "is in another language")
        self._fits(where)
        for rule in page.evaluate(RUN_AXE)["violations"]:
            self._note(where, rule["id"], *(node["html"][:300] for node in rule["nodes"]))
        title = page.title().removeprefix(self.said("Error: "))
        if self.journey.titles.setdefault(title, where) != where:
            self._note(where, f"has the title of {self.journey.titles[title]}: {title}")
        for fault in self.faults:
            self._note(where, fault)
        self.faults.clear()
        return self

    def _note(self, where, *words):
        self.journey.faults.append((where, *words))

    def _fits(self, where):
        self.page.set_viewport_size(PHONE)
        over = self.page.evaluate(RUNS_OVER)
        if over > 0:
            self._note(where, f"runs {over} pixels over the edge of a phone")
        if self.screen != PHONE:
            self.page.set_viewport_size(self.screen)
