"""`make run`: one computer, SQLite, nothing else needed. All state is in one folder, `var`."""

import os
import sys

import structlog

from ltip.settings.base import *  # noqa: F403
from ltip.settings.base import (
    PROJECT,
    Path,
    database,
    env,
    environ,
    logging_to_terminal,
    site_address,
)

STATE = Path(os.environ.get("LTIP_STATE", PROJECT / "var"))
if not (STATE / "local.env").exists():
    raise environ.ImproperlyConfigured(
        f"{STATE / 'local.env'} is missing: `make run` writes the keys of this installation there."
    )
environ.Env.read_env(STATE / "local.env")

DEMONSTRATION_ALLOWED = True
SECRET_KEY = env.str("SECRET_KEY")
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS")
FIELD_HMAC_KEY = env.str("FIELD_HMAC_KEY")
SIGNING_KEY_FILE = env.str("SIGNING_KEY_FILE", default=str(STATE / "signing-key.p12"))
SIGNING_KEY_PASSPHRASE = env.str("SIGNING_KEY_PASSPHRASE", default="")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
SITE_ADDRESS = site_address(
    env.str("SITE_ADDRESS", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"),
    scheme="http",
)
DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{STATE / 'ltip.sqlite3'}"))
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = STATE / "mail"
DEFAULT_FROM_EMAIL = "ltip@localhost"
LOGGING = logging_to_terminal(renderer=structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()))
