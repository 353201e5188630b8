"""A part of a design that is a design again: views that leave things out compose that."""

from collections.abc import Iterable
from dataclasses import replace

from designer.diagrams.subject import Subject
from designer.domain.document import Component, DesignDocument, Link


def part_of(subject: Subject, keep: Iterable[str], links: Iterable[Link]) -> Subject:
    """Only these components and links. What loses its container moves into the next one around.

    Callouts stay as long as something that they stand at is kept.
    """
    document = subject.document
    kept = set(keep)
    components = {
        key: replace(one, parent=_parent(document, one, kept))
        for key, one in document.components.items()
        if key in kept
    }
    callouts = [
        {**callout, "components": [key for key in callout.get("components", ()) if key in kept]}
        for callout in document.callouts
    ]
    return replace(
        subject,
        document=DesignDocument(
            document.settings,
            components,
            {link.id: link for link in links},
            tuple(callout for callout in callouts if callout["components"]),
        ),
    )


def _parent(document: DesignDocument, component: Component, kept: set[str]) -> str | None:
    return next((around.id for around in document.ancestors(component.id) if around.id in kept), None)


def with_surroundings(
    subject: Subject, keys: Iterable[str], *, but: frozenset[str] = frozenset()
) -> set[str]:
    """These components and the containers around them, without containers of the types in `but`.

    As placed on the canvas all containers stay: places count from the container around.
    """
    document = subject.document
    keys = set(keys)
    around = {one.id: one for key in keys for one in document.ancestors(key)}
    return keys | {key for key, one in around.items() if subject.as_placed or one.type not in but}


def ends(links: Iterable[Link]) -> set[str]:
    return {end for link in links for end in (link.source, link.target)}
