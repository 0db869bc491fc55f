"""The tests: the same settings, on the database they are given, with cheap password hashes."""

import structlog

from ltip.settings.base import *  # noqa: F403
from ltip.settings.base import database, env, logging_to_terminal

DEMONSTRATION_ALLOWED = True
SECRET_KEY = "only-for-tests-" + "0123456789" * 5
FIELD_ENCRYPTION_KEYS = ["dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="]
FIELD_HMAC_KEY = "tests-only-" * 4
SIGNING_KEY_FILE = SIGNING_KEY_PASSPHRASE = ""
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SITE_ADDRESS = "https://ltip.example/"
DATABASES = {"default": database(env.str("TEST_DATABASE_URL", default="sqlite://:memory:"))}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = logging_to_terminal(renderer=structlog.dev.ConsoleRenderer(colors=False))
# Tests sign in more often in a minute than people do.
ACCOUNT_RATE_LIMITS = False
