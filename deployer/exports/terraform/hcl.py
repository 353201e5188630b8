"""HCL as text: every string is escaped here, and nowhere else.

Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md, string literals and templates
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MARGIN = "  "


@dataclass(frozen=True)
class Expr:
    """Words of the language itself, such as `var.image`. Never made from what people type."""

    text: str


@dataclass(frozen=True)
class Template:
    """Text with expressions in it."""

    parts: tuple[str | Expr, ...]


@dataclass(frozen=True)
class Blocks:
    """`network { ... }`, once for each of the bodies: an attribute would be written with `=`."""

    bodies: Sequence[Mapping[str, Any]]


def block(head: str, body: Mapping[str, Any], *, depth: int = 0) -> str:
    """One block. `head` is its type with its labels, such as `variable "image"`."""
    margin = MARGIN * depth
    return "".join([f"{margin}{head} {{\n", *_lines(body, depth + 1), f"{margin}}}\n"])


def _lines(body: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Attributes that follow each other have their = in one column, as `terraform fmt` has it."""
    margin = MARGIN * depth
    waiting: list[tuple[str, str]] = []
    for name, value in body.items():
        text = "" if isinstance(value, Blocks) else written(value, depth=depth)
        if text and "\n" not in text:
            waiting.append((name, text))
            continue
        yield from _aligned(waiting, margin)
        waiting = []
        if isinstance(value, Blocks):
            yield from (block(name, inner, depth=depth) for inner in value.bodies)
        else:
            yield f"{margin}{name} = {text}\n"
    yield from _aligned(waiting, margin)


def _aligned(attributes: list[tuple[str, str]], margin: str) -> Iterator[str]:
    width = max((len(name) for name, _ in attributes), default=0)
    return (f"{margin}{name:{width}} = {text}\n" for name, text in attributes)


def written(value: Any, *, depth: int = 0) -> str:
    """A value as an expression."""
    if isinstance(value, Expr):
        return value.text
    if isinstance(value, Template):
        return _template(value.parts)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return _object(value, depth)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(written(one, depth=depth) for one in value)}]"
    return _template((str(value),))


def quoted(text: str) -> str:
    """A string literal, with nothing in it that HCL would read."""
    return f'"{_escaped(text)}"'


_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escaped(text: str) -> str:
    plain = _without_templates(text)
    return "".join(_SHORT.get(letter) or _letter(letter) for letter in plain)


def _letter(letter: str) -> str:
    code = ord(letter)
    if code < 0x20 or code == 0x7F or letter in "\u2028\u2029\ufeff":
        return f"\\u{code:04x}"
    return letter


def _without_templates(text: str) -> str:
    """`${` and `%{` begin a template; doubled they are themselves."""
    return text.replace("${", "$${").replace("%{", "%%{")


def _template(parts: tuple[str | Expr, ...]) -> str:
    """Long texts stand as they are, as a heredoc; short ones in quotes."""
    plain = "".join(part for part in parts if isinstance(part, str))
    last = parts[-1] if parts else ""
    fits = plain.count("\n") > 1 and isinstance(last, str) and last.endswith("\n")
    if fits and not any(_letter(letter) != letter for letter in plain if letter not in "\n\t"):
        return _heredoc(parts, plain)
    inner = (_escaped(part) if isinstance(part, str) else f"${{{part.text}}}" for part in parts)
    return f'"{"".join(inner)}"'


def _heredoc(parts: tuple[str | Expr, ...], plain: str) -> str:
    mark = "EOT"
    while any(line.strip() == mark for line in plain.splitlines()):
        mark += "_"
    inner = (_without_templates(part) if isinstance(part, str) else f"${{{part.text}}}" for part in parts)
    return f"<<{mark}\n{''.join(inner)}{mark}"


def _object(value: Mapping[str, Any], depth: int) -> str:
    if not value:
        return "{}"
    named = {name if name.isidentifier() else quoted(name): one for name, one in value.items()}
    return f"{{\n{''.join(_lines(named, depth + 1))}{MARGIN * depth}}}"
