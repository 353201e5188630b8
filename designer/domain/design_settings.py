"""The settings of a whole design, described like a component type's properties."""

from collections.abc import Mapping
from typing import Any

from catalog.domain.property_schemas import PropertySchema
from designer.domain.usage_assumptions import PER_DESIGN

SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "environment": {
        "title": "Environment",
        "type": "string",
        "enum": ["production", "staging", "test", "development"],
        "default": "production",
    },
    "region": {
        "title": "Region",
        "description": "The region's name in the cloud. Empty takes the cloud's own.",
        "type": "string",
        "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$",
        "x-hint": "A region is named as the cloud names it, such as eu-west-2.",
    },
    "admin_cidr": {
        "title": "Administrators",
        "description": "The address range that may open SSH to servers. Empty lets only a bastion in.",
        "type": "string",
        "format": "ipv4-cidr",
        "pattern": "^(?!.*/0$)",
        "x-hint": "SSH never opens to the whole internet. Name your office's range, such as 203.0.113.0/24.",
    },
    "ssh_public_key": {
        "title": "SSH public key",
        "description": "Put on every server, so that its owner can sign in.",
        "type": "string",
        "maxLength": 8192,
        "pattern": "^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp[0-9]+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/]+={0,3}( .*)?$",
        "x-hint": "A public key is one line that begins with ssh-ed25519 or ssh-rsa.",
    },
    "hours_per_month": {
        "title": "Hours a month",
        "description": "How long servers run, unless a schedule says it. Empty takes the book's full month.",
        "type": "number",
        "minimum": 1,
        "maximum": 744,
        "x-unit": "h",
    },
    **PER_DESIGN,
}

SETTINGS_SCHEMA = PropertySchema(SETTINGS)
