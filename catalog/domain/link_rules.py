"""Which link kinds there are, and why one may not be drawn between two component types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.domain.component_specs import ComponentType

SUGGESTIONS = 3  # more names than this and the sentence is no help any more


@dataclass(frozen=True)
class LinkKind:
    """`verb` fits in "doesn't ... a database"; `accepts` replaces what the target would get by itself."""

    verb: str
    accepts: Mapping[str, Any] = field(default_factory=dict)
    style: str = "solid"


# In order of preference: when two types may be linked in several ways, a new link is of the first of them.
LINK_KINDS: Mapping[str, LinkKind] = {
    "deliver": LinkKind("deliver to", style="dashed"),
    "origin": LinkKind("feed", style="dashed"),
    "publish": LinkKind("publish to", style="dashed"),
    "attach": LinkKind("attach"),
    "replication": LinkKind("replicate to"),
    "tunnel": LinkKind("tunnel to"),
    "monitor": LinkKind("monitor"),
    "analyse": LinkKind("send data to"),
    "traffic": LinkKind("reach"),
    "backup": LinkKind("back up to", style="dashed"),
    "admin": LinkKind("administer", accepts={"protocol": "SSH", "port": 22}),
    "burst": LinkKind("burst into", style="dashed"),
    "ha": LinkKind("stand by for", accepts={"protocol": "VRRP"}),
    "provision": LinkKind("provision", accepts={"protocol": "SSH", "port": 22}),
}


def default_link(source: ComponentType, target: ComponentType) -> dict[str, Any] | None:
    """What a new link between these two is, before anybody changed it; None when they can't be linked.

    Shape: {"kind", "style", "properties": {"protocol", "port"}}; the port is absent where there is none.
    """
    kind = next(iter(_kinds_between(source, target)), None)
    if kind is None:
        return None
    return {
        "kind": kind,
        "style": LINK_KINDS[kind].style,
        "properties": accepted_by(target, kind),
    }


def accepted_by(target: ComponentType, kind: str) -> dict[str, Any]:
    """Protocol and port of a link of this kind when the link itself says nothing."""
    of_kind = LINK_KINDS[kind].accepts if kind in LINK_KINDS else {}
    return dict(of_kind or target.accepts)


def find_refusal(
    source: ComponentType,
    target: ComponentType,
    kind: str,
    types: Mapping[str, ComponentType] | None = None,
) -> str | None:
    """Why this link can't be drawn and what can be instead, or None when it can.

    `types` lets the sentence name component types that would fit.
    """
    if kind not in LINK_KINDS:
        return f"There is no link kind called {kind[:40]!r}. Use one of {', '.join(LINK_KINDS)}."
    if target.key in source.links.get(kind, ()):
        return None
    refusal = f"{_capital(source.noun)} doesn't {LINK_KINDS[kind].verb} {target.noun}."
    return f"{refusal} {_way_out(source, target, kind, types or {})}".rstrip()


def _way_out(
    source: ComponentType, target: ComponentType, kind: str, types: Mapping[str, ComponentType]
) -> str:
    if other_kinds := _kinds_between(source, target):
        return f"Use a link of kind {_either(other_kinds)} between them."
    if source.key in target.links.get(kind, ()):
        return "Draw the link the other way round."
    for owner, named in ((source, target), (target, source)):
        if title := _naming(owner, named):
            return f"Choose {_the(named)} under {title} of {_the(owner)} instead."
    reaching = [one for one in types.values() if target.key in one.links.get(kind, ())]
    between = [one for one in reaching if one.key in source.links.get(kind, ())]
    if between:
        # What the source does reach comes in the table's order, the most usual way first.
        between.sort(key=lambda one: source.links[kind].index(one.key))
        return f"Link {between[0].noun}{_on(accepted_by(target, kind))} instead."
    if inside := [one.noun for one in reaching if source.key in one.parents]:
        return f"Draw it from {_either(inside)} inside instead."
    reached = [types[key] for key in source.links.get(kind, ()) if key in types]
    if inside := [one.noun for one in reached if target.key in one.parents]:
        return f"Draw it to {_either(inside)} inside instead."
    for inner, outer in ((source, target), (target, source)):
        if outer.key in inner.parents:
            return f"Put {_the(inner)} in {_the(outer)} instead."
    if reaching:
        reaching.sort(key=lambda one: one.category != source.category)  # the nearest substitute first
        return f"That is done by {_either(one.noun for one in reaching)}."
    if reached:
        return f"It can {LINK_KINDS[kind].verb} {_either(one.noun for one in reached)}."
    if kinds := [one for one in LINK_KINDS if any(key in types for key in source.links.get(one, ()))]:
        return f"It takes links of kind {_either(kinds)}."
    return "It has no outgoing links."


def _naming(owner: ComponentType, named: ComponentType) -> str | None:
    """The title of the owner's property that names components of the other type: a group's Members."""
    for name, schema in owner.properties.items():
        refers_to = schema.get("x-refers-to") or schema.get("items", {}).get("x-refers-to") or ()
        if named.key in refers_to:
            return str(schema.get("title", name))
    return None


def _kinds_between(source: ComponentType, target: ComponentType) -> list[str]:
    return [kind for kind in LINK_KINDS if target.key in source.links.get(kind, ())]


def _on(accepts: Mapping[str, Any]) -> str:
    words = [str(accepts[name]) for name in ("protocol", "port") if accepts.get(name)]
    return f" on {' '.join(words)}" if words else ""


def _either(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`; never more than SUGGESTIONS."""
    *first, last = list(words)[:SUGGESTIONS]
    return f"{', '.join(first)} or {last}" if first else last


def _the(component_type: ComponentType) -> str:
    article, _, rest = component_type.noun.partition(" ")
    return f"the {rest}" if article in ("a", "an") else component_type.noun


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
