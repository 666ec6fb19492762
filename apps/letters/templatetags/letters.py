"""Dates and sums as a letter prints them in each language.

Apart from the portal's own filters on purpose: a letter always bears English and 繁,
whatever language is active, and must be right even where no translation is compiled.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from apps.core.money import format_cents
from apps.letters import pdf

register = template.Library()
DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS_ZH = "一二三四五六日"
QUOTES = {"en": "“”", "zh_hant": "「」", "zh_hans": "“”"}


@register.filter
def day_en(day) -> str:
    """Thu 26 November 2026, with the spaces that must not break a line."""
    return f"{DAYS_EN[day.weekday()]}\u00a0{day.day}\u00a0{MONTHS_EN[day.month - 1]}\u00a0{day.year}"


@register.filter
def day_zh(day) -> str:
    """2026年11月26日（四）, the same in both Chinese scripts."""
    return f"{day.year}年{day.month}月{day.day}日（{DAYS_ZH[day.weekday()]}）"


@register.filter
def hkd(cents: int) -> str:
    """HK$12,345.67, always with cents: a letter's sum is exact."""
    return f"HK${format_cents(cents, always_cents=True)}"


@register.filter
def figures(cents: int) -> str:
    """12,345.67, for a column headed HK$."""
    return format_cents(cents, always_cents=True)


@register.simple_tag(takes_context=True)
def said(context, row, field) -> str:
    """The row's own text in the block's language: `{% said line "label" %}`."""
    return getattr(row, f"{field}_{context['language']}")


@register.simple_tag(takes_context=True)
def listed(context, ways, *, accepted) -> str:
    """The names of those ways of paying that are accepted, or are not, as one phrase."""
    comma = "; " if context["language"] == "en" else "；"
    return comma.join(said(context, way, "name") for way in ways if way.accepted == accepted)


@register.simple_tag(takes_context=True)
def typed(context, row, field):
    """Words as somebody typed them, in the block's script, or the other one where it is empty.

    Marked with its language where that is not the block's; lines of an address are joined.
    """
    mine, other = ("en", "zh") if context["language"] == "en" else ("zh", "en")
    words = getattr(row, f"{field}_{mine}") or getattr(row, f"{field}_{other}")
    if not words:
        return ""
    if isinstance(words, tuple):
        words = (", " if mine == "en" else "\u3000").join(words)
    return _marked(words, mine)


@register.simple_tag(takes_context=True)
def quoted(context, row, field):
    """The same in quotation marks, for an officer's own words; empty where there are none."""
    words = typed(context, row, field)
    return format_html("{}{}{}", QUOTES[context["language"]][0], words, QUOTES[context["language"]][1]) if words else ""


def _marked(words, block):
    chinese = any("\u2e80" <= char <= "\u9fff" or char > "\U0001ffff" for char in words)
    if chinese == (block == "zh"):
        return words
    return format_html('<span lang="{}">{}</span>', "zh-Hant-HK" if chinese else "en-HK", words)


@register.simple_tag
def letter_block(letter):
    """The whole letter in the page's language, its title an h2."""
    language = (get_language() or "en").replace("-", "_")
    return SafeString(pdf.block(letter, language if language in QUOTES else "en", heading=2))
