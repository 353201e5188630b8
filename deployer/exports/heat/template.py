"""A resource graph as one Heat template.

A design in several regions becomes a template whose stacks are in the regions. Two regions may need each
other (each knows the other's addresses), so a region has a stack for every time that it has to wait for
another:

    r1, layer 0: networks, addresses ─┐  ┌─ r1, layer 1: servers that know r2's addresses
    r2, layer 0: networks, addresses ─┴──┴─ r2, layer 1: servers that know r1's addresses
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deployer.exports.choosing import Param, Parameter
from deployer.exports.heat.kinds import BY_HAND, OUTPUTS, WRITERS, HeatResource, Hot
from deployer.exports.names import identifier, one_line
from deployer.exports.subject import Exported, Subject
from deployer.exports.yaml_text import yaml_text
from designer.domain.resources import Join, Ref

VERSION = "2018-08-31"


def heat_template(subject: Subject) -> str:
    """The whole file. Deterministic: the same design and cloud give the same bytes."""
    if subject.is_spread:
        return _spread_template(subject)
    stack = Stack(subject, frozenset(one.resource.key for one in subject.resources))
    return stack.text(
        description=f"{one_line(subject.title)}: written by Stackdraft from the design.",
        parameters=subject.parameters,
        outputs={name: (words, stack.say(ref)) for name, words, ref in subject.addresses()},
        preface=_preface(subject),
    )


@dataclass
class Stack:
    """One template: the resources that it makes, and what it is told of those that others make."""

    subject: Subject
    keys: frozenset[str]
    told: dict[str, Ref] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def say(self, value: Any) -> Any:
        """A property's value in Heat's words."""
        if isinstance(value, Param):
            self.asked.add(value.name)
            return {"get_param": value.name}
        if isinstance(value, Ref):
            return self._output(value)
        if isinstance(value, Join):
            return self._text(value)
        if isinstance(value, Mapping):
            return {name: self.say(one) for name, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.say(one) for one in value]
        return value

    def resources_of(self, one: Exported) -> dict[str, Hot]:
        """What one resource of the graph is in Heat, by name."""
        waits = [name for need in self.subject.waits_for(one) for name in self._made_names(need)]
        made: dict[str, Hot] = {}
        for part in self._written(one):
            name = f"{one.name}_{part.suffix}" if part.suffix else one.name
            made[name] = {"type": part.type}
            if waits:
                made[name]["depends_on"] = waits
            if part.properties:
                made[name]["properties"] = part.properties
        return made

    def text(
        self,
        *,
        description: str,
        parameters: Iterable[Parameter],
        outputs: Mapping[str, tuple[str, Any]],
        preface: str = "",
        inputs: bool = False,
    ) -> str:
        """`inputs`: what other stacks tell this one are parameters of it too."""
        sections = [
            preface,
            yaml_text({"heat_template_version": VERSION, "description": description}),
        ]
        body = self._resources_text()
        said = {one.name: _parameter(one) for one in parameters if not inputs or one.name in self.asked}
        if inputs:
            said |= {name: {"type": "string"} for name in sorted(self.told)}
        if said:
            sections.append("parameters:\n" + "\n".join(yaml_text({n: p}, indent=2) for n, p in said.items()))
        sections.append(f"resources:\n{body}" if body else "resources: {}\n")
        if outputs:
            shown = {name: {"description": words, "value": value} for name, (words, value) in outputs.items()}
            sections.append("outputs:\n" + "\n".join(yaml_text({n: o}, indent=2) for n, o in shown.items()))
        return "\n".join(section for section in sections if section)

    def _resources_text(self) -> str:
        parts = []
        for component, members in self.subject.by_component().items():
            mine = [one for one in members if one.resource.key in self.keys]
            texts = [self._resource_text(one) for one in mine]
            if any(texts):
                parts.append(f"  # --- {self.subject.heading(component)} ---\n")
                parts += [text for text in texts if text]
        return "\n".join(parts)

    def _resource_text(self, one: Exported) -> str:
        remark = f"  # {one_line(one.resource.note)}\n" if one.resource.note else ""
        if one.kind in BY_HAND:
            return f"{remark}  # By hand: {one.label}. {BY_HAND[one.kind]}\n"
        made = self.resources_of(one)
        return remark + yaml_text(made, indent=2) if made else ""

    def _written(self, one: Exported) -> list[HeatResource]:
        if one.kind in BY_HAND:
            return []
        return WRITERS[one.kind](one, self.say)

    def _made_names(self, key: str) -> list[str]:
        """What to wait for; what stands in another stack that one has seen to."""
        if key not in self.keys:
            return []
        return list(self._names_of(self.subject.by_key[key]))

    def _names_of(self, one: Exported) -> list[str]:
        return [f"{one.name}_{part.suffix}" if part.suffix else one.name for part in self._written(one)]

    def _output(self, ref: Ref) -> Hot:
        if secret := self.subject.secret_of(ref):
            return dict(self.say(secret))
        name = self.subject.names[ref.key]
        if ref.key not in self.keys:
            told = f"{name}_{identifier(ref.output)}"
            self.told[told] = ref
            return {"get_param": told}
        path = OUTPUTS.get((self.subject.graph[ref.key].kind, ref.output))
        return {"get_attr": [name, *path]} if path else {"get_resource": name}

    def _text(self, join: Join) -> Any:
        """Text with other resources' values in it: placeholders that occur nowhere else in it."""
        refs = list(dict.fromkeys(part for part in join.parts if isinstance(part, (Ref, Param))))
        plain = "".join(part for part in join.parts if isinstance(part, str))
        if not refs:
            return plain
        marks = {ref: _mark(self._word(ref), plain) for ref in refs}
        template = "".join(part if isinstance(part, str) else marks[part] for part in join.parts)
        params = {mark: self.say(ref) for ref, mark in marks.items()}
        return {"str_replace": {"template": template, "params": params}}

    def _word(self, value: Ref | Param) -> str:
        return value.name if isinstance(value, Param) else f"{self.subject.names[value.key]}.{value.output}"


