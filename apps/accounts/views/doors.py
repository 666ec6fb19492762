"""What the pages of the entrance share: coming in, going back to where one was, asking once
more."""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts import services
from apps.core import languages
from apps.core.pages import own_address

AGAIN_LASTS = 600  # seconds in which a change of how one signs in needs no second asking


def place_of(request) -> str:
    """The network address that limits are counted by."""
    return get_adapter().get_client_ip(request)


def safe_next(target: str) -> str:
    """The page to return to, in the language now spoken; "" for one that is not ours."""
    return languages.in_language(target, get_language()) if own_address(target) else ""


def enter(request, account, method: str, next_url: str = ""):
    """Sign in after a password or a code; the second factor, where set up, comes before the
    session."""
    if request.user.is_authenticated and request.user.pk != account.pk:
        get_adapter().logout(request)
    record_authentication(request, account, method, reauthenticated=True)
    services.record_sign_in(account=account, method=method)
    return perform_login(request, Login(user=account, redirect_url=next_url or None))


def confirmed_recently(request) -> bool:
    """Whether she showed within ten minutes, in this session, that it is she."""
    records = [row for row in get_authentication_records(request, request.user) if row.get("reauthenticated")]
    return bool(records) and time.time() - records[-1]["at"] < AGAIN_LASTS


def confirmed_first(view):
    """For pages that change how one signs in. allauth takes accounts without password and
    second factor for always fresh; here they confirm by a one-time code like anybody else."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not confirmed_recently(request):
            return HttpResponseRedirect(f"{reverse('accounts:again')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    guarded.audience = getattr(view, "audience", ("signed_in",))
    return guarded


def password_or_app_first(view):
    """For adding a security key: alone it could not confirm an act inside a form, so a
    password or an authenticator app must be there before it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if services.ways_to_confirm(request.user) == ("code",):
            messages.info(request, _("Set a password or an authenticator app first, then add a key."))
            return HttpResponseRedirect(reverse("mfa_index"))
        return view(request, *args, **kwargs)

    return guarded
