"""What every page's frame needs to know."""

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.core import languages
from apps.core.models import Demonstration
from apps.core.once import once

OWN_NAMES = dict(languages.CHOICES)


def frame(request):
    """language_links, demonstration, specimen, service_name for base.html and desk.html."""
    demonstration = _Lazily(lambda: _is_demonstration(request))
    return {
        "language_links": _links(request),
        "demonstration": demonstration,
        "specimen": _Lazily(lambda: not settings.PRODUCTION or bool(demonstration)),
        "service_name": _("Digital Transformation Support"),
    }


def _is_demonstration(request):
    """As it was read with the account of a person signed in; asked for everybody else."""
    known = getattr(getattr(request, "user", None), "in_demonstration", None)
    return once("demonstration", Demonstration.objects.exists) if known is None else known


def _links(request):
    here = get_language()
    query = _query(request)
    path = getattr(request, "page_in_other_languages", request.path)
    return [
        {
            "code": code,
            "short": languages.SHORT[code],
            "name": OWN_NAMES[code],
            "url": languages.in_language(path, code) + query,
            "current": code == here,
        }
        for code in languages.SHORT
    ]


def _query(request):
    """What follows the address of a page that was asked for; nothing where it is too long to read."""
    try:
        return f"?{request.GET.urlencode()}" if request.method == "GET" and request.GET else ""
    except TooManyFieldsSent:
        return ""


class _Lazily:
    """Asks the database only when a template looks, and once."""

    def __init__(self, ask):
        self._ask = ask

    def __bool__(self):
        if not hasattr(self, "_answer"):
            self._answer = self._ask()
        return self._answer
