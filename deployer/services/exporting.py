"""What someone may ask for with a design and no deployment: its files for other tools."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalog.selectors import component_types
from deployer.domain.cloud import CloudProfile
from deployer.domain.kinds import REPLACEABLE_SERVICES
from deployer.errors import FormatNotFound
from deployer.exports.formats import FORMATS, ExportedFile, Format
from deployer.exports.subject import Subject
from designer.domain.document import DesignDocument
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document


def get_format(name: str) -> Format:
    """Raises: FormatNotFound."""
    if name not in FORMATS:
        raise FormatNotFound(name, sorted(FORMATS))
    return FORMATS[name]


def export_document(
    document: Mapping[str, Any], format_name: str, *, title: str, profile: CloudProfile | None = None
) -> Sequence[ExportedFile]:
    """The files of a design. What differs from cloud to cloud is a parameter in them.

    With a cloud's profile the parameters have that cloud's values, and services that it lacks are replaced as
    in a plan. Asks no cloud.
    Raises: FormatNotFound.
    """
    chosen = get_format(format_name)
    return chosen.write(export_subject(document, title=title, profile=profile))


def export_subject(
    document: Mapping[str, Any], *, title: str, profile: CloudProfile | None = None
) -> Subject:
    parsed, types = parse_document(document, component_types()), component_types()
    without = REPLACEABLE_SERVICES - profile.services if profile else frozenset()
    return Subject(
        title=title,
        document=parsed,
        graph=expand(parsed, types, without=without),
        profile=profile,
        labels=_labels(parsed),
    )


def _labels(document: DesignDocument) -> dict[str, str]:
    types = component_types()
    return {
        component_id: component.label or types[component.reference].label
        for component_id, component in document.components.items()
    }
