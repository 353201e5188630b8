"""A problem: one reason why a file, a document or an edit is refused, and where."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")


@dataclass(frozen=True)
class Problem:
    """`at` is a path such as `components.web.parent`, `detail` a sentence for people."""

    at: str
    detail: str


def path(*steps: str | int) -> str:
    """Joins the steps with dots. A name with dots, blanks or worse in it is quoted: it came from anywhere."""
    return ".".join(map(_step, steps))


@lru_cache(maxsize=4096)  # a document is walked by the same names again and again
def _step(step: str | int) -> str:
    text = str(step)
    return text if _PLAIN.fullmatch(text) else shown(text)


def shown(value: Any) -> str:
    """A value as a sentence may quote it: on one line, printable, never long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    if not text.isprintable():
        text = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
    return text if len(text) <= 60 else f"{text[:57]}..."
