import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from ltip.records import encryption


def test_what_is_encrypted_is_not_readable_and_comes_back() -> None:
    token = encryption.encrypt("123-45-6789")
    assert "123-45" not in token
    assert encryption.decrypt(token) == "123-45-6789"
    assert encryption.encrypt("") == encryption.decrypt("") == ""


def test_an_older_key_still_reads_and_rotation_moves_to_the_new_one(settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    token = encryption.encrypt("1 Long Lane")
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    assert encryption.decrypt(token) == "1 Long Lane"
    rotated = encryption.rotate(token)
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert encryption.decrypt(rotated) == "1 Long Lane"
    with pytest.raises(ImproperlyConfigured, match="FIELD_ENCRYPTION_KEYS"):
        encryption.decrypt(token)


def test_equal_texts_have_equal_fingerprints_only_under_the_same_key(settings) -> None:
    mine = encryption.fingerprint("123-45-6789")
    assert mine == encryption.fingerprint("123-45-6789")
    assert mine != encryption.fingerprint("123-45-6780")
    settings.FIELD_HMAC_KEY = "another"
    assert mine != encryption.fingerprint("123-45-6789")
