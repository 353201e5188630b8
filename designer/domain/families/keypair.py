"""SSH keys: the one in the design's settings in every region, and those drawn in a region."""

from designer.domain.document import Component
from designer.domain.families.context import SETTINGS, Context
from designer.domain.resources import KEY_PAIR, Resource


def expand_keypair(component: Component, context: Context) -> list[Resource]:
    """The servers of its region get it instead of the one in the settings."""
    public_key = component.properties.get("public_key")
    if not public_key:
        return []
    return [
        context.resource(
            component, "key_pair", KEY_PAIR, {"public_key": public_key}, name=context.name(component)
        )
    ]


def settings_key_pairs(context: Context) -> list[Resource]:
    """A key pair belongs to one region, so each region with servers gets one."""
    public_key = context.document.settings.get("ssh_public_key")
    if not public_key:
        return []
    return [
        Resource(
            key=context.settings_key_pair(region),
            kind=KEY_PAIR,
            component=SETTINGS,
            properties={"name": "Administrators", "public_key": public_key},
            region=region,
        )
        for region in context.key_pair_regions
    ]
