"""Signing a paper's bytes with the company's key, and the key a demonstration makes for itself.

Only a worker signs. The library takes half a second to load: import this module where it is used.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

PLACE = "Signing"
FIELD = SigFieldSpec("Seal", readable_field_name="Electronic signature over the whole file")
DEMONSTRATION_SUBJECT = x509.Name(
    [x509.NameAttribute(NameOID.COMMON_NAME, "Demonstration key made by this installation")]
)
DEMONSTRATION_VALIDITY = timedelta(days=100 * 365)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key of the settings with its certificate, ready to sign."""

    signer: SimpleSigner
    subject: str
    digest: str
    is_demonstration: bool


def configured_key(*, at: datetime) -> SigningKey | None:
    """The key that the settings name, or None where they name none.

    Refuses a file that can't be read with the passphrase, and a certificate outside its validity
    at the machine's time `at`.
    """
    if not settings.SIGNING_KEY_FILE:
        return None
    signer, certificate = _loaded(
        Path(settings.SIGNING_KEY_FILE), settings.SIGNING_KEY_PASSPHRASE.encode() or None
    )
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= at <= ends:
        raise Refused(
            f"The certificate of the signing key is valid from {day_text(begins)} to "
            f"{day_text(ends)}.",
            place=PLACE,
            remedy="Name a key with a valid certificate in SIGNING_KEY_FILE.",
        )
    return SigningKey(
        signer=signer,
        subject=certificate.subject.rfc4514_string(),
        digest=certificate.fingerprint(hashes.SHA256()).hex(),
        is_demonstration=certificate.subject == DEMONSTRATION_SUBJECT,
    )


def signed(content: bytes, *, key: SigningKey, reason: str) -> bytes:
    """The PDF with one invisible signature over all of it, after which nothing may be added."""
    paper = IncrementalPdfFileWriter(BytesIO(content))
    metadata = PdfSignatureMetadata(
        field_name=FIELD.sig_field_name,
        md_algorithm="sha256",
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    return bytes(sign_pdf(paper, metadata, signer=key.signer, new_field_spec=FIELD).getvalue())


def demonstration_key(*, at: datetime) -> bytes:
    """A new key with a certificate that it signed itself and that says so, as PKCS#12.

    Not encrypted: it would lie beside its passphrase.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(DEMONSTRATION_SUBJECT)
        .issuer_name(DEMONSTRATION_SUBJECT)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + DEMONSTRATION_VALIDITY)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, NoEncryption())


def _loaded(file: Path, passphrase: bytes | None) -> tuple[SimpleSigner, x509.Certificate]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(
            f"The signing key {file} can't be read ({error.strerror}).",
            place=PLACE,
            remedy="Put the file there, or name another in SIGNING_KEY_FILE.",
        ) from error
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(content, passphrase)
    except ValueError as error:
        raise Refused(
            f"The signing key {file} is no PKCS#12 file, or has another passphrase.",
            place=PLACE,
            remedy="Set SIGNING_KEY_PASSPHRASE to the passphrase of the file.",
        ) from error
    if key is None or certificate is None:
        raise Refused(f"The file {file} holds no key with its certificate.", place=PLACE)
    signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=passphrase)
    return signer, certificate