def _mark(word: str, text: str) -> str:
    """`<web_port_0.address>`, with more brackets where the text has that by chance."""
    mark = f"<{word}>"
    while mark in text:
        mark = f"<{mark}>"
    return mark


def _parameter(one: Parameter) -> Hot:
    said: Hot = {"type": "string", "description": one.description}
    if one.default is not None:
        said["default"] = one.default
    if one.hidden:
        said["hidden"] = True
    if one.pattern:
        said["constraints"] = [{"length": {"min": 8}}, {"allowed_pattern": one.pattern}]
    return said


def _preface(subject: Subject) -> str:
    """What to do with the file, and what it leaves to people."""
    asked = [one for one in subject.parameters if one.default is None]
    lines = [
        f"{one_line(subject.title)}, as a Heat template.",
        "",
        "openstack stack create --wait -t THIS_FILE "
        + "".join(f"--parameter {one.name}=... " for one in asked)
        + "NAME",
    ]
    if any(one.hidden for one in asked):
        lines += ["", "Secrets are asked for and never shown. A good one: openssl rand -hex 16"]
    if any(not one.pattern for one in asked if one.hidden):
        lines += [
            "A certificate to begin with:",
            "  openssl req -x509 -newkey rsa:2048 -nodes -days 397 -subj /CN=www.example.org "
            "-keyout key.pem -out cert.pem",
            "  openssl pkcs12 -export -passout pass: -inkey key.pem -in cert.pem | base64 -w0",
        ]
    if by_hand := subject.arranged_by_hand():
        lines += ["", "To be arranged by hand, because no cloud makes it:"]
        lines += [f"  {label}: {how}" for label, how in by_hand]
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


# --- Several regions -----------------------------------------------------------------------------


