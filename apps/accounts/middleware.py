"""Officers set up a second factor before any page of their own; idle sessions end, and what
was typed meanwhile is not lost."""

from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.rules import ROLES
from apps.accounts.services import typed
from apps.core import dates, languages
from apps.core.middleware import declared_audience

_TOUCH_EVERY = timedelta(minutes=5)
MARK = "mark"  # the cookie that outlives the session and tells whose page it was
_MARK_LASTS = 24 * 60 * 60
_SEALED = "typed"


class SecondFactorFirst:
    """An officer without a second factor is led to set it up; has_role denies her until then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        audience = set(getattr(view, "audience", ()))
        if not audience.intersection((*ROLES, "officer")) or not request.user.is_authenticated:
            return None
        account = request.user
        if not account.roles or account.has_second_factor or account.second_factor_waived:
            return None
        messages.info(request, _("Set up a second step for signing in first. Then your pages open."))
        request.session["after_second_factor"] = request.get_full_path()
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


class IdleSessions:
    """A session lives on by use: rewritten every five minutes, not at each request (a write
    each). `request.session_ends_in` (seconds) tells the page when to warn (U10)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        account = request.user
        touched = account.is_authenticated and _touch(request)
        if account.is_authenticated:
            request.session_ends_in = _seconds_left(request.session)
        response = self.get_response(request)
        if account.is_authenticated and not request.user.is_authenticated:
            response.delete_cookie(MARK, samesite="Strict")
        elif touched:
            _leave_mark(response, account)
        return response


def _touch(request) -> bool:
    """Let the session live on from now, if it is time to write that down."""
    session, now = request.session, dates.now()
    seen = session.get("seen_at")
    due = seen is None or abs(now - datetime.fromisoformat(seen)) >= _TOUCH_EVERY
    if due:
        session["seen_at"] = now.isoformat()
        if request.user.roles:
            session.set_expiry(settings.OFFICERS_SESSION_AGE)
    return due


def _seconds_left(session):
    used = dates.now() - datetime.fromisoformat(session["seen_at"])
    return max(0, session.get_expiry_age() - int(used.total_seconds()))


def _leave_mark(response, account):
    response.set_cookie(
        MARK,
        typed.mark_of(account),
        max_age=_MARK_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


class TypedWords:
    """What was sent after the session had ended is kept for its writer, and put back into the
    form once she has signed in again (WCAG 2.2.1). Nothing is done with it before she presses
    the button again.

    `request.typed` is what the form on this page gets back: a QueryDict, or None.
    `request.keep_typed()` keeps what this request sends, and returns the page it came from.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        request.keep_typed = partial(_keep_and_go_back, request)
        if request.user.is_authenticated:
            request.typed = _given_back(request)
            return None
        if request.method != "POST" or "public" in declared_audience(view):
            return None
        return redirect_to_login(_keep_and_go_back(request))


def _keep_and_go_back(request):
    _keep(request)
    return _page_of(request)


def _page_of(request) -> str:
    """The address of the page whose form was sent; its own where the browser does not tell."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or not languages.from_path(came_from.path):
        return request.get_full_path()
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def _keep(request) -> bool:
    """Seal what was sent for the account that the page was shown to; False if nobody knows whose."""
    known = request.user.is_authenticated
    mark = typed.mark_of(request.user) if known else request.COOKIES.get(MARK, "")
    page = _in_any_language(urlsplit(_page_of(request)).path)
    sealed = typed.seal(dict(request.POST.lists()), mark=mark, page=page) if mark else ""
    if sealed:
        request.session[_SEALED] = sealed
    return bool(sealed)


def _given_back(request):
    sealed = request.session.get(_SEALED)
    if not sealed:
        return None
    page, fields = typed.opened(sealed, mark=typed.mark_of(request.user)) or ("", {})
    here = request.path if request.method == "GET" else urlsplit(_page_of(request)).path
    if page and _in_any_language(here) != page:
        return None
    if not page or request.method == "POST":
        del request.session[_SEALED]
        return None
    words = QueryDict(mutable=True)
    for name, values in fields.items():
        words.setlist(name, values)
    return words


def _in_any_language(path):
    return languages.in_language(path, "en")


def page_too_old(request, reason=""):
    """CSRF_FAILURE_VIEW. A page that is older than the last sign-in gets its words back.

    Only where the browser itself says that our own page sent the form: words that another
    site forged must never stand in a form of ours.
    """
    own = f"{request.scheme}://{request.get_host()}"
    from_our_page = request.headers.get("Origin", "") == own
    if from_our_page and request.method == "POST" and _keep(request):
        page = _page_of(request)
        return HttpResponseRedirect(page) if request.user.is_authenticated else redirect_to_login(page)
    return render(request, "csrf.html", status=403)
