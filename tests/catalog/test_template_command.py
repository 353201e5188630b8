import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.selectors import templates


@pytest.mark.parametrize("key", templates())
@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_a_template_is_printed_as_one_json_value(key: str, flags: list[str]) -> None:
    printed = StringIO()

    call_command("template", key, *flags, stdout=printed)

    assert json.loads(printed.getvalue()) == templates()[key].document


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("rax-basci", 'There is no template called "rax-basci". Did you mean rax-basic?'),
        ("RAX-BASIC", 'There is no template called "RAX-BASIC". Did you mean rax-basic?'),
        ("qqq", 'There is no template called "qqq". There are osc-net, rax-basic.'),
        ("", 'There is no template called "". There are osc-net, rax-basic.'),
        ("a\nb\x1b[31m", 'There is no template called "a\\nb\\u001b[31m". There are osc-net, rax-basic.'),
    ],
)
def test_an_unknown_template_is_one_line_and_exit_status_2(key: str, sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("template", key)

    assert str(refused.value) == sentence
    assert refused.value.returncode == 2
