"""Where pages of other floors stand, for links on the public's pages."""

from django import template
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def report_address():
    """The public's form for reporting, or the words on the contact page where there is no such page."""
    form = f"/{get_language()}/report/"
    try:
        resolve(form)
    except Resolver404:
        return f"{reverse('front:contact')}#report"
    return form
