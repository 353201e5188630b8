"""What a component type is: the facts that draw it, validate it, link it and name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from catalog.domain.property_schemas import PropertySchema

CANVAS = "canvas"  # the place of components that sit in no container


@dataclass(frozen=True)
class ComponentType:
    """One catalogue entry.

    Shape: `properties` maps a property's name to its JSON Schema (with title, description, default and,
    where it has one, `x-unit`). `links` maps a link kind to the types that this one may reach by it.
    `parents` lists the container types it may sit in; `CANVAS` means none.
    `accepts` is the protocol and port that a link to this type gets when it says nothing else.
    `singular` is what sentences call it: "a load balancer", "the internet".
    `makes` are the kinds of resources that its expansion may give, `billed` what it is charged by, in short
    phrases. Both are empty for what is only drawn.
    An operator's own type is `like` a shipped one, whose code expands it. It comes in versions, so that old
    designs open; a `retired` one is offered no more.
    """

    key: str
    family: str
    category: str
    icon: str
    labels: Mapping[str, str]  # naming ("generic", "rackspace", "openstack", "outscale") -> name
    summary: str
    parents: tuple[str, ...]
    properties: Mapping[str, Mapping[str, Any]]
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accepts: Mapping[str, Any] = field(default_factory=dict)
    software: str | None = None
    version: int = 1
    singular: str = ""  # read it as `noun`
    makes: tuple[str, ...] = ()
    billed: tuple[str, ...] = ()
    like: str = ""  # read it as `archetype`
    retired: bool = False

    @property
    def reference(self) -> str:
        """How a document names it: `rack_probe` is the first version, `rack_probe@2` the second."""
        return self.key if self.version == 1 else f"{self.key}@{self.version}"

    @property
    def archetype(self) -> str:
        """The shipped type that it behaves as: its own key, or that of the type that it is like."""
        return self.like or self.key

    @property
    def label(self) -> str:
        return self.labels["generic"]

    @property
    def noun(self) -> str:
        """What sentences call it: `a load balancer`."""
        return self.singular or f"a {self.label[:1].lower()}{self.label[1:]}"

    @property
    def is_container(self) -> bool:
        return self.category == "container"

    @cached_property
    def property_schema(self) -> PropertySchema:
        return PropertySchema(self.properties)

    def defaults(self) -> dict[str, Any]:
        return dict(self.property_schema.defaults)
