"""JSON Merge Patch (RFC 7396): how edits, repairs and choices change a document."""

from typing import Any


def merge_patch(target: Any, patch: Any) -> Any:
    """What RFC 7396 makes of both. Nothing given is changed; the result shares its untouched parts."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged
