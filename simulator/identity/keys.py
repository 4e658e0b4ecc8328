"""The key pair that stands for Google's, and the certificate that is published for it."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from simulator.files import write_whole

_LIFETIME = datetime.timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA key (PEM), its certificate (PEM), and the id under which the certificate is published."""

    key_id: str
    private: bytes
    certificate: bytes

    def published(self) -> dict[str, str]:
        """What `GET /oauth2/v1/certs` answers: key id to certificate."""
        return {self.key_id: self.certificate.decode()}


def kept(folder: Path) -> SigningKey:
    """The key kept in `folder`; made at the first call, so that tokens and caches outlive a restart."""
    path = folder / "signing-key.pem"
    if not path.exists():
        write_whole(path, _made())
    return _read(path.read_bytes())


def _made() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "simulated.google")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + _LIFETIME)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _read(pem: bytes) -> SigningKey:
    mark = b"-----BEGIN CERTIFICATE-----"
    private, _, rest = pem.partition(mark)
    certificate = x509.load_pem_x509_certificate(mark + rest)
    return SigningKey(certificate.fingerprint(hashes.SHA256()).hex()[:40], private, mark + rest)
