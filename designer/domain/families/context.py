"""What a family works with while it expands one component."""

from collections.abc import Mapping
from functools import cached_property

from designer.domain.blueprint import Blueprint
from designer.domain.document import Component, Link
from designer.domain.firewall import IngressRule, ingress_rules
from designer.domain.naming import resource_name
from designer.domain.resources import Resource

SETTINGS = "settings"  # owner of what belongs to the whole design
KEY_PAIR_KEY = f"{SETTINGS}/key_pair"


class Context(Blueprint):
    """The blueprint, and the making of resources that look alike in every family."""

    @cached_property
    def firewall(self) -> Mapping[str, Mapping[IngressRule, Link | None]]:
        return ingress_rules(self)

    def name(self, component: Component, *suffixes: str | int) -> str:
        return resource_name(component.label or self.type_of(component).label, *suffixes)

    def resource(
        self,
        component: Component,
        key: str,
        kind: str,
        properties: Mapping[str, object],
        *,
        name: str,
        needs: tuple[str, ...] = (),
        note: str = "",
    ) -> Resource:
        """`key` without the component's id, which is put in front."""
        return Resource(
            key=f"{component.id}/{key}",
            kind=kind,
            component=component.id,
            properties={"name": name, **properties},
            needs=needs,
            region=self.topology.region(component.id),
            note=note,
        )
