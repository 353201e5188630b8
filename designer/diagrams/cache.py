"""Pictures that were drawn before: files named by a hash of everything that a picture depends on."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from catalog.domain.component_specs import ComponentType
from designer.diagrams.costs import ComponentCost
from designer.diagrams.render import FileFormat, LayoutName, ThemeName, render_diagram
from designer.diagrams.subject import Naming
from designer.diagrams.views import ViewName
from designer.domain.document import DesignDocument

MOST_BYTES = 256 * 1024 * 1024  # on disk; the pictures unused for longest go first


def cached_diagram(
    document: DesignDocument,
    types: Mapping[str, ComponentType],
    *,
    content_hash: str,
    title: str = "",
    file_format: FileFormat = "svg",
    layout: LayoutName = "automatic",
    theme: ThemeName = "light",
    view: ViewName = "full",
    naming: Naming = "generic",
    costs: Mapping[str, ComponentCost] | None = None,
    with_notes: bool = True,
) -> bytes:
    """`render_diagram`, drawn once for each `content_hash` of a document. Raises what that raises."""
    parts = [
        *(_drawing_version(), _catalogue_version(types), _costs_version(costs or {})),
        *(content_hash, title, layout, theme, view, naming, with_notes),
    ]
    name = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    file = Path(settings.HOME) / "diagrams" / f"{name}.{file_format}"
    try:
        picture = file.read_bytes()
        os.utime(file)  # used just now
        return picture
    except OSError:
        picture = render_diagram(
            document,
            types,
            title=title,
            file_format=file_format,
            layout=layout,
            theme=theme,
            view=view,
            naming=naming,
            costs=costs,
            with_notes=with_notes,
        )
    _keep(picture, file)
    return picture


def _keep(picture: bytes, file: Path) -> None:
    """Best effort: a full disk costs time at the next look and nothing else."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written beside and renamed, so that nobody ever reads half a picture.
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as beside:
            beside.write(picture)
        Path(beside.name).replace(file)
        _forget_the_oldest(file.parent)
    except OSError:
        return


def _forget_the_oldest(folder: Path) -> None:
    kept = sorted(((one.stat().st_mtime, one.stat().st_size, one) for one in folder.iterdir()), reverse=True)
    total = 0
    for _, size, one in kept:
        total += size
        if total > MOST_BYTES:
            one.unlink(missing_ok=True)


@cache
def _drawing_version() -> str:
    """Changes with any line of the code that draws or expands, so that a new release draws anew."""
    diagrams = Path(__file__).resolve().parent
    contents = hashlib.sha256()
    for package in (diagrams, diagrams.parent / "domain"):
        for file in sorted(package.rglob("*")):
            if file.suffix in {".py", ".json", ".ttf", ".woff2"}:
                contents.update(file.read_bytes())
    return contents.hexdigest()


def _catalogue_version(types: Mapping[str, ComponentType]) -> str:
    """What a picture takes from the catalogue."""
    taken = [
        (key, one.icon, one.category, one.family, sorted(one.labels.items()))
        for key, one in sorted(types.items())
    ]
    return hashlib.sha256(json.dumps(taken).encode()).hexdigest()


def _costs_version(costs: Mapping[str, ComponentCost]) -> str:
    said = [(key, str(one.monthly), one.currency, one.unpriced) for key, one in sorted(costs.items())]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
