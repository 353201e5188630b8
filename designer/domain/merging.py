"""Brings a design up to a newer version of its template: a three-way merge that can be looked at first.

`base` is what the design began from, `theirs` what the newer version makes of the same choices, `mine` the
design as it is. What only the template changed comes in. What both changed is a conflict, and so is a change
that would not fit into the design any more: mine stays, unless it is taken from the template.

    base   web(count 2)  db            mine   web(count 5)  db  cache -> db
    theirs web(count 3)                       conflict: count 3?   conflict: db removed, cache still needs it
"""

import copy
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from catalog.domain.problems import path
from designer.domain.design_settings import SETTINGS
from designer.domain.document import DocumentInvalid, Json, Problem
from designer.domain.edits import patch_between
from designer.domain.parsing import Types, parse_document

ENTRIES = ("components", "links", "callouts")  # the document's maps by id
PLACED = ("position", "size")  # where a component lies: whoever moved it keeps its place
MOVED = "positions"  # id of the one change that stands for all moves by the template
BOTH_CHANGED = "You changed this too."


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


@dataclass(frozen=True)
class Change:
    """One thing that the newer version would change in my design.

    Shape: `at` is the place's steps, ("components", "web", "properties", "count"). `before` is mine, `after`
    the template's; None stands for nothing there. `reason` says why a conflict is one.
    """

    id: str
    at: tuple[str, ...]
    what: str  # added | removed | changed
    label: str
    before: Any
    after: Any
    conflict: bool = False
    reason: str = ""

    def to_json(self) -> Json:
        return {
            "id": self.id,
            "at": path(*self.at),
            "what": self.what,
            "label": self.label,
            "before": self.before,
            "after": self.after,
            "conflict": self.conflict,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Merge:
    """The changes, and the document that they make of mine."""

    mine: Json
    theirs: Json
    changes: tuple[Change, ...]
    moves: Mapping[str, Json]  # component id -> position and size of the template

    def document(self, take: Collection[str] = ()) -> Json:
        """Mine with all changes, but of the conflicts only those taken. Invalid only if some are taken."""
        chosen = [one for one in self.changes if not one.conflict or one.id in take]
        return _applied(self, chosen, restore=[one for one in chosen if one.conflict])

    def patch(self, take: Collection[str] = ()) -> Json:
        """The same as one edit of mine."""
        return dict(patch_between(self.mine, self.document(take)))

    def to_json(self) -> list[Json]:
        return [change.to_json() for change in self.changes]


def merge(base: Json, theirs: Json, mine: Json, types: Types) -> Merge:
    """All three are valid documents, and so is the result while no conflict is taken."""
    moves = dict(_moves(base, theirs, mine))
    changes = [*_differences(base, theirs, mine, types), *_told_moves(moves)]
    merged = Merge(mine, theirs, tuple(changes), moves)
    while any(not one.conflict for one in merged.changes):
        problems = _find_problems(merged.document(), types)
        if not problems:
            break
        merged = replace(merged, changes=tuple(_without_misfits(merged, problems)))
    return merged


# --- What differs ---------------------------------------------------------------------------------


def _differences(base: Json, theirs: Json, mine: Json, types: Types) -> Iterator[Change]:
    for name in sorted(_keys(base, theirs, "settings")):
        at = ("settings", name)
        said = [document.get("settings", {}).get(name, ABSENT) for document in (base, theirs, mine)]
        yield from _leaf(at, *said, label=str(SETTINGS.get(name, {}).get("title", name)))
    for part in ENTRIES:
        for id_ in sorted(_keys(base, theirs, part), key=_in_number_order):
            was, new, now = (document.get(part, {}).get(id_) for document in (base, theirs, mine))
            label = _label(part, id_, new or was, theirs if new else base, types)
            yield from _entry((part, id_), was, new, now, label=label, types=types)


def _entry(
    at: tuple[str, ...], was: Json | None, new: Json | None, now: Json | None, *, label: str, types: Types
) -> Iterator[Change]:
    """One component, link or callout: whole where somebody added or removed it, else value by value."""
    id_ = path(*at)
    if was is not None and new is not None and now is not None:
        names = _type_titles(new, types)
        parts = [_values(one) for one in (was, new, now)]
        for steps in sorted(parts[0].keys() | parts[1].keys()):
            title = names.get(steps[-1], steps[-1].replace("_", " ").capitalize())
            said = [one.get(steps, ABSENT) for one in parts]
            yield from _leaf((*at, *steps), *said, label=f"{label}: {title}")
    elif new is None and was is not None:
        if now is not None:
            mine_too = not _same(was, now)
            yield Change(id_, at, "removed", label, now, None, mine_too, BOTH_CHANGED if mine_too else "")
    elif now is None:
        if was is None:
            yield Change(id_, at, "added", label, None, new)
        elif new is not None and not _same(was, new):
            yield Change(id_, at, "added", label, None, new, True, "You removed this.")
    elif new is not None and not _same(new, now):
        yield Change(id_, at, "changed", label, now, new, True, "You drew something else under the same id.")


def _leaf(at: tuple[str, ...], was: Any, new: Any, now: Any, *, label: str) -> Iterator[Change]:
    if new in (was, now):
        return
    what = "added" if now is ABSENT else "removed" if new is ABSENT else "changed"
    before, after = (None if one is ABSENT else one for one in (now, new))
    conflict = now != was
    yield Change(path(*at), at, what, label, before, after, conflict, BOTH_CHANGED if conflict else "")


def _moves(base: Json, theirs: Json, mine: Json) -> Iterator[tuple[str, Json]]:
    """Where the template moved something that I left in its place."""
    for id_, new in theirs.get("components", {}).items():
        was, now = (document.get("components", {}).get(id_) for document in (base, mine))
        if was is None or now is None:
            continue
        placed, before, current = (
            {name: one[name] for name in PLACED if name in one} for one in (new, was, now)
        )
        if placed != before and current == before:
            yield id_, placed


def _told_moves(moves: Mapping[str, Json]) -> Iterator[Change]:
    if moves:
        count = f"{len(moves)} component{'' if len(moves) == 1 else 's'}"
        yield Change(MOVED, ("components",), "changed", f"Places of {count} on the canvas", None, None)


# --- What fits ------------------------------------------------------------------------------------


def _find_problems(document: Json, types: Types) -> list[Problem]:
    try:
        parse_document(document, types)
    except DocumentInvalid as invalid:
        return invalid.problems
    return []


def _without_misfits(merged: Merge, problems: list[Problem]) -> Iterator[Change]:
    """The changes, those that caused a problem turned into conflicts."""
    causes: dict[str, str] = {}
    document = merged.document()
    open_changes = [one for one in merged.changes if not one.conflict]
    for problem in problems:
        for change in _causes(problem, document, open_changes):
            causes.setdefault(change.id, problem.detail)
    if not causes:
        causes = {one.id: problems[0].detail for one in open_changes}
    for change in merged.changes:
        if change.id in causes:
            yield replace(change, conflict=True, reason=f"It would not fit your design. {causes[change.id]}")
        else:
            yield change


def _causes(problem: Problem, document: Json, changes: list[Change]) -> list[Change]:
    """What is missing and named here, else what was changed here."""
    steps = problem.at.split(".")
    entry = document.get(steps[0], {}).get(steps[1], {}) if len(steps) > 1 and steps[0] in ENTRIES else {}
    named = set(_texts(entry))
    missing = [one for one in changes if one.what == "removed" and len(one.at) == 2 and one.at[1] in named]
    here = [one for one in changes if list(one.at[:2]) == steps[:2]]
    return missing or here


def _applied(merged: Merge, chosen: list[Change], *, restore: list[Change]) -> Json:
    document = copy.deepcopy(merged.mine)
    for change in chosen:
        if change.id == MOVED:
            for id_, placed in merged.moves.items():
                if (component := document["components"].get(id_)) is not None:
                    component.update(copy.deepcopy(placed))
        else:
            _put(document, change.at, change.after)
    _settle(document, merged.theirs, restore)
    return document


def _settle(document: Json, theirs: Json, taken: list[Change]) -> None:
    """What was taken on purpose brings along what it needs, and takes along the links that would dangle."""
    waiting = [
        (one.at[0], one.at[1])
        for one in taken
        if (len(one.at) == 2 and one.after is not None) or one.at[-1] == "parent"
    ]
    while waiting:
        part, id_ = waiting.pop()
        entry = document.get(part, {}).get(id_) or {}
        for needed in [entry.get(name) for name in ("parent", "source", "target")]:
            if needed and needed not in document["components"] and needed in theirs.get("components", {}):
                document["components"][needed] = copy.deepcopy(theirs["components"][needed])
                waiting.append(("components", needed))
    if removed := {one.at[1] for one in taken if one.at[0] == "components" and one.what == "removed"}:
        links = document.get("links", {})
        for id_ in [id_ for id_, one in links.items() if {one["source"], one["target"]} & removed]:
            if not {links[id_]["source"], links[id_]["target"]} <= document["components"].keys():
                del links[id_]


def _put(document: Json, at: tuple[str, ...], value: Any) -> None:
    """Sets the value, or takes it away where it is None."""
    *above, last = at
    inner = document
    for step in above:
        inner = inner.setdefault(step, {})
    if value is None:
        inner.pop(last, None)
    else:
        inner[last] = copy.deepcopy(value)


# --- How it is called -----------------------------------------------------------------------------


def _label(part: str, id_: str, entry: Any, document: Json, types: Types) -> str:
    if part == "callouts":
        return f"Callout {id_}"
    if part == "components":
        return _name(entry, types)
    ends = [document["components"].get(entry[end], {}) for end in ("source", "target")]
    return " → ".join(_name(end, types) for end in ends)


def _name(component: Json, types: Types) -> str:
    component_type = types.get(component.get("type", ""))
    return str(component.get("label") or (component_type.label if component_type else ""))


def _type_titles(entry: Json, types: Types) -> Mapping[str, str]:
    component_type = types.get(entry.get("type", ""))
    schemas = component_type.properties if component_type else {}
    return {name: str(schema.get("title", name)) for name, schema in schemas.items()}


# --- Documents as values --------------------------------------------------------------------------


def _keys(base: Json, theirs: Json, part: str) -> set[str]:
    return {*base.get(part, {}), *theirs.get(part, {})}


def _values(entry: Json) -> dict[tuple[str, ...], Any]:
    """Each value of an entry by its steps. A property is one value, however deep; places don't count."""
    values: dict[tuple[str, ...], Any] = {}
    for name, value in entry.items():
        if name == "properties":
            values.update({(name, inner): one for inner, one in value.items()})
        elif name not in PLACED and not (name == "parent" and value is None):
            values[(name,)] = value
    return values


def _same(one: Json, other: Json) -> bool:
    return _values(one) == _values(other)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _in_number_order(id_: str) -> tuple[int, str]:
    return (int(id_), "") if id_.isdecimal() else (0, id_)
