"""What a recipe leaves to people, in sentences for the plan."""

from collections.abc import Iterator

from designer.domain.blueprint import SERVING, Blueprint
from designer.domain.document import Component
from designer.domain.software import RECIPES
from designer.domain.software.clusters import OVERLAYS
from designer.domain.software.connections import CONNECTIONS_FILE
from designer.domain.software.engines import SITES, database_engine
from designer.domain.software.php_site import SQL
from designer.domain.software.site import CACHES

NAMES = {
    "drupal": "Drupal",
    "mongodb": "MongoDB",
    "opencart": "OpenCart",
    "rabbitmq": "RabbitMQ",
    "tinc": "tinc",
    "wireguard": "WireGuard",
    "wordpress": "WordPress",
}


def remarks(component: Component, blueprint: Blueprint) -> str:
    """Empty where the software is ready to use by itself."""
    return " ".join(_remarks(component, blueprint))


def _remarks(component: Component, blueprint: Blueprint) -> Iterator[str]:
    said = component.properties
    software = str(said.get("software", "none"))
    recipe = RECIPES.get(software)
    if recipe and recipe.fixed and blueprint.is_scaled(component.id):
        yield (
            f"{NAMES[software]} isn't set up, because its servers must know each other's addresses and a "
            "scaling group doesn't know them beforehand. Draw it outside the group."
        )
        return
    if software in SITES:
        yield from _about_site(component, blueprint, software)
    if software in OVERLAYS:
        yield from _about_overlay(component, blueprint, software)
    if software == "mysql" and said.get("role") == "multi-master":
        yield "MySQL servers that are all masters are joined by hand. MariaDB forms such a cluster by itself."
    if said.get("engine") in {"spark", "elasticsearch"}:
        yield f"{str(said['engine']).capitalize()} is set up by hand."


def _about_site(component: Component, blueprint: Blueprint, software: str) -> Iterator[str]:
    targets = [
        blueprint.component(link.target) for link in blueprint.topology.outbound(component.id, *SERVING)
    ]
    databases = [one for one in targets if database_engine(one) in SQL and blueprint.addresses(one.id)]
    name = NAMES[software]
    if not databases:
        yield f"{name} is installed once it is linked to a MySQL or MariaDB database of the cloud."
        return
    neighbours = {
        link.source
        for link in blueprint.topology.inbound(databases[0].id, *SERVING)
        if blueprint.component(link.source).properties.get("software") == software
    }
    if sum(blueprint.server_count(one) for one in neighbours) > 1:
        yield f"Several servers run {name}, and each keeps the files that are uploaded to it."
    if software == "wordpress" and any(one.properties.get("software") in CACHES for one in targets):
        yield (
            "WordPress uses the cache once a plug-in for it is installed, such as W3 Total Cache. "
            f"The cache's address is in {CONNECTIONS_FILE}."
        )


def _about_overlay(component: Component, blueprint: Blueprint, software: str) -> Iterator[str]:
    if software == "tinc":
        yield (
            "Each tinc node makes its own keys. Copy the files in /etc/tinc/overlay/hosts from every node to "
            "the others, then the tunnel opens."
        )
