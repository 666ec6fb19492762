"""Deny by default: every route says who it is for, and only in words that somebody tests."""

import pytest
from django.http import Http404
from django.urls import get_resolver

from apps.core.middleware import DenyByDefault, declared_audience
from apps.core.pages import known_audiences


def routes(patterns=None, before=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


# Pages that the admin brings along and nobody needs: without an audience they stay shut.
SHUT = {"django.views.generic.base", "django.contrib.contenttypes.views"}


def test_every_route_declares_an_audience_that_is_known():
    found = list(routes())
    known = known_audiences()
    wrong = [
        (address, names)
        for address, view in found
        if not set(names := declared_audience(view) or ()) <= known or (not names and view.__module__ not in SHUT)
    ]
    assert len(found) > 20
    assert not wrong, "\n".join(map(str, wrong))


def test_what_declares_nothing_is_shut_even_for_an_administrator(rf):
    guard = DenyByDefault(lambda request: None)
    shut = [view for _address, view in routes() if view.__module__ in SHUT]
    for view in [*shut, lambda request: None]:
        with pytest.raises(Http404):
            guard.process_view(rf.get("/"), view, (), {})


def test_every_own_page_declares_it_itself():
    lent = [
        address
        for address, view in routes()
        if view.__module__.startswith("apps.") and not getattr(view, "audience", None)
    ]
    assert lent == []
