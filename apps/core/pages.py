"""Deny by default: a page says who it is for, or nobody sees it."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.utils.http import url_has_allowed_host_and_scheme

_TESTS = {}


def audience_test(name):
    """Register how to tell that an account belongs to an audience (accounts, businesses do)."""

    def register(test):
        _TESTS[name] = test
        return test

    return register


def audience(*names):
    """Declare who a page is for: "public", "signed_in", or any registered audience.

    Nobody signed in goes to sign in first; a stranger gets 404 and learns nothing.
    """

    def declare(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if "public" in names:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if "signed_in" in names or any(_TESTS[name](request.user) for name in names):
                return view(request, *args, **kwargs)
            raise Http404

        guarded.audience = names
        return guarded

    return declare


def own_address(target):
    """`target` when it is the path of a page of this portal, as in ?next=; else ""."""
    ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if ours else ""


def known_audiences():
    return {"public", "signed_in", *_TESTS}
