"""An edit of a document is a JSON Merge Patch (RFC 7396): applied whole or refused whole, and reversible.

Documents hold no null inside objects (parsing sees to that), so every state can be reached by a patch.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from catalog.domain.merge_patches import merge_patch
from catalog.domain.problems import path, shown
from designer.domain.document import DocumentInvalid, Json, Problem
from designer.domain.json_values import find_json_problems
from designer.domain.parsing import Types, parse_document

NAMED_AT_MOST = 5


class EditRefused(Exception):
    """The document stays as it was; `problems` are all the reasons."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.at}: {problem.detail}" for problem in problems))


def apply_edit(document: Json, patch: Json, types: Types) -> Json:
    """The document after the edit; the one given is left alone. Raises: EditRefused."""
    if not isinstance(patch, dict):
        raise EditRefused([Problem("", f"An edit is a JSON object, not {shown(patch)}.")])
    if problems := list(find_json_problems(patch)):
        raise EditRefused(problems)
    edited = merge_patch(document, patch)
    try:
        parse_document(edited, types)
    except DocumentInvalid as invalid:
        raise EditRefused(_seen_from_deletion(document, edited, invalid.problems)) from None
    return edited


def inverse_patch(before: Any, patch: Any) -> Any:
    """The patch that leads from the patched document back to `before`.

    An object member that was null in `before` comes back as absent: merge patches can't say null.
    """
    if not isinstance(before, dict) or not isinstance(patch, dict):
        return before
    inverse: Json = {}
    for name, value in patch.items():
        if name not in before:
            if value is not None:
                inverse[name] = None
        elif not (isinstance(before[name], dict) and isinstance(value, dict)):
            inverse[name] = before[name]
        elif inner := inverse_patch(before[name], value):
            inverse[name] = inner
    return inverse


def patch_between(before: Any, after: Any) -> Any:
    """The patch that turns one document into another, such as a file that was edited elsewhere."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    patch: Json = dict.fromkeys(before.keys() - after.keys())
    for name, value in after.items():
        if name not in before or before[name] != value:
            patch[name] = patch_between(before.get(name), value)
    return patch


def conflicts(
    undo_patch: Json, later_patches: Sequence[Json], *, then: Json | None = None, now: Json | None = None
) -> list[str]:
    """What this undo would restore and somebody changed since: paths such as `components.web.label`.

    Two changes of different properties of one component don't conflict; anything inside what the other one
    replaced or deleted does. What is `now` again as it was `then`, right after the edit, was changed back.
    """
    touched = [steps for patch in later_patches for steps in _touched(patch)]
    exact = set(touched)
    inside = {steps[:length] for steps in touched for length in range(1, len(steps) + 1)}
    found = []
    for steps in _touched(undo_patch):
        above = (steps[:length] for length in range(1, len(steps)))
        if steps in inside or any(one in exact for one in above):
            changed_back = then is not None and now is not None and _at(then, steps) == _at(now, steps)
            if not changed_back:
                found.append(path(*steps))
    return found


def _at(document: Json, steps: tuple[str, ...]) -> Any:
    """What stands there, or None as in a patch."""
    value: Any = document
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _touched(patch: Json, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where a patch sets or deletes something. An empty object inside it changes nothing of what is there."""
    for name, value in patch.items():
        if isinstance(value, dict):
            yield from _touched(value, (*above, name))
        else:
            yield (*above, name)


def _seen_from_deletion(before: Json, after: Json, problems: list[Problem]) -> list[Problem]:
    """Say what a deleted component still held, instead of many dangling ends that nobody touched."""
    was, is_now = _entries(before, "components"), _entries(after, "components")
    links = _entries(after, "links")
    told: list[Problem] = []
    explained: set[str] = set()
    for id_ in was.keys() - is_now.keys():
        at = path("components", id_)
        if children := [child for child, entry in is_now.items() if entry.get("parent") == id_]:
            explained |= {path("components", child, "parent") for child in children}
            names = _named(_name(child, is_now) for child in children)
            told.append(
                Problem(at, f"{_name(id_, was)} still holds {names}. Move or delete them in the same edit.")
            )
        ends = {
            link: [end for end in ("source", "target") if entry.get(end) == id_]
            for link, entry in links.items()
            if id_ in (entry.get("source"), entry.get("target"))
        }
        if ends:
            explained |= {path("links", link, end) for link, those in ends.items() for end in those}
            names = _named(path(link) for link in ends)
            told.append(
                Problem(at, f"Links still end at {_name(id_, was)}: {names}. Delete them in the same edit.")
            )
    return sorted(told, key=lambda problem: problem.at) + [
        problem for problem in problems if problem.at not in explained
    ]


def _entries(document: Json, name: str) -> dict[str, Json]:
    entries = document.get(name)
    entries = entries if isinstance(entries, dict) else {}
    return {id_: entry for id_, entry in entries.items() if isinstance(entry, dict)}


def _name(id_: str, components: dict[str, Json]) -> str:
    label = components[id_].get("label")
    return shown(label) if isinstance(label, str) and label else path(id_)


def _named(names: Iterable[str]) -> str:
    shown_names = list(names)
    rest = len(shown_names) - NAMED_AT_MOST
    return ", ".join(shown_names[:NAMED_AT_MOST]) + (f" and {rest} more" if rest > 0 else "")
