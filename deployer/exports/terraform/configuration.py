"""A resource graph as a folder of Terraform (or OpenTofu) files."""

from collections.abc import Iterator, Mapping
from typing import Any

from deployer.exports.choosing import Param, Parameter
from deployer.exports.names import one_line
from deployer.exports.subject import Exported, Subject
from deployer.exports.terraform.hcl import Expr, Template, block
from deployer.exports.terraform.kinds import BY_HAND, OUTPUTS, WRITERS, Found
from designer.domain.resources import Join, Ref

PROVIDER_VERSION = ">= 3.0.0, < 4.0.0"


def terraform_files(subject: Subject) -> Mapping[str, str]:
    """Path -> text. Deterministic: the same design and cloud give the same bytes."""
    writing = _Writing(subject)
    main = writing.main()
    return {
        "README.md": _readme(subject),
        "versions.tf": _versions(),
        "variables.tf": "\n".join(_variable(one) for one in subject.parameters),
        "lookups.tf": writing.lookups(),
        "main.tf": main,
        "outputs.tf": "\n".join(
            block(f'output "{name}"', {"description": words, "value": writing.say(ref)})
            for name, words, ref in subject.addresses()
        ),
    }


class _Writing:
    """`found` collects what main.tf asks to be looked up."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._found: dict[tuple[str, str], dict[str, Any]] = {}
        self._region: Param | None = None

    def main(self) -> str:
        parts = [f"# {one_line(self._subject.title)}\n"]
        for component, members in self._subject.by_component().items():
            parts.append(f"# --- {self._subject.heading(component)} ---\n")
            parts += [text for one in members for text in self._resource(one)]
        return "\n".join(parts)

    def lookups(self) -> str:
        """What the cloud has already, found by the names in the variables."""
        return "\n".join(
            block(f'data "{terraform_type}" "{variable}"', body)
            for (terraform_type, variable), body in sorted(self._found.items())
        )

    def say(self, value: Any) -> Any:
        if isinstance(value, Param):
            return Expr(f"var.{value.name}")
        if isinstance(value, Found):
            return self._look_up(value)
        if isinstance(value, Ref):
            return self._output(value)
        if isinstance(value, Join):
            said = tuple(part if isinstance(part, str) else self.say(part) for part in value.parts)
            return Template(said)
        if isinstance(value, Mapping):
            return {name: self.say(one) for name, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.say(one) for one in value]
        return value

    def _resource(self, one: Exported) -> Iterator[str]:
        remark = f"# {one_line(one.resource.note)}\n" if one.resource.note else ""
        if one.kind in BY_HAND:
            yield f"{remark}# By hand: {one.label}. {BY_HAND[one.kind]}\n"
            return
        self._region = one.choices.get("region")
        waits = [Expr(address) for need in self._subject.waits_for(one) for address in self._addresses(need)]
        for part in WRITERS[one.kind].write(one, self.say):
            name = f"{one.name}_{part.suffix}" if part.suffix else one.name
            body: dict[str, Any] = {"region": self.say(self._region)} if self._region else {}
            if waits:
                body["depends_on"] = waits
            body |= part.body
            yield remark + block(f'resource "{part.type}" "{name}"', body)
            remark = ""

    def _addresses(self, key: str) -> list[str]:
        one = self._subject.by_key[key]
        return [] if one.kind in BY_HAND else [f"{WRITERS[one.kind].type}.{one.name}"]

    def _output(self, ref: Ref) -> Expr:
        if secret := self._subject.secret_of(ref):
            return Expr(f"var.{secret.name}")
        one = self._subject.by_key[ref.key]
        return Expr(f"{WRITERS[one.kind].type}.{one.name}.{OUTPUTS.get((one.kind, ref.output), 'id')}")

    def _look_up(self, found: Found) -> Expr:
        body: dict[str, Any] = {"region": self.say(self._region)} if self._region else {}
        body["name"] = Expr(f"var.{found.variable}")
        if found.type == "openstack_networking_network_v2":
            body["external"] = True
        if found.type == "openstack_images_image_v2":
            body["most_recent"] = True
        self._found[(found.type, found.variable)] = body
        return Expr(f"data.{found.type}.{found.variable}.id")


def _versions() -> str:
    source = {"source": "terraform-provider-openstack/openstack", "version": PROVIDER_VERSION}
    wanted = block("required_providers", {"openstack": source}, depth=1)
    cloud = block(
        'variable "cloud"',
        {"description": "The entry of clouds.yaml to sign in with", "type": Expr("string")},
    )
    provider = block('provider "openstack"', {"cloud": Expr("var.cloud")})
    return f'terraform {{\n  required_version = ">= 1.3"\n\n{wanted}}}\n\n{cloud}\n{provider}'


def _variable(one: Parameter) -> str:
    body: dict[str, Any] = {"description": one.description, "type": Expr("string")}
    if one.default is not None:
        body["default"] = one.default
    if one.hidden:
        body["sensitive"] = True
    text = block(f'variable "{one.name}"', body)
    if not one.pattern:
        return text
    condition = Expr(f'can(regex("^{one.pattern}$", var.{one.name})) && length(var.{one.name}) >= 8')
    rule = block(
        "validation",
        {"condition": condition, "error_message": "At least 8 letters, digits, - or _."},
        depth=1,
    )
    return text.removesuffix("}\n") + f"\n{rule}}}\n"


def _readme(subject: Subject) -> str:
    lines = [
        f"# {one_line(subject.title)}",
        "",
        "Written by Stackdraft from the design, for Terraform 1.3 or newer, or OpenTofu.",
        "",
        "```sh",
        "terraform init",
        "terraform apply -var cloud=NAME_IN_CLOUDS_YAML",
        "```",
        "",
        "What differs from cloud to cloud is asked for, or has the values of the cloud that was named.",
    ]
    secrets = [one for one in subject.parameters if one.hidden]
    if secrets:
        lines += ["", "## Secrets", ""]
        lines += ["Never written here; Terraform keeps them in its state, so keep that safe. Set them as"]
        lines += ["environment variables:", "", "```sh"]
        lines += [
            f"export TF_VAR_{one.name}=$({'openssl rand -hex 16' if one.pattern else 'cat payload.b64'})"
            for one in secrets
        ]
        lines += ["```"]
    if any(not one.pattern for one in secrets):
        lines += [
            "",
            "A certificate to begin with:",
            "",
            "```sh",
            "openssl req -x509 -newkey rsa:2048 -nodes -days 397 -subj /CN=www.example.org "
            "-keyout key.pem -out cert.pem",
            "openssl pkcs12 -export -passout pass: -inkey key.pem -in cert.pem | base64 -w0 > payload.b64",
            "```",
        ]
    if by_hand := subject.arranged_by_hand():
        lines += ["", "## To be arranged by hand", "", "No cloud makes these:", ""]
        lines += [f"- {_plain(label)}: {_plain(how)}" for label, how in by_hand]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Markdown shows it as it is."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#|!&" else letter for letter in text)
