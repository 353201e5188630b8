"""From a design to its resource graph."""

from collections.abc import Mapping

from catalog.domain.component_specs import ComponentType
from designer.domain.document import DesignDocument
from designer.domain.families import FAMILIES
from designer.domain.families.context import KEY_PAIR_KEY, SETTINGS, Context
from designer.domain.resources import KEY_PAIR, Resource, ResourceGraph
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
    resources = _key_pair(context)
    for component in sorted(document.components.values(), key=lambda one: one.id):
        resources.extend(FAMILIES[types[component.type].family](component, context))
    return ResourceGraph.build(resources)


def _key_pair(context: Context) -> list[Resource]:
    public_key = context.document.settings.get("ssh_public_key")
    if not public_key:
        return []
    return [
        Resource(
            key=KEY_PAIR_KEY,
            kind=KEY_PAIR,
            component=SETTINGS,
            properties={"name": "Administrators", "public_key": public_key},
            region=context.topology.default_region,
        )
    ]
