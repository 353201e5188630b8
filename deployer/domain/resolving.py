"""From a design's properties to final values: references become what the cloud answered."""

from collections.abc import Mapping
from typing import Any

from designer.domain.resources import Join, Ref

Outputs = Mapping[str, Mapping[str, str]]  # resource key -> output name -> value


class OutputMissing(LookupError):
    """A reference to something that the cloud has not told us."""

    def __init__(self, ref: Ref) -> None:
        self.ref = ref
        super().__init__(f"{ref.key} has no {ref.output} yet.")


def resolve(value: Any, outputs: Outputs, *, leave: frozenset[str] = frozenset()) -> Any:
    """Replace every Ref and Join by its value; a Ref to a key in `leave` stays.

    Raises: OutputMissing.
    """
    if isinstance(value, Ref):
        if value.key in leave:
            return value
        try:
            return outputs[value.key][value.output]
        except KeyError:
            raise OutputMissing(value) from None
    if isinstance(value, Join):
        return "".join(part if isinstance(part, str) else str(resolve(part, outputs)) for part in value.parts)
    if isinstance(value, Mapping):
        return {name: resolve(item, outputs, leave=leave) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [resolve(item, outputs, leave=leave) for item in value]
    return value
