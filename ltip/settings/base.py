"""What every installation shares. Keys, addresses and the database come from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import structlog
from csp.constants import NONE, SELF

PROJECT = Path(__file__).resolve().parent.parent.parent

env = environ.Env()


def database(url: str) -> dict[str, Any]:
    """The settings of the one database, which is PostgreSQL or SQLite."""
    settings = env.db_url_config(url)
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # recursive_triggers: without it INSERT OR REPLACE walks round the triggers that refuse
        # deletion. IMMEDIATE: a transaction that will write waits at its start, not half way.
        settings["OPTIONS"] = {
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
            ),
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        }
    elif settings["ENGINE"] == "django.db.backends.postgresql":
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    else:
        raise environ.ImproperlyConfigured("The database must be PostgreSQL or SQLite.")
    return settings


def site_address(address: str, *, scheme: str) -> str:
    """The address that links in mails begin with, refused where they would lead nowhere."""
    parts = urlsplit(address)
    if parts.scheme != scheme or not parts.hostname or parts.path.strip("/") or parts.query:
        raise environ.ImproperlyConfigured(
            f"SITE_ADDRESS is where people reach this installation, like {scheme}://ltip.example, "
            f"and not “{address}”."
        )
    return f"{scheme}://{parts.netloc}/"


def logging_to_terminal(*, renderer: Any) -> dict[str, Any]:
    """Log lines of ours and of the libraries, through one structlog renderer, to stderr."""
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": before,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            }
        },
        "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["terminal"], "level": "WARNING"},
        "loggers": {
            name: {"level": "INFO"} for name in ("ltip", "committee", "participants", "celery")
        },
    }


DEBUG = False
# The invented company is loaded only where an installation is made for it.
DEMONSTRATION_ALLOWED = False
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "ltip.records",
    "ltip.accounts",
    "ltip.jobs",
    "ltip.notices",
    "ltip.program",
    "committee",
    "participants",
    "ltip.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Last: it turns a locked-out sign-in into the page that says so.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "ltip.urls"
WSGI_APPLICATION = "ltip.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ltip.desk.context.surroundings",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The role the application signs in with on PostgreSQL; it owns nothing and is granted what it
# needs after each migration. Empty where the application owns its database.
DATABASE_APPLICATION_ROLE = env.str("DATABASE_APPLICATION_ROLE", default="")

LANGUAGE_CODE = "en"
LOCALE_PATHS = [PROJECT / "locale"]
# A language is offered once its catalogue is compiled: no page is half in one and half in another.
LANGUAGES = [
    ("en", "English"),
    *(
        (catalogue.parts[-3].lower().replace("_", "-"), catalogue.parts[-3])
        for catalogue in sorted(LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.mo"))
    ),
]
FORMAT_MODULE_PATH = ["ltip.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [PROJECT / "static"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "ltip.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Failed sign-ins are counted by axes, in the database, for all processes together.
ACCOUNT_RATE_LIMITS: Any = {"login_failed": None}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# Locked is the pair of account and address: otherwise anyone could lock out a director.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "ltip.accounts.adapter.attempted_email"
AXES_CLIENT_IP_CALLABLE = "ltip.accounts.adapter.client_address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Whoever decides or approves gives a code of their second factor with every binding step.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Without a broker, `manage.py run_jobs` claims the same rows that Celery's workers would.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {"timetable": {"task": "jobs.timetable", "schedule": 60.0}}

# The PKCS#12 file with the key that signs papers of adopted acts; without one they stay unsigned.
SIGNING_KEY_FILE = env.str("SIGNING_KEY_FILE", default="")
SIGNING_KEY_PASSPHRASE = env.str("SIGNING_KEY_PASSPHRASE", default="")
