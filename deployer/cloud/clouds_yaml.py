"""Reads one entry of a clouds.yaml: pasted by somebody, or found where every OpenStack client finds it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from openstack.config import OpenStackConfig
from openstack.config.loader import CONFIG_FILES
from openstack.exceptions import ConfigException

MOST_CHARACTERS = 20_000
MOST_ENTRIES = 50

# What is kept of an entry. Everything else could read this machine's files (cacert, key) or send the
# password elsewhere (endpoint overrides).
_KEPT = ("region_name", "interface", "verify", "auth_type")
_KEPT_AUTH = (
    "auth_url",
    "username",
    "user_id",
    "password",
    "project_name",
    "project_id",
    "user_domain_name",
    "user_domain_id",
    "project_domain_name",
    "project_domain_id",
    "domain_name",
    "domain_id",
    "application_credential_id",
    "application_credential_name",
    "application_credential_secret",
)
_AUTH_TYPES = ("password", "v3password", "v3applicationcredential")


class EntryInvalid(ValueError):
    """Says in one sentence what is wrong with a clouds.yaml."""


def parse_entry(text: str, name: str | None = None) -> dict[str, Any]:
    """The named entry of a pasted file, or the only one. Raises: EntryInvalid."""
    clouds = _parse(text)
    if name is None:
        if len(clouds) > 1:
            raise EntryInvalid(f"It holds several clouds. Say which: {_listed(clouds)}.")
        name = next(iter(clouds))
    if name not in clouds:
        raise EntryInvalid(f"It has no cloud called {name}, only {_listed(clouds)}.")
    return clean_entry(clouds[name])


def entries_in(text: str) -> dict[str, dict[str, str]]:
    """What a pasted file holds, without secrets: by name, where each signs in and its region.

    Shape: {name: {auth_url, region, problem}}. Raises: EntryInvalid when it is no clouds.yaml.
    """
    found: dict[str, dict[str, str]] = {}
    for name, entry in list(_parse(text).items())[:MOST_ENTRIES]:
        try:
            clean = clean_entry(entry)
        except EntryInvalid as invalid:
            found[str(name)] = {"auth_url": "", "region": "", "problem": str(invalid)}
        else:
            region = str(clean.get("region_name", ""))
            found[str(name)] = {"auth_url": clean["auth"]["auth_url"], "region": region, "problem": ""}
    return found


def _parse(text: str) -> Mapping[Any, Any]:
    if len(text) > MOST_CHARACTERS:
        raise EntryInvalid("This is longer than any clouds.yaml. Paste one entry only.")
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise EntryInvalid("This is not YAML. Paste the whole file as it came from the cloud.") from None
    clouds = data.get("clouds") if isinstance(data, dict) else None
    if not isinstance(clouds, dict) or not clouds:
        raise EntryInvalid("There is no cloud in it: a clouds.yaml begins with the line “clouds:”.")
    return clouds


def find_entry(name: str, *, path: Path | None = None, beside: Path | None = None) -> dict[str, Any] | None:
    """The entry of that name on this machine: in `path`, else where openstacksdk looks, else `beside`.

    Raises: EntryInvalid when a file cannot be read.
    """
    files = [str(path)] if path else [*CONFIG_FILES, *([str(beside)] if beside else [])]
    if path and not path.is_file():
        raise EntryInvalid(f"There is no file {path}.")
    try:
        # OS_CLIENT_CONFIG_FILE comes first, as everywhere; a file named outright stands alone.
        config = OpenStackConfig(config_files=files, load_envvars=path is None)
    except (ConfigException, yaml.YAMLError, OSError) as error:
        raise EntryInvalid(f"The clouds.yaml could not be read: {error}") from None
    entry = (config.cloud_config.get("clouds") or {}).get(name)
    return clean_entry(entry) if entry is not None else None


def application_credential(auth_url: str, region: str, credential_id: str, secret: str) -> dict[str, Any]:
    return clean_entry(
        {
            "auth_type": "v3applicationcredential",
            "region_name": region,
            "auth": {
                "auth_url": auth_url,
                "application_credential_id": credential_id,
                "application_credential_secret": secret,
            },
        }
    )


def clean_entry(entry: Any) -> dict[str, Any]:
    """Only what signing in needs. Raises: EntryInvalid."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("auth"), Mapping):
        raise EntryInvalid("The entry has no “auth:” section.")
    auth = {key: str(entry["auth"][key]) for key in _KEPT_AUTH if entry["auth"].get(key) is not None}
    if not auth.get("auth_url"):
        raise EntryInvalid("The entry has no auth_url.")
    kept = {key: entry[key] for key in _KEPT if entry.get(key) is not None}
    for key in ("region_name", "interface", "auth_type"):
        if not isinstance(kept.get(key, ""), str):
            raise EntryInvalid(f"{key} has to be a text.")
    if not isinstance(kept.get("verify", True), bool):
        raise EntryInvalid("verify has to be true or false.")
    default_type = "v3applicationcredential" if "application_credential_secret" in auth else "password"
    kept.setdefault("auth_type", default_type)
    if kept["auth_type"] not in _AUTH_TYPES:
        raise EntryInvalid(f"auth_type {kept['auth_type']} is not supported, only {', '.join(_AUTH_TYPES)}.")
    if "password" not in auth and "application_credential_secret" not in auth:
        raise EntryInvalid("The entry has neither a password nor an application credential's secret.")
    return {**kept, "auth": auth}


def _listed(clouds: Mapping[Any, Any]) -> str:
    return ", ".join(str(name)[:60] for name in list(clouds)[:20])
