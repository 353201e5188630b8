"""What Heat is asked for when a plan is carried out as one stack: a template, and the secrets beside it.

Unlike in an exported file, everything that a cloud decides is final: the plan has chosen it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deployer.domain.resolving import Outputs
from deployer.domain.stacking import Contents
from deployer.exports.choosing import PASSWORD_PATTERN, Param, Parameter
from deployer.exports.heat.template import Stack
from deployer.exports.names import identifiers
from deployer.exports.subject import Subject
from designer.domain import resources as kind
from designer.domain.document import DesignDocument
from designer.domain.resources import Resource, ResourceGraph, from_json


@dataclass(frozen=True)
class StackRequest:
    """`certificates`: parameters that want a new certificate, with the name that it is for."""

    template: str
    parameters: Mapping[str, str]
    certificates: Mapping[str, str]


def stack_request(contents: Contents, outputs: Outputs, *, title: str) -> StackRequest:
    """The template of all contents. `outputs` has the passwords' values; they travel as hidden parameters.

    Raises: KeyError for a password that is not made yet.
    """
    subject = _Planned.of(contents, title)
    text = Stack(subject, frozenset(one.resource.key for one in subject.resources)).text(
        description=f"{title}: deployed by Stackdraft.",
        parameters=subject.parameters,
        outputs={},
    )
    passwords = {subject.names[one.key]: outputs[one.key]["value"] for one in subject.passwords}
    certificates = {
        subject.payload_of(one.resource): str(one.said("common_name") or "localhost")
        for one in subject.resources
        if one.kind == kind.SECRET
    }
    return StackRequest(text, passwords, certificates)


def names_in_stack(contents: Mapping[str, object]) -> Mapping[str, str]:
    """How the template calls each resource, by key."""
    return identifiers(sorted(contents))


@dataclass(frozen=True)
class _Planned(Subject):
    """The contents of a stack, with the values that the plan chose in place of an export's parameters."""

    matched: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, contents: Contents, title: str) -> "_Planned":
        graph = ResourceGraph.build(
            [
                Resource(
                    key,
                    entry["kind"],
                    entry["component"],
                    from_json(entry["properties"]),
                    tuple(need for need in entry["needs"] if need in contents),
                )
                for key, entry in sorted(contents.items())
            ]
        )
        matched = {key: entry["matched"] for key, entry in contents.items()}
        return cls(title, DesignDocument({}, {}, {}), graph, matched=matched)

    @cached_property
    def names(self) -> Mapping[str, str]:
        return names_in_stack(self.graph.resources)

    @property
    def passwords(self) -> list[Resource]:
        return list(self.graph.of_kind(kind.PASSWORD))

    def payload_of(self, one: Resource) -> str:
        return f"{self.names[one.key]}_payload"

    @cached_property
    def _chosen(self) -> tuple[Mapping[str, Mapping[str, Any]], Mapping[str, Parameter]]:
        choices = {one.key: self._choices(one) for one in self.graph}
        hidden = [
            Parameter(self.names[one.key], f"Password of {one.component}", None, True, PASSWORD_PATTERN)
            for one in self.passwords
        ]
        hidden += [
            Parameter(self.payload_of(one), f"Certificate of {one.component}, in base64", hidden=True)
            for one in self.graph.of_kind(kind.SECRET)
        ]
        return choices, {one.name: one for one in hidden}

    def _choices(self, one: Resource) -> Mapping[str, Any]:
        said = self.matched[one.key]
        chosen = {
            "flavor": said.get("flavor_id"),
            "image": said.get("image_id"),
            "external_network": said.get("external_network_id"),
            "zone": said.get("zone"),
            "volume_type": said.get("volume_type"),
            "datastore": said.get("datastore"),
            "datastore_version": said.get("datastore_version"),
        }
        if one.kind == kind.KEY_PAIR:
            chosen["public_key"] = str(one.properties["public_key"]).strip()
        if one.kind == kind.SECRET:
            chosen["payload"] = Param(self.payload_of(one))
        return {name: value for name, value in chosen.items() if value is not None}
