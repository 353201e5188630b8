"""YAML as people like to read it: no aliases, long texts as blocks, the order that was given."""

from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """PyYAML quotes by itself what a block can't hold."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_SHORT = frozenset({"get_resource", "get_param", "get_attr"})


def _mapping(dumper: yaml.SafeDumper, mapping: dict[str, Any]) -> yaml.MappingNode:
    """Heat's words for other things stay on one line."""
    is_short = len(mapping) == 1 and not mapping.keys().isdisjoint(_SHORT)
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping, flow_style=True if is_short else None)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)


def yaml_text(value: Any, *, indent: int = 0) -> str:
    """Ends with a line break. Every line begins with `indent` more spaces, but for empty ones."""
    text = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, default_flow_style=False, allow_unicode=True, width=100000
    )
    pad = " " * indent
    return "".join(f"{pad}{line}" if line.strip() else line for line in text.splitlines(keepends=True))
