"""Everything the portal says stands in 繁 and 简, complete and as each is written (quality.md, U43 to U46).

Checked alike: the .po files, the Chinese columns of fixtures, the Chinese names in the source
and the letters' own words. `manage.py make_translations` lists and drafts what is missing.
"""

import ast
import csv
import re
from functools import cache

import opencc
import pytest

from apps.operations import translations
from tests.architecture.source import ROOT, place, python_files, tree_of

LANGUAGES = ("zh_Hant", "zh_Hans")
CHINESE = "[㐀-䶿一-鿿]"
TAG = re.compile(r"<[^<>]*>|{%.*?%}|{#.*?#}|{{.*?}}", re.DOTALL)
HALF_WIDTH = re.compile(rf"{CHINESE}\s*[,;:?!()]|{CHINESE}\.|[,.;:?!()]\s*{CHINESE}")

# Names, formats and what is typed or read by machines: they are the same in every language.
LATIN = set(
    """AA CSV Cookie DTSPP HEIC HK HKT JPEG JavaScript L MB PDF PNG QR SHA SPECIMEN UA UTF WCAG
    en hans hant manage monthly months price py python3 up x zh""".split()
)
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
# Addresses, file names and the licences' and laws' numbers stand as they are.
AS_TYPED = re.compile(r"\S+@\S+\.\w+|https?://\S+|\w+\.csv|第\d+[A-Z]{1,2}章|[A-Z]+-\d{4}-\d{6}-[A-Z0-9]")

# OpenCC's first answer is another character, yet these are Traditional as well (佣金, 批准, 平台,
# 一周, 公里), or its answer is the rarer form (祕, 羣) of what Hong Kong writes.
TRADITIONAL_TOO = set("佣准台周里秘群")
TO_TRADITIONAL, TO_SIMPLIFIED = opencc.OpenCC("s2t"), opencc.OpenCC("t2s")


@cache
def to_traditional(character):
    return TO_TRADITIONAL.convert(character)


@cache
def to_simplified(character):
    return TO_SIMPLIFIED.convert(character)


def bare(words):
    """The words alone: tags gone, each placeholder a character of Chinese."""
    return translations.PLACEHOLDER.sub("字", TAG.sub("字", words)).replace("HK$字", "字")


def of_the_wrong_script(language, words):
    if language == "zh_Hans":
        return {one for one in words if to_simplified(one) != one}
    return {one for one in words if to_traditional(one) != one} - TRADITIONAL_TOO


def english_in(words):
    left = AS_TYPED.sub(" ", translations.PLACEHOLDER.sub(" ", TAG.sub(" ", words)))
    return set(LATIN_WORD.findall(left)) - LATIN


def entries(language):
    for entry in translations.translations(language).values():
        yield entry, translations.words_of(entry)


