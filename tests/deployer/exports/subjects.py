"""What the tests of exports export: templates, small drawings, and labels that mean harm."""

from typing import Any

from catalog.domain.templates import HARDENED
from catalog.selectors import get_template, templates
from deployer.domain.cloud import CloudProfile
from deployer.exports.subject import Subject
from deployer.services.exporting import export_subject
from tests.designer.designs import Design, a_design
from tests.fakes.cloud import a_profile

TEMPLATES = sorted(templates())
HOSTILE = (
    "${var.x} %{ if } {{ lookup('pipe','id') }} \"'`$(id)` <b>&amp; \\ {get_param: x} !!python # end - x: y"
)


def a_template(key: str, profile: CloudProfile | None = None) -> Subject:
    template = get_template(key)
    return export_subject(template.drawn(HARDENED), title=template.title, profile=profile)


def drawn(design: Design, profile: CloudProfile | None = None, title: str = "Shop") -> Subject:
    return export_subject(design.data, title=title, profile=profile)


def everything_drawn() -> Design:
    """A small design with nearly every kind that a cloud makes."""
    return (
        a_design()
        .with_settings(
            ssh_public_key="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExample me"
        )
        .with_("www", "internet")
        .with_("lb", "load_balancer", parent="sn", scheme="public", tls=True)
        .with_("web", "web_server", parent="sn", count=2)
        .with_("db", "dbaas", parent="sn")
        .with_("vol", "volume", parent="sn")
        .with_("files", "object_store")
        .with_("zone", "dns_zone", zone="example.org")
        .linked("www", "lb", protocol="HTTPS", port=443)
        .linked("lb", "web", protocol="HTTP", port=80)
        .linked("web", "db", protocol="MySQL", port=3306)
        .linked("web", "vol", kind="attach")
        .linked("zone", "lb")
    )


def hostile_labels(design: Design) -> Design:
    """The same with every label meaning harm."""
    components: dict[str, Any] = {key: {"label": HOSTILE} for key in design.data["components"]}
    return design.edited({"components": components})


def the_practice_profile() -> CloudProfile:
    return a_profile()
