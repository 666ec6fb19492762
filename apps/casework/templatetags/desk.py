"""The desk's words for what stands in its rows."""

from django import template

from apps.casework import contents

register = template.Library()


@register.filter
def part_words(part):
    return contents.PARTS[part]


@register.filter
def review_state_words(state):
    return contents.REVIEW_STATES[state]


@register.filter
def decision_words(kind):
    return contents.KINDS[kind]


@register.filter
def negated(number):
    return -number


@register.filter
def exclusion_words(why):
    return contents.exclusion_words(why)
