"""What was asked, in the reader's language."""

from django import template

from apps.core.said import language, nearest
from apps.questions.models import Item

register = template.Library()


@register.filter
def title_words(item: Item) -> str:
    return nearest(item, "title")[0]


@register.filter
def reason_words(item: Item) -> str:
    return nearest(item, "reason")[0]


@register.filter
def own_words(item: Item) -> str:
    """The officer's own words: the English ones to readers of English, the Chinese to others."""
    return item.words_en if language() == "en" else item.words_zh


@register.filter
def earlier_words(item: Item) -> str:
    """What was said before, as it was shown then in this language."""
    return item.earlier.get(language().replace("-", "_"), "")
