"""Turns shipped YAML texts into component types and templates, or says which file is wrong, where and why."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from catalog.domain.component_specs import CANVAS, ComponentType
from catalog.domain.drawing_rules import find_drawing_problems
from catalog.domain.link_rules import LINK_KINDS
from catalog.domain.problems import Problem, path, shown

Files = Mapping[str, str]  # file name -> text

CATEGORIES = frozenset({"edge", "compute", "data", "storage", "network", "security", "messaging",
                        "observability", "external", "dedicated", "container"})  # fmt: skip
NAMINGS = frozenset({"generic", "rackspace", "openstack", "outscale"})
_TYPE_KEYS = {"family", "category", "icon", "singular", "labels", "summary", "parents", "accepts", "shares",
              "leaves_out", "properties", "software", "version", "makes", "billed"}  # fmt: skip
_TYPE_NEEDS = ("family", "category", "icon", "singular", "labels", "summary", "parents")
_TYPE_LISTS = ("makes", "billed")  # empty for what is only drawn, and then they say so
_TEMPLATE_NEEDS = ("title", "summary", "source", "price_book", "document")


@dataclass(frozen=True)
class Template:
    """A published starting design. `source` says where it comes from, `price_book` what it is priced with."""

    key: str
    title: str
    summary: str
    source: str
    price_book: str
    document: Mapping[str, Any]


class CatalogueBroken(Exception):
    """Shipped files don't fit together. A problem's `at` is `templates/rax-basic.yaml: links.web-db`."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.at}: {problem.detail}" for problem in problems))


def read_component_types(files: Files, *, property_sets: Files, links: Files) -> dict[str, ComponentType]:
    """Types by key, which is the file's name.

    `property_sets` are shared groups of properties that a type names under `shares`; `links` is one file with
    the table of allowed links. Raises: CatalogueBroken.
    """
    problems: list[Problem] = []
    sets = {_key(name): value for name, value in _parsed(property_sets, problems).items()}
    allowed = _allowed_links(_parsed(links, problems), problems)
    facts = {_key(name): (name, value) for name, value in _parsed(files, problems).items()}
    types: dict[str, ComponentType] = {}
    for key, (file_name, fact) in facts.items():
        found = list(_find_type_problems(fact, sets, facts.keys()))
        problems += [Problem(f"{file_name}: {one.at}", one.detail) for one in found]
        if not found:
            types[key] = _component_type(key, fact, sets, allowed.get(key, {}), facts.keys())
    if problems:
        raise CatalogueBroken(problems)
    return types


def read_templates(files: Files, types: Mapping[str, ComponentType]) -> dict[str, Template]:
    """Templates by key, each drawn by the same rules as people's designs. Raises: CatalogueBroken."""
    problems: list[Problem] = []
    templates: dict[str, Template] = {}
    for file_name, parsed in _parsed(files, problems).items():
        # YAML knows more than JSON: numbers as keys, dates. A document is JSON.
        fact = json.loads(json.dumps(parsed, default=str))
        found = [Problem(name, "is missing.") for name in _TEMPLATE_NEEDS if not fact.get(name)]
        found += _find_document_problems(fact.get("document"), types)
        problems += [Problem(f"{file_name}: {one.at}", one.detail) for one in found]
        if not found:
            key = _key(file_name)
            templates[key] = Template(key=key, **{name: fact[name] for name in _TEMPLATE_NEEDS})
    if problems:
        raise CatalogueBroken(problems)
    return templates


def _find_document_problems(document: Any, types: Mapping[str, ComponentType]) -> Iterator[Problem]:
    if not isinstance(document, dict):
        yield Problem("document", "A template's document is a mapping with components and links.")
        return
    maps = {name: document.get(name) or {} for name in ("components", "links")}
    for name, entries in maps.items():
        if not isinstance(entries, dict):
            yield Problem(f"document.{name}", "is a mapping of ids.")
            return
        for id_, entry in entries.items():
            if not isinstance(entry, dict):
                yield Problem(path("document", name, id_), "is a mapping.")
                return
    for problem in find_drawing_problems(maps["components"], maps["links"], types):
        yield Problem(f"document.{problem.at}", problem.detail)


