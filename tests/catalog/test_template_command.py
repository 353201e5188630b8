import json
from io import StringIO
from typing import Any

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
        ("rax-basci", 'There is no template called "rax-basci". Did you mean rax-basic'),
        ("RAX-BASIC", 'There is no template called "RAX-BASIC". Did you mean rax-basic'),
        ("qqq", 'There is no template called "qqq". There are beh-hybrid, '),
        ("", 'There is no template called "". There are beh-hybrid, '),
        ("a\nb\x1b[31m", 'There is no template called "a\\nb\\u001b[31m". There are beh-hybrid, '),
        ("rax-basic:rusty", 'There is no form "rusty" of the template rax-basic. There are published and'),
        ("rax-basic:", 'There is no form "" of the template rax-basic.'),
    ],
)
def test_an_unknown_template_or_form_is_one_line_and_exit_status_2(key: str, sentence: str) -> None:
    assert refusal(key).startswith(sentence)


def test_a_form_and_choices_are_printed() -> None:
    hardened = templates()["rax-basic"].drawn("hardened")

    assert printed("rax-basic:hardened") == printed("rax-basic", "--form", "hardened") == hardened
    chosen = printed("rax-basic", "--set", "web_servers=3")
    assert chosen["components"]["web"]["properties"]["count"] == 3


def test_what_can_be_chosen_is_listed() -> None:
    out = StringIO()
    call_command("template", "rax-basic", "--parameters", stdout=out)

    assert out.getvalue().startswith("web_servers")
    assert "1 to 20 servers. As drawn: 1." in out.getvalue()
    assert printed("rax-basic", "--parameters", "--json").keys() == templates()["rax-basic"].parameters.keys()


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("web_servers", '--set takes NAME=VALUE, not "web_servers".'),
        ("web_servers=many", 'Web servers is a whole number, not "many".'),
        ("web_servers=99", "Web servers is 20 servers at most, not 99."),
        ("wbe_servers=1", 'rax-basic has no parameter "wbe_servers". Did you mean web_servers?'),
        ("web_servers=" + "[" * 5000, "Web servers is a whole number, not"),
    ],
)
def test_a_choice_that_does_not_fit_is_one_line_and_exit_status_2(choice: str, sentence: str) -> None:
    assert refusal("rax-basic", "--set", choice).startswith(sentence)


def printed(*arguments: str) -> Any:
    out = StringIO()
    call_command("template", *arguments, stdout=out)
    return json.loads(out.getvalue())


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("template", *arguments)
    assert refused.value.returncode == 2
    sentence = str(refused.value)
    assert sentence.isprintable(), "one line"
    return sentence
