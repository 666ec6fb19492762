"""Which app answers where. Includes only: the pages stand in each app's urls.py."""

from importlib.util import find_spec

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from apps.core.views import gallery

_PREFIXES = {
    "accounts": "",
    "programme": "",
    "businesses": "",
    "letters": "letters/",
    "catalogue": "",
    "applications": "",
    "integrity": "",
    "casework": "desk/",
    "operations": "",
    "front": "",
}


def _app(name):
    return path(_PREFIXES[name], include((f"apps.{name}.urls", name), namespace=name))


urlpatterns = [
    path("", include("apps.core.urls")),
    *i18n_patterns(
        *[_app(name) for name in _PREFIXES if apps.is_installed(f"apps.{name}") and find_spec(f"apps.{name}.urls")],
        path("", include("apps.accounts.urls.library")),
        path("lists/", include("apps.programme.admin")),
        path("gallery/", gallery, name="gallery"),
        prefix_default_language=True,
    ),
]
if find_spec("apps.front.api"):
    urlpatterns.append(path("api/v1/", include("apps.front.api_urls")))
if find_spec("apps.operations.health_urls"):
    urlpatterns.append(path("", include("apps.operations.health_urls")))

handler400 = "apps.core.views.unreadable"
handler404 = "apps.core.views.not_found"
handler500 = "apps.core.views.failed"
handler403 = "apps.core.views.not_found"
