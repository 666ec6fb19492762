"""The letter as a web page says the same in all three languages."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from opencc import OpenCC

from apps.core.actors import SYSTEM
from apps.letters import services

from .conftest import addressee, offer, one_of_each

pytestmark = pytest.mark.django_db


def page_of(letter, language):
    with translation.override(language):
        return render_to_string("letters/_body.html", {"letter": letter})


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("contents", one_of_each(), ids=lambda contents: contents.kind)
def test_every_kind_stands_in_every_language(contents, language):
    letter = services.request(contents, outcome_number=1, by=SYSTEM)
    page = page_of(letter, language)
    assert page.count("<h2") == 1
    assert "<h1" not in page
    assert letter.number in page
    assert letter.code_as_printed in page
    if contents.kind in ("offer", "review"):
        assert "22,250.00" in page
        assert "23,450.00" in page
        assert 'scope="col"' in page
        assert 'scope="row"' in page


def test_dates_and_sums_are_written_as_each_language_writes_them(waiting):
    assert "Fri\u00a08\u00a0January\u00a02027" in page_of(waiting, "en")
    for language in ("zh-hant", "zh-hans"):
        assert "2027年1月8日（五）" in page_of(waiting, language)
        assert "HK$22,250.00" in page_of(waiting, language)


def test_names_keep_their_script_and_are_marked_where_it_is_another():
    contents = offer(addressee=addressee(name_en="", address_en=()))
    letter = services.request(contents, outcome_number=1, by=SYSTEM)
    assert '<span lang="zh-Hant-HK">明記麵家</span>' in page_of(letter, "en")
    assert "明記麵家" in page_of(letter, "zh-hans")


def test_what_was_typed_is_text():
    contents = offer(addressee=addressee(name_en="<script>alert(1)</script>{{ 7 }}"))
    letter = services.request(contents, outcome_number=1, by=SYSTEM)
    page = page_of(letter, "en")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in page
    assert "<script" not in page


@pytest.mark.parametrize("contents", one_of_each(), ids=lambda contents: contents.kind)
def test_the_two_chinese_scripts_say_the_same(contents):
    """繁 folded to 简 is the 简 page, but for quotation marks and a few words of the mainland."""
    letter = services.request(contents, outcome_number=1, by=SYSTEM)
    folded = OpenCC("hk2s").convert(page_of(letter, "zh-hant"))
    for hong_kong, mainland in (
        ("「", "“"),
        ("」", "”"),
        ("甚么", "什么"),
        ("覆核", "复核"),
        ("公帑", "公共资金"),
        ("私隐声明", "隐私声明"),
    ):
        folded = folded.replace(hong_kong, mainland)
    typed = r"明[記记][^<]*|深水埗[^<]*|（[燈灯][^）]*）|[發发]票[^”]*|表格[^”]*"
    assert re.sub(typed, "", folded) == re.sub(typed, "", page_of(letter, "zh-hans"))


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_chinese_has_full_width_punctuation(language):
    for contents in one_of_each():
        letter = services.request(contents, outcome_number=9, by=SYSTEM)
        words = re.sub(r"<[^>]*>", "", page_of(letter, language))
        assert not re.search(r"[\u4e00-\u9fff][,;:!?()]", words)
