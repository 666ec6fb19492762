"""Settings for the demonstration, development and tests; production's are in config/production.py.

What differs between machines comes from the environment. Policy never does: it stands
in the programme's dated rows.
"""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUCTION = False
DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="the demonstration's own, refused in production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
PORTAL_ADDRESS = env("PORTAL_ADDRESS", default="http://127.0.0.1:8000")
STATE_DIR = Path(env("PORTAL_STATE", default=str(ROOT / ".portal")))

INSTALLED_APPS = [
    "apps.core",
    "apps.funding",
    "apps.audit",
    "apps.outbox",
    "apps.accounts",
    "apps.documents",
    "apps.questions",
    "apps.programme",
    "apps.businesses",
    "apps.letters",
    "apps.ledger",
    "apps.catalogue",
    "apps.applications",
    "apps.front",
    "apps.integrity",
    "apps.casework",
    "apps.operations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.admin.apps.SimpleAdminConfig",  # only the programme's lists: apps/programme/admin.py
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "django_htmx",
]
MIDDLEWARE = [
    "apps.core.middleware.ArrivalAtTheDoor",
    "apps.core.middleware.OneAnswerEach",
    "apps.core.middleware.NoNulls",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "apps.core.middleware.LanguageOfTheAddress",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.accounts.middleware.IdleSessions",
    "apps.core.middleware.HeadersOfEveryPage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.core.middleware.DenyByDefault",
    "apps.accounts.middleware.SecondFactorFirst",
    "apps.accounts.middleware.TypedWords",
    "apps.core.middleware.RefusalInWords",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = []

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context.frame",
                "apps.front.context.ways",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "portal"
CRISPY_TEMPLATE_PACK = "portal"
CRISPY_FAIL_SILENTLY = False

# One database. The owner migrates (DATABASE_OWNER_URL); this role serves, without the
# right to change what is append-only.
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://portal@127.0.0.1:5432/portal")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), "pool": False}
DATABASES["default"]["ATOMIC_REQUESTS"] = False

MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(STATE_DIR / "media")))
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Languages -----------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Hong_Kong"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "config" / "locale"]

# Sessions and cookies ------------------------------------------------------------------
SESSION_COOKIE_AGE = 65 * 60  # idle for an hour: accounts.middleware rewrites it every 5 minutes of use
OFFICERS_SESSION_AGE = 35 * 60  # for whoever holds a role: half an hour
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.accounts.middleware.page_too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers -------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
# In the shape of Django 6's SECURE_CSP, so that the move is a rename.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "manifest-src": ["'self'"],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": SECURE_CSP}

# Uploads -------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # more than documents takes, so that it says so file by file
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

# Mail and queue ------------------------------------------------------------------------
vars().update(env.email("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="DTSPP portal <no-reply@portal.invalid>")
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="")
import config.celery  # noqa: E402, F401  every process must know the queue; it reads these settings later

TEXT_MESSAGE_FILE = STATE_DIR / "text-messages.log"

# accounts ------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "front:mine"
DESK_URL = "casework:mine"  # where an officer lands; unknown names fall back to the account page
AUTHENTICATION_BACKENDS = ["apps.accounts.signin.Backend"]
PASSWORD_HASHERS = ["apps.accounts.hashers.PortalArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Sign-up, codes and passwords are ours (apps/accounts); allauth brings second factors and sessions.
ACCOUNT_ADAPTER = "apps.accounts.signin.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = False  # they count per address; ours join contact and address, in the database
MFA_ADAPTER = "apps.accounts.signin.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "apps.accounts.forms.SecondFactorForm",
    "activate_totp": "apps.accounts.forms.ActivateAppForm",
    "add_webauthn": "apps.accounts.forms.AddKeyForm",
    "authenticate_webauthn": "apps.accounts.forms.UseKeyForm",
}
# (end of accounts)

# Limits on guessing live in the database, so that every worker counts alike.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
