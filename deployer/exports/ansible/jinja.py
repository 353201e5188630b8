"""Text for Ansible, which reads every string of a playbook as a Jinja template."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# What begins something in Jinja. A brace before one of these would too, once the first is written apart.
_BEGINS = re.compile(r"\{(?=[{%#])")


@dataclass(frozen=True)
class Expr:
    """Words of Jinja itself, such as `web_port_0.port.id`. Never made from what people type."""

    text: str


def literal(text: str) -> str:
    """The same text, read by Jinja as itself."""
    return _BEGINS.sub("{{ '{' }}", text)


def expression(expr: Expr) -> str:
    return f"{{{{ {expr.text} }}}}"


def template(parts: Iterable[str | Expr]) -> str:
    """Pieces meet only where one of them is an expression, which has braces of its own on both sides."""
    return "".join(literal(part) if isinstance(part, str) else expression(part) for part in parts)
