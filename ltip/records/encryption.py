"""Personal data at rest: encrypted with keys that can be rotated, comparable by HMAC."""

import hmac
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def encrypt(text: str) -> str:
    """Encrypt with the first of the keys; an empty text stays empty."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def decrypt(token: str) -> str:
    """Decrypt with whichever of the keys fits; refuses a token that none of them made."""
    return decrypt_bytes(token.encode()).decode() if token else ""


def decrypt_bytes(token: bytes) -> bytes:
    """Decrypt the bytes of a file in the same way."""
    try:
        return _fernet().decrypt(token)
    except InvalidToken as error:
        raise ImproperlyConfigured(
            "A stored value can't be read with any key of FIELD_ENCRYPTION_KEYS: "
            "add the key it was written with behind the current one."
        ) from error


def rotate(token: str) -> str:
    """Encrypt a stored token again with the first of the keys."""
    return _fernet().rotate(token.encode()).decode() if token else ""


def fingerprint(text: str) -> str:
    """A keyed digest: equal texts compare equal without being readable."""
    if not text:
        return ""
    return hmac.new(settings.FIELD_HMAC_KEY.encode(), text.encode(), sha256).hexdigest()


def encrypt_bytes(content: bytes) -> bytes:
    """Encrypt a file with the first of the keys."""
    return _fernet().encrypt(content)


def _fernet() -> MultiFernet:
    return _of_keys(tuple(settings.FIELD_ENCRYPTION_KEYS))


@lru_cache(maxsize=2)
def _of_keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
