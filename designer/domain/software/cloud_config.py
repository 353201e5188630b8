"""First-boot instructions as cloud-init reads them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from designer.domain.resources import Join, Ref

MARK = "\x00"  # stands around a reference inside text; no recipe writes it otherwise


@dataclass(frozen=True)
class File:
    """A file to write. `content` ends with a line break and may hold `placeholder(ref)`."""

    path: str
    content: str
    mode: str = "0644"


@dataclass(frozen=True)
class CloudConfig:
    packages: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    commands: tuple[tuple[str, ...], ...] = ()

    def __add__(self, other: "CloudConfig") -> "CloudConfig":
        return CloudConfig(
            self.packages + other.packages, self.files + other.files, self.commands + other.commands
        )

    def __bool__(self) -> bool:
        return bool(self.packages or self.files or self.commands)


def placeholder(ref: Ref) -> str:
    """Text that render() turns back into the reference: to an id, an address or a password."""
    return f"{MARK}{ref.key}{MARK}{ref.output}{MARK}"


def render(config: CloudConfig) -> str | Join:
    """The YAML text; a Join where it refers to what only exists later.

    Written by hand because a design has hundreds of these and PyYAML needs milliseconds for one. Every scalar
    is JSON, which is YAML too, and file contents are literal blocks, so that an export can be read.
    """
    return _joined("\n".join(_lines(config)) + "\n")


def _lines(config: CloudConfig) -> Iterator[str]:
    yield "#cloud-config"
    if config.packages:
        yield "package_update: true"
        yield "packages:"
        yield from (f"  - {json.dumps(package)}" for package in config.packages)
    if config.files:
        yield "write_files:"
        for file in config.files:
            yield f"  - path: {json.dumps(file.path)}"
            yield f"    permissions: {json.dumps(file.mode)}"
            yield "    content: |"
            yield from (f"      {line}".rstrip() for line in file.content.splitlines())
    if config.commands:
        yield "runcmd:"
        # cloud-init makes one shell script of them, which would go on after a step that failed: a database
        # would be set up beside the volume that did not come, and the boot be called a success.
        yield '  - ["set", "-e"]'
        yield from (f"  - {json.dumps(list(command))}" for command in config.commands)


def _joined(text: str) -> str | Join:
    pieces: Sequence[str] = text.split(MARK)
    if len(pieces) == 1:
        return text
    parts: list[str | Ref] = []
    for at in range(0, len(pieces) - 1, 3):
        before, key, output = pieces[at : at + 3]
        parts.extend([before, Ref(key, output)] if before else [Ref(key, output)])
    return Join((*parts, pieces[-1]))