def _spread_template(subject: Subject) -> str:
    """A stack of stacks. Each nested template stands in the file as text, so there is one file."""
    places = _places(subject)
    stacks = {
        place: Stack(subject, frozenset(key for key, where in places.items() if where == place))
        for place in sorted(set(places.values()), key=lambda one: (one[1], subject.regions.index(one[0])))
    }
    # Writing them once tells what each wants to know from the others.
    for stack in stacks.values():
        stack.text(description="", parameters=subject.parameters, outputs={}, inputs=True)
    wanted = {ref for stack in stacks.values() for ref in stack.told.values()}
    addresses = subject.addresses()
    wanted |= {ref for _, _, ref in addresses}
    parts = [
        _preface(subject),
        yaml_text(
            {
                "heat_template_version": VERSION,
                "description": f"{one_line(subject.title)}: written by Stackdraft from the design.",
            }
        ),
        "parameters:\n"
        + "\n".join(yaml_text({one.name: _parameter(one)}, indent=2) for one in subject.parameters),
        "resources:\n" + "\n".join(_nested(subject, places, stacks, place, wanted) for place in stacks),
    ]
    if addresses:
        outputs = {
            name: {"description": words, "value": _from_stack(subject, places, ref)}
            for name, words, ref in addresses
        }
        parts.append("outputs:\n" + "\n".join(yaml_text({n: o}, indent=2) for n, o in outputs.items()))
    return "\n".join(parts)


Place = tuple[str, int]  # a region, and how often it has waited for another by then


def _places(subject: Subject) -> dict[str, Place]:
    places: dict[str, Place] = {}
    home = subject.regions[0]
    for one in subject.resources:  # in creation order, so what it needs has its place already
        region = one.region or home
        needs = [places[need] for need in one.resource.needs if need in places]
        places[one.resource.key] = (
            region,
            max((layer + (where != region) for where, layer in needs), default=0),
        )
    return places


def _nested(
    subject: Subject,
    places: Mapping[str, Place],
    stacks: Mapping[Place, Stack],
    place: Place,
    wanted: set[Ref],
) -> str:
    region, layer = place
    stack = stacks[place]
    outputs = {
        _told_name(subject, ref): (one_line(f"{ref.output} of {ref.key}"), stack.say(ref))
        for ref in sorted(wanted, key=lambda one: (one.key, one.output))
        if ref.key in stack.keys
    }
    title = f"{subject.heading(region)}{f', after what it waits for ({layer})' if layer else ''}"
    text = stack.text(description=title, parameters=subject.parameters, outputs=outputs, inputs=True)
    parameters: Hot = {
        one.name: {"get_param": one.name} for one in subject.parameters if one.name in stack.asked
    }
    parameters |= {name: _from_stack(subject, places, ref) for name, ref in sorted(stack.told.items())}
    waits = sorted(
        {
            _stack_name(places[need])
            for one in subject.resources
            if one.resource.key in stack.keys
            for need in one.resource.needs
            if need in places and places[need] != place
        }
    )
    region_name = next(one.choices["region"] for one in subject.resources if one.resource.key in stack.keys)
    resource: Hot = {"type": "OS::Heat::Stack"}
    if waits:
        resource["depends_on"] = waits
    resource["properties"] = {
        "context": {"region_name": {"get_param": region_name.name}},
        "parameters": parameters,
        "template": text,
    }
    return f"  # --- {title} ---\n" + yaml_text({_stack_name(place): resource}, indent=2)


def _from_stack(subject: Subject, places: Mapping[str, Place], ref: Ref) -> Hot:
    return {"get_attr": [_stack_name(places[ref.key]), "outputs", _told_name(subject, ref)]}


def _told_name(subject: Subject, ref: Ref) -> str:
    return f"{subject.names[ref.key]}_{identifier(ref.output)}"


def _stack_name(place: Place) -> str:
    return identifier(f"stack {place[0]} {place[1] or ''}")
