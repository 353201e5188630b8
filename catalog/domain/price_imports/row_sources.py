"""Sources of a book, made of what its rows say about where they come from."""

import re
from collections.abc import Iterable, Mapping

from catalog.domain.price_imports.collected_rows import CollectedRow, Record

# What a row's note begins with. Who doesn't say how sure it is gets no benefit of the doubt.
KINDS = {
    "[primary]": "primary",
    "[secondary, corroborated]": "corroborated",
    "[secondary]": "secondary",
}
_LICENCE = re.compile(r"CC BY(-\w+)* \d\.\d")
LONGEST_NOTE = 240


class RowSources:
    """`records` are the file's sources: the named ones, then one for each place, day and degree of doubt."""

    def __init__(self, named: Iterable[Record], by_kind: Mapping[str, str]) -> None:
        self.records: list[Record] = [dict(source) for source in named]
        self._by_kind = by_kind
        self._ids: dict[tuple[str, str, str], str] = {}

    def of(self, row: CollectedRow) -> str:
        kind, note = doubt_of(row)
        if kind in self._by_kind:
            return self._by_kind[kind]
        place = (row.source_url, kind, row.effective_date)
        if place not in self._ids:
            self._ids[place] = f"list-{len(self._ids) + 1}"
            licence = _LICENCE.search(note)
            self.records.append(
                {
                    "id": self._ids[place],
                    "url": row.source_url,
                    "kind": kind,
                    "retrieved": row.effective_date or "undated",
                    **({"licence": licence[0]} if licence else {}),
                    "note": note[:LONGEST_NOTE] or "The collected list says no more about it.",
                }
            )
        return self._ids[place]


def doubt_of(row: CollectedRow) -> tuple[str, str]:
    """The kind of source, and the rest of the row's note."""
    for mark, kind in KINDS.items():
        if row.source_note.startswith(mark):
            return kind, row.source_note.removeprefix(mark).strip()
    return "secondary", row.source_note
