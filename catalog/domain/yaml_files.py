"""Reads the catalogue's YAML files: each is one mapping in which every key stands once."""

import math
from collections.abc import Mapping
from typing import Any

import yaml

from catalog.domain.problems import Problem

Files = Mapping[str, str]  # file name -> text


class CatalogueBroken(Exception):
    """Shipped files don't fit together. A problem's `at` is `templates/rax-basic.yaml: links.web-db`."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.at}: {problem.detail}" for problem in problems))


def parsed_files(files: Files, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    """Each shipped file's mapping; a file that is none becomes a problem."""
    return _parsed(files, problems, _ShippedFile)


def parsed_by_hand(texts: Files, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    """The same for what a person typed in, however deep it is nested."""
    return _parsed(texts, problems, _TypedText)


def _parsed(files: Files, problems: list[Problem], loader: type[Any]) -> dict[str, dict[str, Any]]:
    parsed: dict[str, dict[str, Any]] = {}
    for name, text in files.items():
        try:
            value = yaml.load(text, Loader=loader)  # noqa: S506  both are SafeLoaders
        except RecursionError:
            problems.append(Problem(name, "is nested too deep to be read."))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
            problems.append(Problem(f"{name}: {where}", f"is no YAML: {error.problem}."))
        except yaml.YAMLError as error:
            problems.append(Problem(name, f"is no YAML: {str(error).splitlines()[0]}."))
        else:
            if isinstance(value, dict):
                parsed[name] = value
            else:
                problems.append(Problem(name, "is empty or no mapping."))
    return parsed


def key_of(file_name: str) -> str:
    """`component_types/web_server.yaml` -> `web_server`"""
    return file_name.rpartition("/")[2].removesuffix(".yaml")


class _OneMeaning(yaml.constructor.SafeConstructor):
    """YAML keeps the last of two equal keys without a word; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} stands here twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


class _TypedText(_OneMeaning, yaml.SafeLoader):
    """In Python, where too deep a nesting is an error. In C it would take the whole process down."""


# Ten times as quick, which is most of what a process needs to come up. Some platforms have no libyaml.
_Quick: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _ShippedFile(_OneMeaning, _Quick):
    """Our own files nest a few levels deep."""


def _finite(loader: Any, node: yaml.ScalarNode) -> float:
    """YAML's .inf and .nan are in no JSON, and in no drawing."""
    value: float = loader.construct_yaml_float(node)
    if not math.isfinite(value):
        problem = f"{node.value} is no number to build with"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
    return value


_TypedText.add_constructor("tag:yaml.org,2002:float", _finite)
_ShippedFile.add_constructor("tag:yaml.org,2002:float", _finite)
