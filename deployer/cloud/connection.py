"""From a credential to a connection that talks only to allowed addresses and gives up in time."""

from collections.abc import Mapping
from typing import Any

import openstack.connection
from openstack.config import OpenStackConfig
from openstack.connection import Connection

from deployer.cloud.addresses import AddressPolicy, GuardedAdapter

CALL_TIMEOUT_SECONDS = 60


def connect(
    credential: Mapping[str, Any], policy: AddressPolicy, *, timeout_seconds: int = CALL_TIMEOUT_SECONDS
) -> Connection:
    """Nothing is sent yet: the first call signs in.

    Shape: `credential` is one entry of a clouds.yaml file. No file and no environment variable is read.
    Raises: AddressRefused, Unreachable for the address to sign in at.
    """
    policy.check_url(str(credential.get("auth", {}).get("auth_url", "")))
    config = OpenStackConfig(load_yaml_config=False, load_envvars=False)
    region = config.get_one(
        **{
            **credential,
            "api_timeout": timeout_seconds,
            "app_name": "stackdraft",
            "identity_api_version": "3",
        }
    )
    session = region.get_session()
    for scheme in ("http://", "https://"):
        session.session.mount(scheme, GuardedAdapter(policy))
    return openstack.connection.Connection(config=region)
