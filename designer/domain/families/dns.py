"""DNS zones: one set of records for the domain's name, with the public address of everything it links to."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import DNS_RECORD, DNS_ZONE, Ref, Resource

# What OpenStack's DNS cannot do: it answers with all addresses of a name, in turn.
NO_FAILOVER = "This DNS has no health checks, so it answers with the first address until somebody changes it."
NO_GEO = "This DNS doesn't know where a visitor is, so it answers with all addresses in turn."


def expand_dns_zone(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    zone_name = str(said["zone"]).lower()
    zone = context.resource(
        component,
        "dns_zone",
        DNS_ZONE,
        {
            "zone": zone_name,
            "ttl_seconds": said["ttl_seconds"],
            "email": f"hostmaster@{zone_name}",
            "queries_millions_month": said["queries_millions_month"],
        },
        name=context.name(component),
        note=_note(component, context),
    )
    addresses = answered_addresses(component, context)
    if not addresses:
        return [zone]
    record = context.resource(
        component,
        "dns_record[a]",
        DNS_RECORD,
        {
            "zone": Ref(zone.key),
            "type": "A",
            "record_name": zone_name,
            "records": addresses,
            "ttl_seconds": said["ttl_seconds"],
        },
        name=context.name(component, "addresses"),
    )
    return [zone, record]


def targets_of(component: Component, context: Context) -> list[Component]:
    """What a zone or a DNS provider sends visitors to, in the order of the links' ids."""
    links = context.topology.outbound(component.id, "traffic")
    return list({link.target: context.component(link.target) for link in links}.values())


def answered_addresses(component: Component, context: Context) -> list[Ref]:
    """All addresses of all targets; the first target's alone where the policy asks for one at a time."""
    found = [context.public_addresses(target.id) for target in targets_of(component, context)]
    found = [addresses for addresses in found if addresses]
    if component.properties["policy"] == "single":
        return found[0][:1] if found else []
    if component.properties["policy"] == "failover":
        return found[0] if found else []
    return [address for addresses in found for address in addresses]


def _note(component: Component, context: Context) -> str:
    sentences = {"failover": [NO_FAILOVER], "geo": [NO_GEO]}.get(component.properties["policy"], [])
    without = [one for one in targets_of(component, context) if not context.public_addresses(one.id)]
    if without:
        names = ", ".join(context.name(one) for one in without)
        sentences = [*sentences, f"Enter a record by hand for {names}: no public address is known here."]
    return " ".join(sentences)
