"""A resource graph as an Ansible project: a playbook that makes it, one that removes it, their variables."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from deployer.exports.ansible.jinja import Expr, expression, literal, template
from deployer.exports.ansible.kinds import (
    BY_HAND,
    OUTPUTS,
    RESOURCE_ID,
    WITH_ANOTHER,
    WRITERS,
)
from deployer.exports.choosing import Param
from deployer.exports.names import identifier, one_line
from deployer.exports.subject import Exported, Subject
from deployer.exports.yaml_text import yaml_text
from designer.domain import resources as kind
from designer.domain.resources import Join, Ref, references

COLLECTION = "openstack.cloud"
COLLECTION_VERSION = ">=2.5.0,<3.0.0"


def ansible_files(subject: Subject) -> Mapping[str, str]:
    """Path -> text. Deterministic: the same design and cloud give the same bytes."""
    writing = _Writing(subject)
    return {
        "README.md": _readme(subject),
        "requirements.yml": yaml_text({"collections": [{"name": COLLECTION, "version": COLLECTION_VERSION}]}),
        "vars.yml": writing.variables(),
        "deploy.yml": writing.deploy(),
        "destroy.yml": writing.destroy(),
    }


class _Writing:
    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._ordered = list(_in_order(subject))

    # --- The three files -----------------------------------------------------------------------

    def deploy(self) -> str:
        parts = [
            f"# {one_line(self._subject.title)}, made by Ansible. Run again, it makes what is missing.\n",
            _head("Deploy", self._subject),
            "  tasks:\n",
            *self._lookups(),
        ]
        component = None
        for one in self._ordered:
            if one.resource.component != component:
                component = one.resource.component
                parts.append(f"\n    # --- {self._subject.heading(component)} ---\n")
            parts.append(self._making(one))
        addresses = {name: expression(self._output(ref)) for name, _, ref in self._addresses()}
        if addresses:
            parts.append("\n    # --- Where to find it ---\n")
            parts.append(_task("Addresses", "ansible.builtin.debug", {"msg": addresses}))
        return "".join(parts)

    def destroy(self) -> str:
        """The other way round. What is part of something else goes with it."""
        parts = [
            f"# Removes what deploy.yml makes of {one_line(self._subject.title)}.\n",
            _head("Destroy", self._subject),
            "  tasks:\n",
        ]
        for one in self._removal_order():
            parts += self._removing(one)
        return "".join(parts)

    def _removal_order(self) -> Iterator[Exported]:
        """A balancer goes in the place of its public address, because that keeps the router there."""
        gone = set()
        for one in reversed(self._ordered):
            owner = self._owner(one)
            going = owner if owner is not None and owner.kind == kind.LOAD_BALANCER else one
            if going.resource.key not in gone:
                gone.add(going.resource.key)
                yield going

    def _owner(self, one: Exported) -> Exported | None:
        """Whose public address it is."""
        if one.kind != kind.FLOATING_IP:
            return None
        return self._subject.by_key[next(references(one.resource.properties)).key]

    def variables(self) -> str:
        lines = ["# What differs from cloud to cloud. Secrets are never written here: see README.md.\n"]
        for one in self._subject.parameters:
            if one.hidden and not one.pattern:
                continue  # a certificate: what is asked for is where it is kept
            if one.hidden:
                lines.append(f"\n# {one.description}: give {one.name} from a vault or the environment.\n")
            elif one.default is None:
                lines.append(f"\n# {one.description}\n{one.name}: CHANGE_ME\n")
            else:
                lines.append(f"\n# {one.description}\n" + yaml_text({one.name: literal(one.default)}))
        for name, words in self._told():
            lines.append(f"\n# {words}\n{name}: CHANGE_ME\n")
        return "".join(lines)

    # --- Tasks -----------------------------------------------------------------------------------

    def _lookups(self) -> Iterator[str]:
        """The external networks, whose ids the public addresses want."""
        for parameter, region in self._networks.items():
            args = {"name": expression(Expr(parameter)), **self._region_args(region)}
            yield _task(
                "Find the external network",
                f"{COLLECTION}.networks_info",
                args,
                register=f"{parameter}_found",
            )

    def _making(self, one: Exported) -> str:
        remark = f"    # {one_line(one.resource.note)}\n" if one.resource.note else ""
        if one.kind in BY_HAND:
            return f"{remark}    # By hand: {one.label}. {BY_HAND[one.kind]}\n"
        task = WRITERS[one.kind](self._uniquely_named(one), self.say)
        return remark + _task(
            f"{_TITLES.get(one.kind, one.kind.replace('_', ' ').capitalize())} {one.label}",
            f"{COLLECTION}.{task.module}",
            {**self._region_args(one.choices.get("region")), **task.args},
            register=one.name,
            patient=task.patient,
            until=task.until.format(one.name),
            hides=self._holds_a_secret(one),
        )

    def _removing(self, one: Exported) -> Iterator[str]:
        if one.kind in BY_HAND or one.kind in WITH_ANOTHER:
            return
        if one.kind == kind.FLOATING_IP:
            yield from self._releasing(one)
            return
        task = WRITERS[one.kind](self._uniquely_named(one), self.say)
        if task.removal is None:
            return
        args = {**self._region_args(one.choices.get("region")), **task.removal, "state": "absent"}
        title = f"Remove {_TITLES.get(one.kind, one.kind.replace('_', ' '))} {one.label}"
        yield _task(title, f"{COLLECTION}.{task.removed_by or task.module}", args, patient=True)

    def _releasing(self, one: Exported) -> Iterator[str]:
        """An address is known by the port it belongs to; that of a balancer goes with the balancer."""
        owner = self._owner(one)
        assert owner is not None
        region = self._region_args(one.choices.get("region"))
        port = f"{one.name}_port"
        name = {"name": self.say(self._uniquely_named(owner).said("name"))}
        yield _task(
            f"Find the port of {one.label}", f"{COLLECTION}.port_info", {**region, **name}, register=port
        )
        call = {"service": "network", "type": "ip", "state": "absent"}
        attributes = {"port_id": expression(Expr(f"{port}.ports[0].id"))}
        yield _task(
            f"Remove public address {one.label}",
            f"{COLLECTION}.resource",
            {**region, **call, "attributes": attributes},
            when=f"{port}.ports | length > 0",
        )

    # --- Values ----------------------------------------------------------------------------------

    def say(self, value: Any) -> Any:
        if isinstance(value, Param):
            return expression(Expr(value.name))
        if isinstance(value, Expr):
            return expression(value)
        if isinstance(value, Ref):
            return expression(self._output(value))
        if isinstance(value, Join):
            return template(part if isinstance(part, str) else self._output(part) for part in value.parts)
        if isinstance(value, Mapping):
            return {name: self.say(one) for name, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.say(one) for one in value]
        return literal(value) if isinstance(value, str) else value

    def _output(self, ref: Ref) -> Expr:
        if secret := self._subject.secret_of(ref):
            return Expr(secret.name)
        one = self._subject.by_key[ref.key]
        if one.kind in BY_HAND:
            return Expr(_told_name(one, ref))
        return Expr(OUTPUTS.get((one.kind, ref.output), RESOURCE_ID).format(one.name))

    def _uniquely_named(self, one: Exported) -> Exported:
        """Modules know things by their names, so a second one of a name gets a number."""
        name = self._names[one.resource.key]
        resource = replace(one.resource, properties={**one.resource.properties, "name": name})
        return replace(one, resource=resource, choices={**one.choices, **self._besides(one)})

    @cached_property
    def _names(self) -> Mapping[str, str]:
        given: Counter[tuple[str, str]] = Counter()
        names = {}
        for one in self._subject.resources:
            name = str(one.said("name", one.name))
            if one.kind == kind.SERVER:
                # Nova is asked for a name as a pattern, and would not find one with brackets by itself.
                name = " ".join(re.sub(r"[^\w .-]", " ", name).split()) or one.name
            given[(one.kind, name)] += 1
            number = given[(one.kind, name)]
            names[one.resource.key] = name if number == 1 else f"{name} - {number}"
        return names

    def _besides(self, one: Exported) -> dict[str, Any]:
        """What stands in other resources and its module wants to be told."""
        if one.kind == kind.SERVER:
            ports = [self._subject.by_key[port.key] for port in one.said("ports", ())]
            groups = [group for port in ports for group in port.said("security_groups", ())]
            return {"security_groups": list(dict.fromkeys(groups))}
        return self._legs(one) if one.kind == kind.ROUTER else {}

    def _legs(self, one: Exported) -> dict[str, Any]:
        legs = [
            {"subnet": leg.said("subnet"), "address": leg.said("address"), "network": leg.choices["network"]}
            for leg in self._subject.resources
            if leg.kind == kind.ROUTER_INTERFACE and leg.said("router").key == one.resource.key
        ]
        return {"interfaces": legs}

    @cached_property
    def _networks(self) -> dict[str, Param | None]:
        """The parameters that name an external network of a public address, each with its region."""
        return {
            one.choices["external_network"].name: one.choices.get("region")
            for one in self._subject.resources
            if one.kind == kind.FLOATING_IP
        }

    def _region_args(self, region: Param | None) -> dict[str, Any]:
        return {"region_name": self.say(region)} if region else {}

    def _holds_a_secret(self, one: Exported) -> bool:
        refs = references(one.resource.properties)
        return any(self._subject.secret_of(ref) for ref in refs)

    def _addresses(self) -> list[tuple[str, str, Ref]]:
        return [
            found
            for found in self._subject.addresses()
            if self._subject.by_key[found[2].key].kind not in BY_HAND
        ]

    def _told(self) -> Iterator[tuple[str, str]]:
        """Outputs of what is made by hand, which somebody has to say."""
        asked = {
            ref: self._subject.by_key[ref.key]
            for one in self._subject.resources
            for ref in references(one.resource.properties)
            if ref.key in self._subject.by_key and self._subject.by_key[ref.key].kind in BY_HAND
        }
        for ref, one in sorted(asked.items(), key=lambda pair: (pair[0].key, pair[0].output)):
            yield _told_name(one, ref), f"{ref.output.capitalize()} of {one.label}"


_TITLES = {
    kind.LOAD_BALANCER: "Load balancer",
    kind.FLOATING_IP: "Public address",
    kind.SECRET: "Certificate",
}


def _told_name(one: Exported, ref: Ref) -> str:
    return f"{one.name}_{identifier(ref.output)}"


def _in_order(subject: Subject) -> Iterator[Exported]:
    """Creation order, with a router where the last of its subnets is there."""
    legs: dict[str, int] = Counter(
        one.said("router").key for one in subject.resources if one.kind == kind.ROUTER_INTERFACE
    )
    for one in subject.resources:
        if one.kind == kind.ROUTER_INTERFACE:
            router = one.said("router").key
            legs[router] -= 1
            if not legs[router]:
                yield subject.by_key[router]
        elif one.kind != kind.ROUTER or not legs[one.resource.key]:
            yield one


def _head(title: str, subject: Subject) -> str:
    text = yaml_text(
        [
            {
                "name": f"{title} {literal(one_line(subject.title))}",
                "hosts": "localhost",
                "connection": "local",
                "gather_facts": False,
                "vars_files": ["vars.yml"],
                "module_defaults": {
                    f"group/{COLLECTION}.openstack": {"cloud": "{{ cloud | default(omit) }}"}
                },
            }
        ]
    )
    return f"---\n{text}"


def _task(
    title: str,
    module: str,
    args: Mapping[str, Any],
    *,
    register: str = "",
    patient: bool = False,
    until: str = "",
    hides: bool = False,
    when: str = "",
) -> str:
    """`patient`: asked again while the cloud is busy. `until`: until that holds. `hides`: nothing shows."""
    task: dict[str, Any] = {"name": literal(title), module: dict(args)}
    if register:
        task["register"] = register
    if when:
        task["when"] = when
    if hides:
        task["no_log"] = True
    if until:
        task |= {"until": f"{register} is succeeded and {until}", "retries": 240, "delay": 5}
    elif patient:
        name = register or "removed"
        task |= {"register": name, "until": f"{name} is succeeded", "retries": 10, "delay": 3}
    return yaml_text([task], indent=4)


_CERTIFICATE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 397 -subj /CN=www.example.org "
    "-keyout key.pem -out cert.pem",
    "openssl pkcs12 -export -passout pass: -inkey key.pem -in cert.pem | base64 -w0 > payload.b64",
    "openstack secret store --secret-type opaque -t application/octet-stream -e base64 "
    '-p "$(cat payload.b64)"',
)


def _readme(subject: Subject) -> str:
    secrets = [one for one in subject.parameters if one.hidden and one.pattern]
    certificates = [one for one in subject.resources if one.kind == kind.SECRET]
    lines = [
        f"# {one_line(subject.title)}",
        "",
        "Written by Stackdraft from the design.",
        "",
        "```sh",
        "ansible-galaxy collection install -r requirements.yml",
        "pip install 'openstacksdk==4.7.2'   # the collection 2.5.0 fails with newer ones",
        "ansible-playbook deploy.yml -e cloud=NAME_IN_CLOUDS_YAML -e @secrets.yml",
        "ansible-playbook destroy.yml -e cloud=NAME_IN_CLOUDS_YAML -e @secrets.yml",
        "```",
        "",
        "Set what differs from cloud to cloud in `vars.yml`. Things are known by their names, so deploy a",
        "design once in a project.",
    ]
    if secrets:
        lines += ["", "## Secrets", "", "Never written here. Make `secrets.yml` with `ansible-vault create`:"]
        lines += ["", "```yaml"]
        lines += [f"{one.name}: ...  # openssl rand -hex 16" for one in secrets]
        lines += ["```"]
    for one in certificates:
        lines += [
            "",
            f"## {one.label}",
            "",
            f"Put it in the key manager, and its address into `{one.name}_id`:",
        ]
        lines += ["", "```sh", *_CERTIFICATE, "```"]
    if by_hand := subject.arranged_by_hand():
        lines += ["", "## To be arranged by hand", "", "No cloud makes these:", ""]
        lines += [f"- {label}: {how}" for label, how in by_hand]
    return "\n".join(lines) + "\n"
