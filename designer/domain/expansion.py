"""From a design to its resource graph."""

from collections.abc import Mapping

from catalog.domain.component_specs import ComponentType
from designer.domain.document import Component, DesignDocument
from designer.domain.families import FAMILIES
from designer.domain.families.context import Context
from designer.domain.families.keypair import settings_key_pairs
from designer.domain.families.site import SAME_ANYWHERE, expand_in_site
from designer.domain.resources import Resource, ResourceGraph
from designer.domain.topology import Topology


def expand(
    document: DesignDocument, types: Mapping[str, ComponentType], *, without: frozenset[str] = frozenset()
) -> ResourceGraph:
    """Everything that will exist in a cloud, in an order in which it can be created.

    `without` names what the target cloud lacks: "database" puts a server with a volume in the place of a
    managed database, "key-manager" leaves a balancer's HTTPS at plain HTTP. Those resources' notes say so.
    The same design gives the same graph, in whatever order its keys are stored.
    """
    context = Context(Topology(document, types), without)
    resources = settings_key_pairs(context)
    for component in sorted(document.components.values(), key=lambda one: one.id):
        resources.extend(_expand(component, context))
    return ResourceGraph.build(resources)


def _expand(component: Component, context: Context) -> list[Resource]:
    """What stands in a site is no cloud's, whatever it is."""
    family = context.topology.family(component.id)
    if context.topology.site(component.id) and family not in SAME_ANYWHERE:
        return expand_in_site(component, context)
    return FAMILIES[family](component, context)
