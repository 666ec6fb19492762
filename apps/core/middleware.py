"""Refuses pages without a declared audience, and speaks the language of the address."""

from urllib.parse import urlsplit

from django.http import Http404
from django.shortcuts import render
from django.utils import translation

from apps.core import dates, languages
from apps.core.errors import Refused, RuleBroken
from apps.core.once import one_answer_each
from apps.core.pages import own_address

# Pages of libraries we did not write, each with the audience that we give it.
LIBRARY_PAGES = {
    "allauth": ("public",),
    "django.views.static": ("public",),
    "django.views.i18n": ("public",),
    "ninja": ("public",),
    "django.contrib.staticfiles": ("public",),
    "django.contrib.admin": ("administrator",),
}


def declared_audience(view):
    """The audience a view declares, or the one given to its library; None if neither."""
    own = getattr(view, "audience", None)
    if own:
        return own
    module = getattr(view, "__module__", "") or ""
    for library, names in LIBRARY_PAGES.items():
        if module == library or module.startswith(library + "."):
            return names
    return None


class ArrivalAtTheDoor:
    """Notes when a request arrived: deadlines are judged by it, not by how busy we were."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.arrived_at = dates.now()
        return self.get_response(request)


class NoNulls:
    """PostgreSQL keeps no NUL in text: an address with one is no page, a cookie with one is none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.COOKIES = {name: text for name, text in request.COOKIES.items() if "\0" not in text}
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if any("\0" in part for part in kwargs.values() if isinstance(part, str)):
            raise Http404("NUL in the address")


class OneAnswerEach:
    """While a page is only read, what it asks twice is answered once (core.once)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with one_answer_each():
            return self.get_response(request)


class LanguageOfTheAddress:
    """The address decides the language; without one, the account's, the cookie's, the browser's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = languages.from_path(request.path_info) or languages.wished(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if languages.from_path(request.path_info) and request.COOKIES.get("language") != language:
            response.set_cookie("language", language, max_age=365 * 86400, samesite="Lax", httponly=True)
        return response


class DenyByDefault:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if declared_audience(view) is None:
            raise Http404(f"{view.__module__} declares no audience")


class RefusalInWords:
    """A verb's refusal that no page expected, and a method that an address does not take.

    Both become a calm page with the way back: 422 where a rule stands against it, 409 where
    the person or the state of the case does, 405 with the methods that are taken.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.content or languages.from_path(request.path_info) is None:
            return response
        page = render(request, "405.html", {"back_url": _came_from(request)}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        status = 422 if isinstance(exception, RuleBroken) else 409
        return render(
            request, "refused.html", {"words": exception.message, "back_url": _came_from(request)}, status=status
        )


def _came_from(request):
    """The page of ours from which this was sent, else the start page in the language in use."""
    sent_from = urlsplit(request.headers.get("Referer", ""))
    ours = sent_from.netloc == request.get_host() and own_address(sent_from.path)
    return sent_from.path if ours and sent_from.path != request.path else f"/{request.LANGUAGE_CODE}/"


class HeadersOfEveryPage:
    """What no library sets: pages of a signed-in person stay out of shared caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response