def _find_type_problems(fact: dict[str, Any], sets: Mapping[str, Any], known: Any) -> Iterator[Problem]:
    for name in _TYPE_NEEDS:
        if not fact.get(name):
            yield Problem(name, "is missing.")
    for name in _TYPE_LISTS:
        if not isinstance(fact.get(name), list) or not all(isinstance(one, str) for one in fact[name]):
            yield Problem(name, "is a list of words, [] for none.")
    for name in fact.keys() - _TYPE_KEYS:
        yield Problem(path(name), f"is none of {', '.join(sorted(_TYPE_KEYS))}.")
    if (category := fact.get("category")) not in CATEGORIES:
        yield Problem("category", f"is one of {', '.join(sorted(CATEGORIES))}, not {shown(category)}.")
    if not isinstance(labels := fact.get("labels"), dict) or labels.keys() != NAMINGS:
        yield Problem("labels", f"has a name for each of {', '.join(sorted(NAMINGS))}.")
    for parent in fact.get("parents") or ():
        if parent != CANVAS and parent not in known:
            yield Problem("parents", f"There is no component type {shown(parent)}.")
    for shared in fact.get("shares") or ():
        if shared not in sets:
            yield Problem("shares", f"There is no property set {shown(shared)}.")
            return
    yield from _find_property_problems(_properties(fact, sets))


def _find_property_problems(properties: Mapping[str, Any]) -> Iterator[Problem]:
    """A broken schema, or a default that its own schema refuses."""
    for name, schema in properties.items():
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            yield Problem(path("properties", name), f"is no JSON Schema: {error.message}")
            continue
        if "title" not in schema or "type" not in schema:
            yield Problem(path("properties", name), "needs a title and a type.")
        if "default" in schema and not Draft202012Validator(schema).is_valid(schema["default"]):
            yield Problem(path("properties", name, "default"), f"does not allow {shown(schema['default'])}.")


def _component_type(
    key: str, fact: dict[str, Any], sets: Mapping[str, Any], links: Mapping[str, list[str]], known: Any
) -> ComponentType:
    shipped = {kind: tuple(one for one in targets if one in known) for kind, targets in links.items()}
    return ComponentType(
        key=key,
        family=fact["family"],
        category=fact["category"],
        icon=fact["icon"],
        labels=fact["labels"],
        summary=fact["summary"],
        parents=tuple(fact["parents"]),
        properties=_properties(fact, sets),
        links={kind: targets for kind, targets in shipped.items() if targets},
        accepts=fact.get("accepts") or {},
        software=fact.get("software"),
        version=fact.get("version", 1),
        singular=fact["singular"],
        makes=tuple(fact["makes"]),
        billed=tuple(fact["billed"]),
    )


def _properties(fact: dict[str, Any], sets: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The shared properties, then the type's own; a property that both have is the shared one, amended."""
    own: dict[str, dict[str, Any]] = fact.get("properties") or {}
    shared = {name: schema for one in fact.get("shares") or () for name, schema in sets[one].items()}
    kept = {name: schema for name, schema in shared.items() if name not in (fact.get("leaves_out") or ())}
    return {name: {**kept.get(name, {}), **own.get(name, {})} for name in {**kept, **own}}


def _allowed_links(tables: Mapping[str, Any], problems: list[Problem]) -> dict[str, dict[str, list[str]]]:
    """Shape: {source type: {kind: [target types]}}, kinds in order of preference."""
    allowed: dict[str, dict[str, list[str]]] = {}
    for file_name, table in tables.items():
        for kind in table.keys() - LINK_KINDS.keys():
            problems.append(Problem(f"{file_name}: {path(kind)}", "There is no such link kind."))
        for kind in LINK_KINDS:
            for row in table.get(kind, ()):
                for source in row["from"]:
                    allowed.setdefault(source, {}).setdefault(kind, []).extend(row["to"])
    return allowed


def _parsed(files: Files, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    """Each file's mapping; a file that is none becomes a problem."""
    parsed: dict[str, dict[str, Any]] = {}
    for name, text in files.items():
        try:
            value = yaml.load(text, Loader=_OneMeaning)  # noqa: S506  a SafeLoader
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
            problems.append(Problem(f"{name}: {where}", f"is no YAML: {error.problem}."))
        except yaml.YAMLError as error:
            problems.append(Problem(name, f"is no YAML: {str(error).splitlines()[0]}."))
        else:
            if isinstance(value, dict):
                parsed[name] = value
            else:
                problems.append(Problem(name, "is empty or no mapping."))
    return parsed


def _key(file_name: str) -> str:
    """`component_types/web_server.yaml` -> `web_server`"""
    return file_name.rpartition("/")[2].removesuffix(".yaml")


class _OneMeaning(yaml.SafeLoader):
    """YAML keeps the last of two equal keys without a word; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} stands here twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)
