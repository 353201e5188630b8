"""The formats that a design can be exported to, on one screen."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from deployer.exports.ansible.playbook import ansible_files
from deployer.exports.drawio import drawio_file
from deployer.exports.heat.template import heat_template
from deployer.exports.names import identifier
from deployer.exports.subject import Subject
from deployer.exports.terraform.configuration import terraform_files

# What zip files carry as their time, so that the same design gives the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class ExportedFile:
    path: str
    text: str


@dataclass(frozen=True)
class Format:
    """`title` and `about` are shown to people. A format of several files is handed out as a zip."""

    title: str
    about: str
    write: Callable[[Subject], Sequence[ExportedFile]]
    media_type: str
    ending: str


def _heat(subject: Subject) -> list[ExportedFile]:
    return [ExportedFile(f"{word(subject.title)}.yaml", heat_template(subject))]


def _terraform(subject: Subject) -> list[ExportedFile]:
    return [ExportedFile(path, text) for path, text in terraform_files(subject).items()]


def _ansible(subject: Subject) -> list[ExportedFile]:
    return [ExportedFile(path, text) for path, text in ansible_files(subject).items()]


def _drawio(subject: Subject) -> list[ExportedFile]:
    return [ExportedFile(f"{word(subject.title)}.drawio", drawio_file(subject))]


FORMATS: Mapping[str, Format] = {
    "heat": Format(
        "Heat template",
        "One HOT file for `openstack stack create`.",
        _heat,
        "application/yaml",
        "yaml",
    ),
    "terraform": Format(
        "Terraform",
        "A folder of HCL files for Terraform or OpenTofu, with the provider openstack.",
        _terraform,
        "application/zip",
        "zip",
    ),
    "ansible": Format(
        "Ansible playbook",
        "A folder with a playbook that deploys and one that destroys, for the collection openstack.cloud.",
        _ansible,
        "application/zip",
        "zip",
    ),
    "drawio": Format(
        "draw.io",
        "The drawing for diagrams.net: containers, components and links where they stand on the canvas.",
        _drawio,
        "application/xml",
        "drawio",
    ),
}


def word(title: str) -> str:
    """A file's name without its ending."""
    return identifier(title).replace("_", "-")


def zipped(files: Sequence[ExportedFile], folder: str) -> bytes:
    """All files in one folder of that name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            entry = zipfile.ZipInfo(f"{folder}/{one.path}", date_time=NO_TIME)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, one.text.encode())
    return packed.getvalue()


@dataclass(frozen=True)
class Download:
    name: str
    content: bytes
    media_type: str


def download_of(format_name: str, title: str, files: Sequence[ExportedFile]) -> Download:
    """What a browser or a command gets: the file, or all of them in a zip."""
    chosen = FORMATS[format_name]
    content = zipped(files, word(title)) if chosen.ending == "zip" else files[0].text.encode()
    return Download(f"{word(title)}-{format_name}.{chosen.ending}", content, chosen.media_type)
