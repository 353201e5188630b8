"""TLS certificates that are drawn: the balancers that they name answer HTTPS with them."""

from designer.domain.blueprint import CERTIFICATE_STORE
from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import SECRET, Resource


def expand_certificate(component: Component, context: Context) -> list[Resource]:
    """Signed by itself until somebody replaces it, like the one that a balancer makes for itself."""
    if not context.has(CERTIFICATE_STORE):
        return []
    said = component.properties
    return [
        context.resource(
            component,
            "secret",
            SECRET,
            {
                "purpose": "certificate",
                "common_name": said["domains"][0],
                "domains": list(said["domains"]),
                "expires_in_days": said["expires_in_days"],
            },
            name=context.name(component),
        )
    ]
