"""Officers set up a second factor before any page of their own; idle sessions end."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.rules import ROLES
from apps.core import dates

_TOUCH_EVERY = timedelta(minutes=5)


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
        messages.info(
            request, _("Set up a second step for signing in first. Then your pages open.")
        )
        request.session["after_second_factor"] = request.get_full_path()
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


class IdleSessions:
    """A session lives on by use: rewritten every five minutes, not at each request (a write
    each)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            _touch(request.session)
        return response


def _touch(session):
    now = dates.now()
    seen = session.get("seen_at")
    if seen is None or abs(now - datetime.fromisoformat(seen)) >= _TOUCH_EVERY:
        session["seen_at"] = now.isoformat()
