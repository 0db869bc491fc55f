"""Signing a paper: one signature over the whole file, and any change breaks it."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ltip.records import signing
from ltip.records.typesetting import compiled
from ltip.rules.outcome import Refused

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAPER = b"""#set document(title: "Paper", date: datetime(year: 2012, month: 1, day: 1))
#set text(font: "Libertinus Serif", lang: "en")
The Committee certifies 341 shares."""


def validated(content: bytes, key: signing.SigningKey) -> PdfSignatureStatus:
    """What the library says of the only signature, trusting the certificate of the key."""
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    trusted = ValidationContext(trust_roots=[key.signer.signing_cert])
    return validate_pdf_signature(signature, trusted)


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return compiled(PAPER, {})


def test_the_signature_is_valid_and_covers_the_whole_file(
    unsigned: bytes, signing_key: signing.SigningKey
) -> None:
    signed = signing.signed(unsigned, key=signing_key, reason="Paper of an adopted act")
    assert signed.startswith(unsigned)
    status = validated(signed, signing_key)
    assert (status.intact, status.valid, status.trusted, status.docmdp_ok) == (True,) * 4
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.sig_object["/Reason"] == "Paper of an adopted act"


@pytest.mark.parametrize("place", ["the first tenth", "the middle of the unsigned paper"])
def test_a_changed_byte_breaks_it(
    unsigned: bytes, signing_key: signing.SigningKey, place: str
) -> None:
    signed = bytearray(signing.signed(unsigned, key=signing_key, reason=""))
    stream = signed.index(
        b"stream", len(unsigned) // 10 if "tenth" in place else len(unsigned) // 2
    )
    signed[stream + 30] ^= 1
    status = validated(bytes(signed), signing_key)
    assert not status.intact
    assert not status.bottom_line


def test_what_is_added_after_the_signature_is_seen(
    unsigned: bytes, signing_key: signing.SigningKey
) -> None:
    signed = signing.signed(unsigned, key=signing_key, reason="")
    again = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = again.root["/Pages"]["/Kids"][0]
    page[NameObject("/Rotate")] = NumberObject(180)
    again.update_container(page)
    added = io.BytesIO()
    again.write(added)
    assert added.getvalue().startswith(signed)
    status = validated(added.getvalue(), signing_key)
    assert status.coverage != SignatureCoverageLevel.ENTIRE_FILE
    assert not status.bottom_line


def test_without_a_file_in_the_settings_there_is_no_key(settings: Any) -> None:
    settings.SIGNING_KEY_FILE = ""
    assert signing.configured_key(at=NOW) is None


def test_a_key_with_a_passphrase_opens_with_it_and_with_no_other(
    settings: Any, tmp_path: Path
) -> None:
    key, certificate, _ = pkcs12.load_key_and_certificates(signing.demonstration_key(at=NOW), None)
    assert key is not None
    file = tmp_path / "company.p12"
    encryption = BestAvailableEncryption(b"open sesame")
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, encryption)  # type: ignore[arg-type]
    )
    settings.SIGNING_KEY_FILE, settings.SIGNING_KEY_PASSPHRASE = str(file), "open sesame"
    assert signing.configured_key(at=NOW) is not None
    for wrong in ("", "close sesame"):
        settings.SIGNING_KEY_PASSPHRASE = wrong
        with pytest.raises(Refused, match="is no PKCS#12 file, or has another passphrase"):
            signing.configured_key(at=NOW)


def test_a_file_that_is_missing_or_no_key_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_KEY_FILE = str(tmp_path / "none.p12")
    with pytest.raises(Refused, match="can't be read"):
        signing.configured_key(at=NOW)
    (tmp_path / "none.p12").write_bytes(b"no key")
    with pytest.raises(Refused, match="is no PKCS#12 file"):
        signing.configured_key(at=NOW)


def test_a_file_without_a_key_or_without_its_certificate_is_refused(
    settings: Any, tmp_path: Path
) -> None:
    key, certificate, _ = pkcs12.load_key_and_certificates(signing.demonstration_key(at=NOW), None)
    file = tmp_path / "half.p12"
    settings.SIGNING_KEY_FILE = str(file)
    for half in ((key, None, None), (None, None, [certificate])):
        content = pkcs12.serialize_key_and_certificates(b"seal", *half, NoEncryption())  # type: ignore[arg-type]
        file.write_bytes(content)
        with pytest.raises(Refused, match="holds no key with its certificate"):
            signing.configured_key(at=NOW)


@pytest.mark.parametrize(
    ("at", "is_valid"),
    [
        (NOW - timedelta(days=1, seconds=1), False),
        (NOW - timedelta(days=1), True),
        (NOW + signing.DEMONSTRATION_VALIDITY, True),
        (NOW + signing.DEMONSTRATION_VALIDITY + timedelta(seconds=1), False),
    ],
)
def test_a_certificate_outside_its_validity_does_not_sign(
    settings: Any, tmp_path: Path, at: datetime, is_valid: bool
) -> None:
    file = tmp_path / "key.p12"
    file.write_bytes(signing.demonstration_key(at=NOW))
    settings.SIGNING_KEY_FILE = str(file)
    if is_valid:
        assert signing.configured_key(at=at) is not None
    else:
        with pytest.raises(Refused, match="is valid from 24 November 2026 to 1 November 2126"):
            signing.configured_key(at=at)


def test_a_demonstration_makes_its_key_once_for_its_own_user_alone(
    settings: Any, tmp_path: Path
) -> None:
    file = tmp_path / "signing-key.p12"
    settings.SIGNING_KEY_FILE = str(file)
    call_command("make_signing_key")
    made = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    key = signing.configured_key(at=datetime.now(UTC))
    assert key is not None
    assert key.is_demonstration
    call_command("make_signing_key")
    assert file.read_bytes() == made
    assert list(tmp_path.iterdir()) == [file]


def test_in_earnest_no_key_is_made(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_KEY_FILE = str(tmp_path / "signing-key.p12")
    settings.DEMONSTRATION_ALLOWED = False
    with pytest.raises(CommandError, match="Only a demonstration makes its own key"):
        call_command("make_signing_key")
    assert not list(tmp_path.iterdir())
