"""What is taken from a clouds.yaml, pasted or found, and what is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from deployer.cloud.clouds_yaml import EntryInvalid, application_credential, find_entry, parse_entry

PASTED = """
clouds:
  shop:
    auth:
      auth_url: https://cloud.example.org/v3
      username: demo
      password: s3cret
      project_name: shop
      cacert: /etc/passwd
    region_name: RegionOne
    cert: /etc/ssl/private/key.pem
    compute_endpoint_override: http://169.254.169.254/
"""


def test_only_what_signing_in_needs_is_kept() -> None:
    entry = parse_entry(PASTED)

    assert entry == {
        "auth_type": "password",
        "region_name": "RegionOne",
        "auth": {
            "auth_url": "https://cloud.example.org/v3",
            "username": "demo",
            "password": "s3cret",
            "project_name": "shop",
        },
    }


def test_an_application_credential_is_known_by_its_secret() -> None:
    entry = application_credential("https://cloud.example.org/v3", "R1", "id-1", "s3cret")

    assert entry["auth_type"] == "v3applicationcredential"
    assert entry["auth"]["application_credential_id"] == "id-1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no cloud in it"),
        ("a: [", "This is not YAML"),
        ("clouds: []", "There is no cloud in it"),
        ("clouds: {a: {}}", "no “auth:” section"),
        ("clouds: {a: {auth: {username: u}}}", "has no auth_url"),
        ("clouds: {a: {auth: {auth_url: 'https://x/v3'}}}", "neither a password nor"),
        (
            "clouds: {a: {auth: {auth_url: 'https://x', password: p}, auth_type: v3kerberos}}",
            "is not supported",
        ),
        ("clouds: {a: {auth: {auth_url: 'https://x', password: p}, verify: maybe}}", "verify has to be"),
        ("clouds: {a: {auth: {auth_url: 'https://x', password: p}, region_name: [1]}}", "has to be a text"),
        ("clouds: {a: {}, b: {}}", "It holds several clouds. Say which: a, b."),
        ("!!python/object/apply:os.system ['true']", "This is not YAML"),
        ("x" * 20_001, "longer than any clouds.yaml"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(EntryInvalid, match=sentence):
        parse_entry(text)


def test_an_entry_that_is_not_in_it_is_named() -> None:
    with pytest.raises(EntryInvalid, match="It has no cloud called lab, only shop"):
        parse_entry(PASTED, "lab")


@given(some.text(max_size=300))
def test_whatever_is_pasted_gives_an_entry_or_a_sentence(text: str) -> None:
    try:
        parse_entry(text)
    except EntryInvalid as invalid:
        assert "\n" not in str(invalid)


def test_an_entry_is_found_where_openstack_clients_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.yaml").write_text(PASTED)
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(tmp_path / "mine.yaml"))

    found = find_entry("shop")

    assert found is not None
    assert found["auth"]["password"] == "s3cret"
    assert find_entry("elsewhere") is None


def test_a_file_named_outright_stands_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_text(PASTED)
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(tmp_path / "mine.yaml"))
    (tmp_path / "other.yaml").write_text("clouds: {}")

    assert find_entry("shop", path=tmp_path / "other.yaml") is None
    with pytest.raises(EntryInvalid, match="There is no file"):
        find_entry("shop", path=tmp_path / "missing.yaml")


def test_a_file_beside_the_product_is_looked_at_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(tmp_path / "nothing.yaml"))
    monkeypatch.setattr("deployer.cloud.clouds_yaml.CONFIG_FILES", [])
    (tmp_path / "clouds.yaml").write_text(PASTED)

    assert find_entry("shop", beside=tmp_path / "clouds.yaml") is not None
