"""Columns that apps above add to lists of apps below.

A list of designs shows money and deployments, which the designer knows nothing about. The settings name, for
each column, a function of an app above: it takes the rows' keys and answers a value for each.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.module_loading import import_string


def column_values(columns: Mapping[str, str], rows: Sequence[Any]) -> dict[str, dict[Any, Any]]:
    """Shape: {column: {row id or key: value}}; a row without a value is absent."""
    return {name: import_string(path)(rows) for name, path in columns.items()}
