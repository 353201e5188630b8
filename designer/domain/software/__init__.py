"""Software that a server installs by itself on its first boot, one recipe each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from catalog.domain.component_specs import ComponentType
from designer.domain.blueprint import Blueprint
from designer.domain.document import Component
from designer.domain.resources import Join
from designer.domain.software.app import app
from designer.domain.software.bastion import bastion
from designer.domain.software.brokers import rabbitmq
from designer.domain.software.caches import memcached, redis
from designer.domain.software.cloud_config import CloudConfig, render
from designer.domain.software.connections import DATABASE_NAME, DATABASE_USER, data_volumes
from designer.domain.software.databases import mariadb, mysql, postgresql
from designer.domain.software.documents import mongodb
from designer.domain.software.drupal import drupal
from designer.domain.software.opencart import opencart
from designer.domain.software.overlays import tinc, wireguard
from designer.domain.software.site import Site, survey
from designer.domain.software.varnish import varnish_proxy
from designer.domain.software.web import apache, haproxy, nginx
from designer.domain.software.wordpress import wordpress

__all__ = ["DATABASE_NAME", "DATABASE_USER", "RECIPES", "Recipe", "software_of", "user_data"]


@dataclass(frozen=True)
class Recipe:
    """`installs`: it fetches packages, so the server needs a way out when it boots. `each`: copies differ.

    `fixed`: its servers must know each other's addresses, so nothing may start and stop them by load.
    """

    prepare: Callable[[Site], CloudConfig]
    installs: bool = True
    each: bool = False
    fixed: bool = False


RECIPES: Mapping[str, Recipe] = {
    "apache": Recipe(apache),
    "app": Recipe(app),
    "bastion": Recipe(bastion, installs=False),
    "drupal": Recipe(drupal),
    "haproxy": Recipe(haproxy),
    "mariadb": Recipe(mariadb, each=True),
    "memcached": Recipe(memcached),
    "mongodb": Recipe(mongodb, each=True, fixed=True),
    "mysql": Recipe(mysql, each=True),
    "nginx": Recipe(nginx),
    "opencart": Recipe(opencart),
    "postgresql": Recipe(postgresql, each=True),
    "rabbitmq": Recipe(rabbitmq, each=True, fixed=True),
    "redis": Recipe(redis),
    "tinc": Recipe(tinc, each=True, fixed=True),
    "varnish": Recipe(varnish_proxy),
    "wireguard": Recipe(wireguard, each=True, fixed=True),
    "wordpress": Recipe(wordpress),
}


def software_of(component: Component, component_type: ComponentType) -> Recipe | None:
    """The chosen software's recipe, else the type's own; a bastion is known by its administrators' range."""
    chosen = component.properties.get("software") or component_type.software
    if chosen in RECIPES:
        return RECIPES[str(chosen)]
    return RECIPES["bastion"] if "admin_cidr" in component.properties else None


def user_data(
    component: Component, blueprint: Blueprint, recipe: Recipe | None
) -> Callable[[int], str | Join | None]:
    """The first-boot text of each copy, None where there is nothing to do. Copies share it where they can."""
    if recipe is not None and recipe.fixed and blueprint.is_scaled(component.id):
        recipe = None
    differ = (recipe is not None and recipe.each) or bool(
        blueprint.attached_volumes(component.id) or component.properties.get("vrrp")
    )

    @cache
    def text(copy: int) -> str | Join | None:
        site = survey(component, blueprint, copy)
        config = data_volumes(site)
        if recipe is not None:
            config += recipe.prepare(site)
        return render(config) if config else None

    return lambda copy: text(copy if differ else 0)
