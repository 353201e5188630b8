"""The rule about secrets in a drawing. A design is shared, exported and kept for ever; a secret must not be.

Passwords and keys of the parts that we make are invented when deploying and are in no document, so this
finds what people wrote down themselves.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from designer.domain.document import Component, Json
from designer.domain.rules.evidence import Evidence
from designer.domain.rules.notices import Notice, changed

_SECRET_NAME = re.compile(
    r"passw|passphrase|secret|\bpsk\b|(^|_)psk|api_?key|private_?key|token", re.IGNORECASE
)
_CREDENTIALS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)[^/@\s:]+:[^/@\s]+@")
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY")


def secrets_in_the_drawing(design: Evidence) -> Iterator[Notice]:
    for component in design.document.components.values():
        for name, value in component.properties.items():
            if isinstance(value, str) and value:
                yield from _in_property(design, component, name, value)
        if _is_secret(component.label):
            detail = (
                f"The name of {design.label(component)} holds a key or a password, which everybody who sees "
                "the design can read. Take it out, and change it wherever it is in use."
            )
            yield Notice(detail, (component.id,), {"components": {component.id: {"label": ""}}})
    for name, value in _texts(design.document.settings):
        if _is_secret(value):
            detail = (
                f"The design's setting {name} holds a private key or a password, which everybody who sees "
                "the design can read. Take it out, and change it wherever it is in use."
            )
            yield Notice(detail, fix={"settings": {name: None}})


def _in_property(design: Evidence, component: Component, name: str, value: str) -> Iterator[Notice]:
    schema = design.type_of(component).properties.get(name, {})
    named = bool(_SECRET_NAME.search(name)) and "enum" not in schema
    if named or _is_secret(value):
        title = str(schema.get("title", name))
        detail = (
            f"{design.label(component)} says its secret in {title}, and everybody who sees the design can "
            "read it. Take it out, and change it wherever it is in use."
        )
        yield Notice(detail, (component.id,), _without(component, name, value, default=schema.get("default")))


def _without(component: Component, name: str, value: str, *, default: object) -> Json | None:
    """The property without its secret; None where the type itself brings it along."""
    if value == default:
        return None
    cleaned = _CREDENTIALS.sub(r"\1", value)
    return changed(component, **{name: cleaned if cleaned != value and not _is_secret(cleaned) else None})


def _is_secret(text: str) -> bool:
    if "://" in text and _CREDENTIALS.search(text):
        return True
    return "-----BEGIN" in text and _PRIVATE_KEY.search(text) is not None


def _texts(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in settings.items() if isinstance(value, str))
