"""A certificate in the key manager, for a load balancer that ends TLS."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from openstack import exceptions
from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, named
from deployer.domain.cloud import Item, Live, LiveStatus, Order, Tag
from designer.domain import resources

VALID_DAYS = 397  # the longest that browsers take


class SecretHandler(Handler):
    """A self-signed PKCS12, to be replaced by a bought certificate. Barbican has only a name for our tag."""

    kind = resources.SECRET

    def items(self, conn: Connection) -> Iterator[Item]:
        for secret in conn.key_manager.secrets():
            name = secret.name or ""
            yield Item(self.kind, _uuid(secret.secret_ref), name, Tag.find_in(name), LiveStatus.ACTIVE)

    def create(self, conn: Connection, order: Order) -> Live:
        created = conn.key_manager.create_secret(
            name=named(order),
            payload=base64.b64encode(
                new_certificate(str(order.spec.get("common_name") or "localhost"))
            ).decode(),
            payload_content_type="application/octet-stream",
            payload_content_encoding="base64",
            secret_type="opaque",  # noqa: S106  Barbican's word for bytes it does not look into
        )
        return _live(created.secret_ref)

    def find_made(self, conn: Connection, order: Order, heat_id: str) -> Live:
        return self.get(conn, _uuid(heat_id))  # Heat knows it by its whole address

    def get(self, conn: Connection, cloud_id: str) -> Live:
        # The SDK's get_secret fetches the payload too; whether it is there is all we ask.
        endpoint = str(conn.key_manager.get_endpoint()).rstrip("/")
        base = endpoint if endpoint.endswith("/v1") else f"{endpoint}/v1"
        answer = conn.key_manager.get(f"{base}/secrets/{cloud_id}", headers={"Accept": "application/json"})
        exceptions.raise_from_response(answer)
        return _live(answer.json()["secret_ref"])

    def delete(self, conn: Connection, cloud_id: str) -> None:
        conn.key_manager.delete_secret(cloud_id, ignore_missing=False)


def _uuid(ref: str) -> str:
    return ref.rstrip("/").rpartition("/")[2]


def _live(ref: str) -> Live:
    """Octavia wants the whole reference, so that is the output."""
    return Live(_uuid(ref), LiveStatus.ACTIVE, outputs={"id": ref})


def new_certificate(common_name: str) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(common_name[:250])]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"certificate", key, certificate, None, NoEncryption())
