"""A certificate authority that lives as long as the stand-in, and one certificate for all hosts that it plays."""

import datetime
import ssl
import tempfile
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_LIFE = datetime.timedelta(days=7)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(subject: str, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name("Stand-in CA")).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + _LIFE)


def _usage(for_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=for_authority,
        crl_sign=for_authority,
        encipher_only=False,
        decipher_only=False,
    )


class Authority:
    """Keys and certificates, made when the object is; `hosts` may hold wildcards."""

    def __init__(self, hosts: tuple[str, ...]) -> None:
        self._hosts = hosts
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._certificate = self._own()

    def _own(self) -> x509.Certificate:
        key = self._key.public_key()
        builder = _builder("Stand-in CA", key).add_extension(x509.BasicConstraints(True, 0), critical=True)
        builder = builder.add_extension(_usage(True), critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        return builder.sign(self._key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        """The authority's certificate: what a client must trust."""
        return self._certificate.public_bytes(serialization.Encoding.PEM)

    def _leaf(self) -> bytes:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder("Stand-in", key.public_key()).add_extension(
            x509.BasicConstraints(False, None), critical=True
        )
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in self._hosts])
        builder = builder.add_extension(names, critical=False).add_extension(_usage(False), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        certificate = builder.add_extension(issuer, critical=False).sign(self._key, hashes.SHA256())
        form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        private = key.private_bytes(serialization.Encoding.PEM, *form)
        return private + certificate.public_bytes(serialization.Encoding.PEM)

    @cached_property
    def server_context(self) -> ssl.SSLContext:
        """The TLS side of every tunnel. The key goes through a file, gone at once: ssl loads it in no other way."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory(prefix="stand-in-") as folder:
            chain = Path(folder) / "leaf.pem"
            chain.write_bytes(self._leaf())
            context.load_cert_chain(chain)
        return context
