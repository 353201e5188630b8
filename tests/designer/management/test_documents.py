import json
from pathlib import Path

import pytest
from django.core.management import CommandError

from catalog.selectors import templates
from designer.management.documents import MAX_FILE_BYTES, load_document


def refusal(file: str | Path) -> str:
    with pytest.raises(CommandError) as refused:
        load_document(str(file))
    sentence = str(refused.value)
    assert refused.value.returncode == 2
    assert sentence.isprintable(), "one line"
    return sentence


def test_a_templates_key_loads_its_document() -> None:
    loaded = load_document("rax-basic")

    assert loaded.name == "rax-basic"
    assert loaded.data == templates()["rax-basic"].document
    assert loaded.document.components["web"].label == "Web instance cloud server"


def test_a_file_loads_under_its_name(tmp_path: Path) -> None:
    file = tmp_path / "web shop.json"
    file.write_text("\ufeff" + json.dumps(dict(templates()["osc-net"].document)))

    loaded = load_document(str(file))

    assert loaded.name == "web shop"
    assert loaded.document.components["ngx"].count == 2


def test_a_templates_key_goes_before_a_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rax-basic").write_text('{"format": 1}')

    assert load_document("rax-basic").document.components
    assert not load_document("./rax-basic").document.components


def test_neither_a_file_nor_a_template_names_near_templates() -> None:
    assert refusal("rax-bsic").startswith(
        'There is no template and no file called "rax-bsic". Did you mean rax-basic'
    )


def test_a_template_loads_in_the_form_that_is_named() -> None:
    loaded = load_document("rax-basic:hardened")

    assert loaded.name == "rax-basic-hardened"
    assert loaded.data == templates()["rax-basic"].drawn("hardened")
    assert refusal("rax-basic:rusty").startswith('There is no form "rusty" of the template rax-basic.')


@pytest.mark.parametrize("name", ["a\nb", "x" * 5_000, "", "no/such/place.json"])
def test_a_hostile_name_is_one_line(name: str) -> None:
    assert len(refusal(name)) < 400


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not JSON: Expecting value at line 1, column 1."),
        (b'{"format": 1,}', "is not JSON: Expecting property name enclosed in double quotes at line 1"),
        (b"\xff\xfe\x00", "is not UTF-8 text: byte 0 begins no character."),
        (b"[1, 2]", "is not a valid design. A document is a JSON object."),
        (b'{"format": 1, "components": {"a": {}, "a": {}}}', 'says "a" twice in one object.'),
        (b"[" * 100_000, "is nested too deeply."),
        (b'{"format": ' + b"9" * 5_000 + b"}", "holds a number with thousands of digits."),
        (b'{"format": NaN}', "format: Numbers are finite and below 2 to the power of 53."),
        (
            b'{"format": 1, "components": {"a": {"type": "x"}, "b": {"type": "y"}, "c": {"type": "z"}}}',
            'components.a.type: There is no component type "x". (2 more problems)',
        ),
    ],
)
def test_a_file_that_is_no_design_is_refused_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "design.json"
    file.write_bytes(content)

    assert said in refusal(file)


def test_a_directory_cannot_be_read(tmp_path: Path) -> None:
    assert refusal(tmp_path).endswith("can't be read: Is a directory.")


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as opened:
        opened.truncate(MAX_FILE_BYTES + 1)

    assert refusal(file).endswith("is larger than 8 MiB. A document is smaller.")
