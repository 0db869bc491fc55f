"""`manage.py scenario`: an empty database in memory, keys that nobody keeps, nothing to prepare."""

import secrets

import structlog
from cryptography.fernet import Fernet

from ltip.settings.base import *  # noqa: F403
from ltip.settings.base import database, logging_to_terminal

SECRET_KEY = secrets.token_urlsafe(50)
FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
FIELD_HMAC_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS: list[str] = []
SITE_ADDRESS = "http://localhost/"
# The accounts of a story live as long as its transaction, and their passwords protect nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {"default": database("sqlite://:memory:")}
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LOGGING = logging_to_terminal(renderer=structlog.dev.ConsoleRenderer(colors=False))
