"""Checks property values against their JSON Schemas and says what is wrong the way a colleague would.

Beyond JSON Schema: `x-unit` is the unit of a number, `x-hint` a sentence for when a pattern fails, and
`x-refers-to` lists the component types whose id the text may be.
"""

import difflib
import ipaddress
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from catalog.domain.problems import Problem, path, shown

_KINDS = {
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of values",
}
_REMEMBERED, _SHORT = 20_000, 200  # values a schema, characters a value: a few megabytes at most
_CIDR = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}")

formats = FormatChecker(formats=())


@formats.checks("ipv4-cidr", raises=ValueError)
def _is_ipv4_cidr(value: object) -> bool:
    """Raises: ValueError with the sentence that the person reads."""
    if not isinstance(value, str):
        return True  # `type` says it
    if not _CIDR.fullmatch(value):
        raise ValueError("is an address range such as 10.0.30.0/24")
    address, _, length = value.partition("/")
    if any(int(number) > 255 for number in address.split(".")) or int(length) > 32:
        raise ValueError("has numbers up to 255 and a length up to 32, such as 10.0.30.0/24")
    try:
        network = ipaddress.IPv4Network(value, strict=False)
    except ValueError:
        raise ValueError("has no leading zeros, such as 10.0.30.0/24") from None
    if str(network) != value:
        raise ValueError(f"starts at the range's first address: {network}")
    return True


@formats.checks("ipv4", raises=ValueError)
def _is_ipv4(value: object) -> bool:
    if isinstance(value, str):
        try:
            ipaddress.IPv4Address(value)
        except ValueError:
            raise ValueError("is an address such as 9.9.9.9") from None
    return True


@formats.checks("time-zone", raises=ValueError)
def _is_time_zone(value: object) -> bool:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
            raise ValueError("is the name of a time zone such as Europe/Berlin") from None
    return True


@dataclass(frozen=True)
class Reference:
    """A property value that names a component."""

    at: str
    component: str
    types: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class PropertySchema:
    """The schemas of some properties, compiled at first use."""

    properties: Mapping[str, Mapping[str, Any]]

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        return {name: schema["default"] for name, schema in self.properties.items() if "default" in schema}

    def find_problems(self, values: Mapping[str, Any], *, at: str, owner: str) -> Iterator[Problem]:
        """Everything wrong with the values. `owner` begins the sentence about an unknown name."""
        for name, value in values.items():
            place = f"{at}.{path(name)}"
            if name not in self._validators:
                near = difflib.get_close_matches(name, self.properties, n=1)
                hint = f" Did you mean {near[0]}?" if near else ""
                yield Problem(place, f"{owner} has no property called {shown(name)}.{hint}")
            elif value is None:
                yield Problem(place, f"{self._title(name)} can't be null. Leave it out instead.")
            elif (name, repr(value)) not in self._accepted:
                yield from self._checked(name, value, at)

    def completed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Valid values with the defaults of the rest; 2.0 becomes 2 where whole numbers are meant."""
        said = {name: _settled(self.properties[name], value) for name, value in values.items()}
        return {**self.defaults, **said}

    def references(self, values: Mapping[str, Any], *, at: str) -> Iterator[Reference]:
        """The component ids that valid values name."""
        for name in self._referring:
            if name in values:
                yield from _references(self.properties[name], values[name], f"{at}.{name}", self._title(name))

    def _checked(self, name: str, value: Any, at: str) -> Iterator[Problem]:
        errors = list(self._validators[name].iter_errors(value))
        for error in errors:
            inner = path(name, *error.absolute_path)
            yield Problem(f"{at}.{inner}", _sentence(error, self._title(name)))
        seen = repr(value)
        if not errors and len(self._accepted) < _REMEMBERED and len(seen) < _SHORT:
            self._accepted.add((name, seen))

    @cached_property
    def _accepted(self) -> set[tuple[str, str]]:
        """Values found good before: every edit checks the whole document, and few of its values are new."""
        return set()

    @cached_property
    def _validators(self) -> Mapping[str, Draft202012Validator]:
        return {
            name: Draft202012Validator(schema, format_checker=formats)
            for name, schema in self.properties.items()
        }

    @cached_property
    def _referring(self) -> tuple[str, ...]:
        return tuple(name for name, schema in self.properties.items() if "x-refers-to" in json.dumps(schema))

    def _title(self, name: str) -> str:
        return str(self.properties[name].get("title", name))


def _sentence(error: ValidationError, fallback_title: str) -> str:
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    title = str(schema.get("title", fallback_title))
    unit = f" {schema['x-unit']}" if "x-unit" in schema else ""
    limit: Any = error.validator_value
    value = error.instance
    match error.validator:
        case "type":
            kinds = [limit] if isinstance(limit, str) else list(limit)
            return f"{title} is {' or '.join(_KINDS.get(one, one) for one in kinds)}, not {shown(value)}."
        case "minimum" | "exclusiveMinimum":
            return f"{title} is {limit}{unit} or more, not {shown(value)}."
        case "maximum" | "exclusiveMaximum":
            return f"{title} is {limit}{unit} at most, not {shown(value)}."
        case "enum":
            return f"{title} is one of {', '.join(map(str, limit))}, not {shown(value)}."
        case "format" if error.cause is not None:
            return f"{title} {error.cause}, not {shown(value)}."
        case "pattern":
            return str(schema.get("x-hint", f"{title} can't be {shown(value)}."))
        case "minLength" | "minItems":
            return f"{title} can't be empty. Leave it out instead."
        case "maxLength":
            return f"{title} has {limit} characters at most."
        case "maxItems":
            return f"{title} has {limit} entries at most."
        case "uniqueItems":
            return f"{title} names something twice."
        case "required":
            return f"{title} needs {error.message.split()[0]}."
        case "additionalProperties":
            known = ", ".join(schema.get("properties", ()))
            return f"{title} takes {known} and nothing else."
    return f"{title} can't be {shown(value)}."


def _settled(schema: Mapping[str, Any], value: Any) -> Any:
    """One valid value, its whole numbers as int and the missing part of a group from the group's default."""
    if isinstance(value, float) and schema.get("type") == "integer":
        return int(value)
    if isinstance(value, dict) and "properties" in schema:
        said = {name: _settled(schema["properties"][name], inner) for name, inner in value.items()}
        return {**schema.get("default", {}), **said}
    if isinstance(value, list) and "items" in schema:
        return [_settled(schema["items"], item) for item in value]
    return value


def _references(schema: Mapping[str, Any], value: Any, at: str, title: str) -> Iterator[Reference]:
    if isinstance(value, str) and "x-refers-to" in schema:
        yield Reference(at, value, tuple(schema["x-refers-to"]), str(schema.get("title", title)))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _references(schema.get("items", {}), item, f"{at}.{number}", title)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _references(schema.get("properties", {}).get(name, {}), inner, f"{at}.{name}", title)
