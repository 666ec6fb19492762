"""Production refuses to start where it would lie, leak or lose; one sentence each."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from apps.core import dates
from apps.core.models import Demonstration
from apps.operations.checks import refusals
from config.starting import NOT_WORTH_TRYING_AGAIN
from tests.databases import address

GOOD = {
    "SECRET_KEY": "k3" * 30,
    "ALLOWED_HOSTS": "portal.example.gov.hk",
    "PORTAL_ADDRESS": "https://portal.example.gov.hk",
    "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "DEFAULT_FROM_EMAIL": "no-reply@portal.example",
    "MEDIA_ROOT": "/var/lib/portal",
    "TEXT_PORT": "tests.operations.test_production.a_port",
}


def a_port(address, text):
    """Where the text messages of these tests would go."""


@pytest.fixture
def production(settings):
    """The settings as production sets them, in this process."""
    settings.PRODUCTION = True
    settings.SECRET_KEY = GOOD["SECRET_KEY"]
    settings.ALLOWED_HOSTS = ["portal.example.gov.hk"]
    settings.PORTAL_ADDRESS = GOOD["PORTAL_ADDRESS"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.TEXT_PORT = GOOD["TEXT_PORT"]
    return settings


@pytest.fixture
def serving(db):
    """From here on a role that reads and owns nothing, as grant_rights leaves one."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE a_serving_role")
        cursor.execute("GRANT SELECT ON core_demonstration TO a_serving_role")
        cursor.execute("SET LOCAL ROLE a_serving_role")


def the_only(sentences):
    assert len(sentences) == 1, sentences
    return sentences[0]


def test_a_portal_that_is_set_up_starts(production, serving):
    assert refusals() == []
    call_command("check", deploy=True, tags=["production"], fail_level="CRITICAL")


@pytest.mark.django_db
def test_outside_production_nothing_is_refused(settings):
    settings.SECRET_KEY = "short"
    assert refusals() == []


@pytest.mark.parametrize("secret", ["short", "the demonstration's own, refused in production, longer" * 2])
def test_a_default_or_short_secret(production, serving, secret):
    production.SECRET_KEY = secret
    assert "SECRET_KEY" in the_only(refusals())


def test_any_name_let_in(production, serving):
    production.ALLOWED_HOSTS = ["*"]
    assert "ALLOWED_HOSTS" in the_only(refusals())


def test_an_open_address(production, serving):
    production.PORTAL_ADDRESS = "http://portal.example.gov.hk"
    assert "https://" in the_only(refusals())


def test_mail_that_stays_on_the_machine(production, serving):
    production.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "EMAIL_URL" in the_only(refusals())


@pytest.mark.parametrize("port", ["", "no.such.port"])
def test_no_way_out_for_text_messages(production, serving, port):
    production.TEXT_PORT = port
    assert "TEXT_PORT" in the_only(refusals())


@pytest.mark.django_db
def test_a_serving_role_that_owns_tables(production):
    sentence = the_only(refusals())
    assert "owns" in sentence
    assert "DATABASE_OWNER_URL" in sentence


@pytest.mark.django_db
def test_a_demonstration(production):
    Demonstration.objects.create(created_at=dates.now())
    assert "demonstration" in the_only(refusals())
    with pytest.raises(SystemCheckError, match="demonstration"):
        call_command("check", deploy=True, tags=["production"], fail_level="CRITICAL")


def started(**changed):
    """What a web server that imports the portal gets: (status, standard error)."""
    kept = {name: value for name, value in os.environ.items() if name not in GOOD}
    environment = {**kept, **GOOD, "DJANGO_SETTINGS_MODULE": "config.production", **changed}
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr.strip()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "PORTAL_ADDRESS", "DATABASE_URL", "EMAIL_URL"])
def test_what_must_be_set_is_named(name):
    status, words = started(**{name: None})
    assert status == NOT_WORTH_TRYING_AGAIN
    assert words.startswith(f"The portal does not start. Set {name} before")
    assert "\n" not in words


@pytest.mark.slow
def test_a_database_that_does_not_answer():
    status, words = started()
    assert status == NOT_WORTH_TRYING_AGAIN
    assert "database of DATABASE_URL does not answer" in words.splitlines()[-1]


@pytest.mark.slow
def test_the_web_server_and_the_worker_ask_first(own_database):
    """Here the serving role is the owner, and the process ends before it serves anything."""
    status, words = started(DATABASE_URL=address())
    assert status == NOT_WORTH_TRYING_AGAIN
    assert "owns" in words.splitlines()[-1]


@pytest.mark.slow
def test_cookies_and_redirects_are_safe():
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "c = Client(headers={'host': 'portal.example.gov.hk'})\n"
        "r = c.get('/en/contact/'); print(r.status_code, r['Location'])\n"
        "print(c.get('/healthz').status_code)\n"
        "r = c.get('/healthz', secure=True); print(r['Strict-Transport-Security'])\n"
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG, s.PRODUCTION)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env={**os.environ, **GOOD, "DJANGO_SETTINGS_MODULE": "config.production"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [
        "301 https://portal.example.gov.hk/en/contact/",
        "200",
        "max-age=31536000; includeSubDomains",
        "True True False True",
    ], done.stderr
