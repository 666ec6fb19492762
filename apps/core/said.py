"""Sums, dates and names as a reader meets them, in the three languages."""

from datetime import date, datetime

from django.utils.translation import get_language

from apps.core.dates import HKT, today
from apps.core.money import format_cents

TAGS = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}
_NEAREST = {
    "en": ("en", "zh-hant", "zh-hans"),
    "zh-hant": ("zh-hant", "zh-hans", "en"),
    "zh-hans": ("zh-hans", "zh-hant", "en"),
}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
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
_CHINESE_DAYS = "一二三四五六日"
# Between two pieces of text, in English and in Chinese.
_MARKS = {"colon": (": ", "："), "comma": (", ", "，"), "list": (", ", "、"), "semicolon": ("; ", "；")}


def language():
    """The page's language as one of en, zh-hant, zh-hans."""
    code = get_language() or "en"
    return code if code in TAGS else "en"


def language_tag(code):
    """The code as `lang` wants it: zh-Hant, not zh-hant."""
    return TAGS.get(code, code)


def money(cents, cents_shown=""):
    """Cents as "HK$1,234.50", "HK$1,234"; `{{ cents|money:"cents" }}` always shows cents."""
    if cents is None or cents == "":
        return ""
    sign = "-" if cents < 0 else ""
    return f"{sign}HK${format_cents(abs(cents), always_cents=bool(cents_shown))}"


def date_words(day, short=""):
    """ "Thu 26 November 2026", 2026年11月26日（四）; an instant counts by Hong Kong's day.

    `{{ day|hkdate:"short" }}` says "Thu 26 Nov", 11月26日（四）: for lists and the line of
    whose turn it is. The year stays when it is not the present one.
    """
    if not isinstance(day, date):
        return day or ""
    if isinstance(day, datetime):
        day = day.astimezone(HKT).date()
    if language() == "en":
        return _english(day, short)
    year = "" if short and day.year == today().year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（{_CHINESE_DAYS[day.weekday()]}）"


def _english(day, short):
    month = _MONTHS[day.month - 1]
    year = "" if short and day.year == today().year else f" {day.year}"
    return f"{_DAYS[day.weekday()]} {day.day} {month[:3] if short else month}{year}"


def time_words(moment):
    """ "Thu 26 November 2026, 6:00 pm", 2026年11月26日（四）下午6時, in Hong Kong's time."""
    if not isinstance(moment, datetime):
        return date_words(moment)
    here = moment.astimezone(HKT)
    hour = here.hour % 12 or 12
    if language() == "en":
        return f"{date_words(here)}, {hour}:{here.minute:02d} {'am' if here.hour < 12 else 'pm'}"
    oclock = "時" if language() == "zh-hant" else "时"
    minutes = f"{here.minute:02d}分" if here.minute else ""
    return f"{date_words(here)}{'上午' if here.hour < 12 else '下午'}{hour}{oclock}{minutes}"


def part(thing, name):
    """An attribute or a key of that name, or None."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def nearest(thing, name):
    """The words of trilingual column `name`, and the language they are in."""
    for code in _NEAREST[language()]:
        words = part(thing, f"{name}_{code.replace('-', '_')}")
        if words:
            return words, code
    return "", language()


def mark(name):
    """The colon, comma, semicolon or list comma between two pieces of text: ": ", ："""
    return _MARKS[name][language() != "en"]


def listed(words):
    """Several words in a row: "a, b", a、b."""
    return mark("list").join(str(word) for word in words)


def bracketed(words):
    """The words in brackets, as a remark after others: " (a)", （a）."""
    return f" ({words})" if language() == "en" else f"（{words}）"
