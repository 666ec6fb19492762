"""Settings of a portal that is meant: what must be set is required, and nothing is invented.

Which variables it reads stands in the README. That it runs on the right database, as a
role that owns no table, with ways out for messages, is checked before it serves:
apps/operations/checks.py.
"""

from django.core.exceptions import ImproperlyConfigured

from config.settings import *  # noqa: F403
from config.settings import DATABASES, env

_REQUIRED = {
    "SECRET_KEY": "a long random text that no other portal has",
    "ALLOWED_HOSTS": "the names under which it is reached, divided by commas",
    "PORTAL_ADDRESS": "where people open it, such as https://portal.example.gov.hk",
    "DATABASE_URL": "the database, as the role that serves",
    "EMAIL_URL": "the mail server, such as smtp+tls://user:password@mail.example:587",
    "DEFAULT_FROM_EMAIL": "who its mails come from",
    "MEDIA_ROOT": "the folder that keeps the files people send",
}
for _name, _what in _REQUIRED.items():
    if not env.str(_name, default="").strip():
        raise ImproperlyConfigured(f"Set {_name} before starting in production: {_what}.")

PRODUCTION = True
DEBUG = False
TEXT_PORT = env.str("TEXT_PORT", default="")

# Behind a proxy that ends TLS and writes this header itself, whatever a client sends.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies stand before us, each adding to X-Forwarded-For: limits count the visitor's
# own address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = False  # a promise for the whole domain, which is not ours to give
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

DATABASES["default"]["OPTIONS"]["connect_timeout"] = 5

# Collected once, under names that tell their content, and kept by browsers for good.
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
