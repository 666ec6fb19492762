"""Dates and sums as a letter prints them in each language.

Apart from the portal's own filters on purpose: a letter always bears English and 繁,
whatever language is active, and must be right even where no translation is compiled.
"""

from django import template
from django.utils.safestring import SafeString

from apps.core.money import format_cents

register = template.Library()
DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July",
             "August", "September", "October", "November", "December")
DAYS_ZH = "一二三四五六日"


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


@register.filter
def said(row, name):
    """`row.<name>_<language>` for the letter's own language, given as "label:zh_hant"."""
    field, _, language = name.partition(":")
    return getattr(row, f"{field}_{language}")


@register.simple_tag
def other_script(text, language) -> str:
    """`lang` for words as typed, where their script is not the block's."""
    chinese = any("\u2e80" <= char <= "\u9fff" or char > "\U0001ffff" for char in text)
    if chinese == language.startswith("zh"):
        return ""
    return SafeString(' lang="zh-Hant-HK"' if chinese else ' lang="en-HK"')