def columns(language, folder):
    """(file, English, Chinese) of every cell of a Chinese column in fixtures/<folder>."""
    ending = "_" + language.lower()
    for path in sorted((ROOT / "fixtures" / folder).glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for name in (name for name in row if name.endswith(ending)):
                    yield f"{path.name} {name}", row[name.removesuffix(ending) + "_en"], row[name]


def names_in_source(language):
    """Words given to anything called …_zh_hant or …_zh_hans in Python."""
    ending = "_" + language.lower()
    for path in python_files("apps"):
        for node in ast.walk(tree_of(path)):
            pairs = [(node.arg, node.value)] if isinstance(node, ast.keyword) else []
            if isinstance(node, ast.Dict):
                pairs = [(getattr(key, "value", ""), value) for key, value in zip(node.keys, node.values, strict=True)]
            for name, value in pairs:
                if str(name).endswith(ending) and isinstance(getattr(value, "value", None), str):
                    yield place(path, value), value.value


def letters(language):
    for path in sorted((ROOT / "templates" / "letters" / language.lower()).glob("*.html")):
        yield str(path.relative_to(ROOT)), path.read_text()


def pages_in_three_languages(language):
    """The parts of the pages that stand alone (500, 503) in this language."""
    tag = language.replace("_", "-")
    for path in sorted((ROOT / "templates").glob("*.html")):
        for part in re.findall(rf'<(section|span|p) lang="{tag}">(.*?)</\1>', path.read_text(), re.DOTALL):
            yield path.name, part[1]


def everything(language):
    """(where, words) of all Chinese that belongs to the portal."""
    yield from ((entry.msgid, words) for entry, words in entries(language))
    for folder in ("reference", "demo"):
        yield from ((where, words) for where, _english, words in columns(language, folder))
    yield from names_in_source(language)
    yield from letters(language)
    yield from pages_in_three_languages(language)


def listed(wrong):
    return "\n".join(map(str, wrong))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_unsure_or_left_over(language):
    left = translations.left_to_do(language)
    assert not left, f"run `manage.py make_translations`:\n{listed(left)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language):
    def holes(words):
        return sorted(translations.PLACEHOLDER.findall(words)), sorted(re.findall(r"</?\w+", words))

    wrong = [
        (entry.msgid, words)
        for entry, words in entries(language)
        if holes(words) not in (holes(entry.msgid), holes(entry.msgid_plural))
    ]
    assert not wrong, listed(wrong)


def test_letters_in_both_scripts_are_filled_alike():
    filled = [[(name.split("/")[-1], re.findall(r"{[%{].*?[%}]}", text)) for name, text in letters(one)]
              for one in LANGUAGES]  # fmt: skip
    for (name, hant), (same_name, hans) in zip(*filled, strict=True):
        assert name == same_name
        assert [one.replace("zh_hant", "zh_hans") for one in hant] == hans, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_chinese_has_full_width_punctuation(language):
    wrong = [
        (where, found[0])
        for where, words in everything(language)
        if re.search(CHINESE, words) and (found := HALF_WIDTH.search(bare(words)))
    ]
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_character_of_the_other_script(language):
    wrong = [(where, of_the_wrong_script(language, words)) for where, words in everything(language)]
    assert not (found := [one for one in wrong if one[1]]), listed(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_chinese(language):
    said = [*((entry.msgid, words) for entry, words in entries(language)), *letters(language)]
    wrong = [(where, english) for where, words in said if (english := english_in(words))]
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_is_chinese_but_for_names_that_its_english_bears_too(language):
    """A shop's brand may be Latin in any language; a sentence may not."""
    wrong = []
    for folder in ("reference", "demo"):
        for where, english, words in columns(language, folder):
            stray = english_in(words) - set(LATIN_WORD.findall(english))
            if stray or (words and not re.search(CHINESE, words)):
                wrong.append((where, words, stray))
    assert not wrong, listed(wrong)


# What stays outside gettext ------------------------------------------------------------

# Letters have files of their own per language; the gallery shows builders its examples.
NOT_TRANSLATED = ("templates/letters/", "templates/core/gallery", "templates/400.html", "templates/500.html",
                  "templates/503.html", "templates/standing_alone.html")  # fmt: skip
SPOKEN_ATTRIBUTE = re.compile(r'\s(?:title|aria-label|alt|placeholder)="([^"]*)"')
SILENT = re.compile(
    r"{% comment.*?endcomment %}|{% block (?:frame|name) %}[a-z -]*{% endblock %}"
    r"|{% blocktrans.*?endblocktrans\w* %}|<(script|style|code)\b.*?</\1>"
    r"|{%.*?%}|{#.*?#}|{{.*?}}|&\w+;",
    re.DOTALL,
)
SAID_AS = {"label", "help_text", "submit_label", "heading", "legend", "empty_label"}
SAYING = {"Refused", "NotAllowed", "WrongState", "RuleBroken", "ValidationError"}


def test_templates_say_nothing_outside_gettext():
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = str(path.relative_to(ROOT))
        text = SILENT.sub(" ", path.read_text())
        spoken = [*SPOKEN_ATTRIBUTE.findall(text), re.sub(r'<(?:[^<>"]|"[^"]*")*>', " ", text)]
        words = {one for part in spoken for one in LATIN_WORD.findall(part) if len(one) > 1} - LATIN
        if words and not name.startswith(NOT_TRANSLATED):
            wrong.append((name, words))
    assert not wrong, listed(wrong)


def test_templates_leave_the_marks_between_words_to_the_language():
    """`{% mark "colon" %}` and `|bracketed` write ： and （） on a Chinese page."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = str(path.relative_to(ROOT))
        text = re.sub(r'<(?:[^<>"]|"[^"]*")*>', " ", SILENT.sub(" ", path.read_text()))
        if re.search(r"[,;:()]", text) and not name.startswith(NOT_TRANSLATED):
            wrong.append(name)
    assert not wrong, listed(wrong)


def plain_words(node):
    value = getattr(node, "value", None)
    return isinstance(node, ast.Constant) and isinstance(value, str) and re.search(r"[A-Za-z]{2}", value)


def said_plainly(node):
    """Literal words that a person would read: labels, refusals, messages."""
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    of = getattr(getattr(node.func, "value", None), "id", "")
    given = node.args[:1] if called in SAYING else node.args[1:2] if of == "messages" else []
    given += [keyword.value for keyword in node.keywords if keyword.arg in SAID_AS]
    return any(plain_words(one) for one in given)


def test_python_says_nothing_outside_gettext():
    wrong = [
        place(path, node)
        for path in python_files("apps")
        if "gallery" not in path.name and not {"management", "models", "models.py"} & set(path.parts)
        for node in ast.walk(tree_of(path))
        if said_plainly(node)
    ]
    assert not wrong, listed(wrong)


def test_a_draft_in_simplified_keeps_placeholders_and_takes_the_mainlands_words():
    assert translations.simplified("登入後，%(who)s可上載「檔案」。") == "登录后，%(who)s可上传“文件”。"


def test_the_source_is_read_as_makemessages_reads_it():
    template = '{% load i18n %}{% translate "A" %}{% include "x" with y=_("B") %}{% blocktranslate trimmed count n=k %}\n{{ n }} day\n{% plural %}{{ n }} days{% endblocktranslate %}{% translate "May" context "month" %}'  # noqa: E501
    said = translations.said_in_template(template)
    assert [(one.context, one.id, one.plural) for one in said] == [
        (None, "A", None), (None, "B", None), (None, "%(n)s day", "%(n)s days"), ("month", "May", None)]  # fmt: skip
    python = "from django.utils.translation import gettext_lazy as _\na = _('C' 'D')\nb = other('E')"
    assert [one.id for one in translations.said_in_python(python)] == ["CD"]
