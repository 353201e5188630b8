"""What JSON a document may hold anywhere: finite numbers, texts fit for every format, bounded nesting.

And the hash by which the same JSON is known again.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from catalog.domain.problems import Problem, path

MAX_DEPTH = 16
MAX_TEXT = 10_000
MAX_NUMBER = 2**53  # what every JSON reader keeps exactly

# Control characters with line breaks, lone surrogates and the two non-characters: databases, XML, shells
# and terminals choke on them, and a pattern's `$` looks past a line break at the end.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = str.maketrans("", "", "\n\t")

Steps = tuple[str | int, ...]


def hash_of(value: Any) -> str:
    """SHA-256 in hex, the same for the same JSON, whatever the order of its keys."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def find_json_problems(value: Any) -> Iterator[Problem]:
    """Everything unfit for a document. Works without recursion, so nesting can't exhaust the stack."""
    waiting: list[tuple[Any, Steps]] = [(value, ())]
    while waiting:
        current, steps = waiting.pop()
        if len(steps) > MAX_DEPTH:
            yield Problem(path(*steps[:3]), f"Values are nested {MAX_DEPTH} levels deep at most.")
            return
        if isinstance(current, dict):
            yield from _find_name_problems(current, steps)
            inner: Iterable[tuple[Any, Any]] = current.items()
        elif isinstance(current, list):
            inner = enumerate(current)
        else:
            yield from _find_leaf_problems(current, steps)
            continue
        # Nearly everything in a document is a short text or a plain number: that needs no path and no turn.
        waiting += [(item, (*steps, step)) for step, item in inner if not _is_plain(item)]


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is str:
        return len(value) <= MAX_TEXT and _UNSAFE.search(value) is None
    if kind is int or kind is float:
        return bool(-MAX_NUMBER <= value <= MAX_NUMBER)
    return value is None or kind is bool


def _find_leaf_problems(value: Any, steps: Steps) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from _find_text_problems(value, steps)
    elif value is not None:
        yield from _find_number_problems(value, steps)


def _find_name_problems(names: dict[Any, Any], steps: Steps) -> Iterator[Problem]:
    for name in names:
        if type(name) is not str or _UNSAFE.search(name):
            yield Problem(path(*steps, str(name)), "Names are texts without control characters.")


def _find_text_problems(text: str, steps: Steps) -> Iterator[Problem]:
    if len(text) > MAX_TEXT:
        yield Problem(path(*steps), f"Texts have {MAX_TEXT:,} characters at most, not {len(text):,}.")
    if _UNSAFE.search(text) and _UNSAFE.search(text.translate(_LINE_BREAKS) if _has_lines(steps) else text):
        yield Problem(path(*steps), "Texts are one line, without control characters and broken ones.")


def _has_lines(steps: Steps) -> bool:
    """A callout is prose; every other text is a name or a value."""
    return len(steps) == 3 and steps[0] == "callouts" and steps[2] == "text"


def _find_number_problems(number: Any, steps: Steps) -> Iterator[Problem]:
    if not isinstance(number, (int, float)):  # True and False are int, and fit
        yield Problem(path(*steps), f"{type(number).__name__} is no JSON value.")
    elif not -MAX_NUMBER <= number <= MAX_NUMBER:  # NaN is in no range
        yield Problem(path(*steps), "Numbers are finite and below 2 to the power of 53.")
