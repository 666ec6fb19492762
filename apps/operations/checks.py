"""What production refuses to start with; one sentence each, which says how to mend it.

They are deployment checks of Django's under the tag "production": `manage.py check --deploy
--tag production` prints them, and whatever serves asks `refusals()` first. They are not
tagged "database", because `migrate` asks those as the owner, who owns tables by right.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Critical, register, run_checks
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

from apps.core.models import Demonstration

TAG = "production"
SHORTEST_SECRET = 50
DEFAULTS_WORD = "demonstration"
NO_MAIL = ("console", "locmem", "dummy", "filebased")
OWNED = """
    SELECT count(*), min(tablename) FROM pg_tables
    WHERE schemaname = ANY (current_schemas(false))
      AND pg_has_role(current_user, tableowner, 'USAGE')
"""


def refusals() -> list[str]:
    """Why this portal must not serve; nothing outside production, or when all is well."""
    if not settings.PRODUCTION:
        return []
    found = run_checks(tags=[TAG], include_deployment_checks=True)
    return [message.msg for message in found]


@register(TAG, deploy=True)
def secret_is_its_own(app_configs, **kwargs):
    secret = settings.SECRET_KEY
    if len(secret) >= SHORTEST_SECRET and DEFAULTS_WORD not in secret:
        return []
    return _refuse(
        1,
        f"SECRET_KEY is the demonstration's or shorter than {SHORTEST_SECRET} characters: set a "
        "long random text of this portal's own.",
    )


@register(TAG, deploy=True)
def address_is_safe(app_configs, **kwargs):
    if "*" in settings.ALLOWED_HOSTS:
        return _refuse(2, "ALLOWED_HOSTS lets any name in: list the names that are this portal's.")
    if urlsplit(settings.PORTAL_ADDRESS).scheme != "https":
        return _refuse(2, "PORTAL_ADDRESS does not start with https://: letters would print an open address.")
    return []


@register(TAG, deploy=True)
def mail_goes_out(app_configs, **kwargs):
    if not any(word in settings.EMAIL_BACKEND for word in NO_MAIL):
        return []
    return _refuse(3, "EMAIL_URL names no mail server: mails would stay on this machine.")


@register(TAG, deploy=True)
def text_messages_go_out(app_configs, **kwargs):
    port = getattr(settings, "TEXT_PORT", "")
    if not port:
        return _refuse(
            4,
            "TEXT_PORT is not set: name the function (address, text) that hands a text message to "
            "your service, such as yourcompany.texts.send.",
        )
    try:
        import_string(port)
    except ImportError:
        return _refuse(4, f"TEXT_PORT names {port}, which cannot be imported: correct it.")
    return []


@register(TAG, deploy=True)
def database_is_real(app_configs, **kwargs):
    try:
        return _of_the_database()
    except DatabaseError as fault:
        words = str(fault).strip().split("\n")[0]
        return _refuse(5, f"The database of DATABASE_URL does not answer as it should: {words}.")


def _of_the_database():
    if Demonstration.objects.exists():
        return _refuse(6, "This database is a demonstration: set DATABASE_URL to one without its row.")
    with connection.cursor() as cursor:
        cursor.execute(OWNED)
        count, first = cursor.fetchone()
    if not count:
        return []
    return _refuse(
        7,
        f"The role that serves owns {count} tables, {first} among them, and could rewrite history: "
        "give them to DATABASE_OWNER_URL's role and let DATABASE_URL name another.",
    )


def _refuse(number, sentence):
    if not settings.PRODUCTION:
        return []
    return [Critical(sentence, id=f"production.E{number:03d}")]
