"""What a rule may note, the patch that repairs it, and words that rules share."""

from collections.abc import Sequence
from dataclasses import dataclass

from designer.domain.document import Component, Json


@dataclass(frozen=True)
class Notice:
    """One place where a rule is broken. `fix` is a merge patch, where one edit repairs it."""

    detail: str
    components: tuple[str, ...] = ()
    fix: Json | None = None


def changed(component: Component | str, **properties: object) -> Json:
    """The merge patch that sets properties of one component."""
    component_id = component if isinstance(component, str) else component.id
    return {"components": {component_id: {"properties": properties}}}


def joined(words: Sequence[str]) -> str:
    """As a sentence lists them: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
