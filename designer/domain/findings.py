"""A finding: one thing that a rule noticed about a design."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """`summary` is a fixed phrase of the rule; `detail` says what, why and what to do about it.

    `fix` is a merge patch for the document, where one edit repairs it.
    """

    rule: str
    severity: Severity
    summary: str
    detail: str
    components: tuple[str, ...] = ()
    fix: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "summary": self.summary,
            "detail": self.detail,
            "components": list(self.components),
            "fix": self.fix,
        }
