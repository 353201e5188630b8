"""Rules about running it day by day."""

from collections.abc import Iterator

from designer.domain.document import Component, Json, Link
from designer.domain.resources import SCALING_GROUP, SERVER
from designer.domain.rules.evidence import Evidence
from designer.domain.rules.notices import Notice
from designer.domain.rules.roles import STATELESS

MAIL_PORT = 25


def nothing_is_monitored(design: Evidence) -> Iterator[Notice]:
    if design.running and not design.topology.of_type("monitoring"):
        detail = (
            "Nobody notices when something here stops or fills up. Add monitoring of CPU, memory, file "
            "systems and the site itself."
        )
        fix = {"components": {design.free_id("monitoring"): {"type": "monitoring", "label": "Monitoring"}}}
        yield Notice(detail, fix=fix)


def servers_with_several_services(design: Evidence) -> Iterator[Notice]:
    for component in design.running:
        if component.properties.get("varnish"):
            detail = (
                f"Each server of {design.label(component)} runs Varnish and a web server. They compete for "
                "its memory, and neither can be replaced or grown alone. Let proxies of their own run "
                "Varnish, unless the pair on one machine is what you want."
            )
            yield Notice(detail, (component.id,))


def servers_that_start_empty(design: Evidence) -> Iterator[Notice]:
    """Judged on the graph: nothing to run on the first boot, nobody to set it up, no image of its own."""
    empty: dict[str, Component] = {}
    for resource in design.graph.of_kind(SERVER, SCALING_GROUP):
        said = resource.properties.get("member") or resource.properties
        if resource.kind == SCALING_GROUP:
            components = design.topology.scaled(resource.component)
        else:
            components = [design.component(resource.component)]
        for component in components:
            if said.get("user_data") is None and said.get("image") not in design.golden_images:
                empty.setdefault(component.id, component)
    bare = [one for one in empty.values() if not design.topology.inbound(one.id, "provision")]
    if bare:
        detail = (
            f"{design.labels(bare)} starts as an empty system, so whoever rebuilds it has to remember what "
            "was done by hand. Choose its software, link automation to it, or start it from an image of "
            "your own."
        )
        yield Notice(detail, tuple(one.id for one in bare))


def no_self_healing(design: Evidence) -> Iterator[Notice]:
    servers = [
        one
        for one in design.of_role(*sorted(STATELESS))
        if not design.is_scaled(one.id) and not design.is_on_site(one.id)
    ]
    if servers:
        detail = (
            f"A server of {design.labels(servers)} that fails stays failed until somebody acts. A scaling "
            "group builds a new one by itself."
        )
        yield Notice(detail, tuple(one.id for one in servers))


def mail_sent_by_servers(design: Evidence) -> Iterator[Notice]:
    if design.topology.of_type("email_service"):
        return
    for link in design.document.links.values():
        mails = MAIL_PORT in link.ports or link.protocol.upper() == "SMTP"
        if link.kind == "traffic" and mails and design.topology.family(link.source) != "boundary":
            detail = (
                f"{design.label(link.source)} sends mail itself. Addresses in clouds are on many blocklists, "
                "so much of it never arrives. Send it through a mail service."
            )
            yield Notice(detail, (link.source,), _by_a_mail_service(design, link))


def _by_a_mail_service(design: Evidence, link: Link) -> Json | None:
    if not design.may_link(link.source, "email_service", "traffic"):
        return None
    service = design.free_id("mail")
    onward = {"source": link.source, "target": service, "kind": "traffic"}
    return {
        "components": {service: {"type": "email_service", "label": "Mail service"}},
        "links": {link.id: None, design.free_id(f"{link.source}-{service}"): onward},
    }
