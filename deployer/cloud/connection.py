"""From a credential to a connection that talks only to allowed addresses and gives up in time."""

import os
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
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE")
    config = OpenStackConfig(load_yaml_config=False, load_envvars=False)
    region = config.get_one(
        **{
            **credential,
            "api_timeout": timeout_seconds,
            "app_name": "stackdraft",
            **({"cacert": bundle} if bundle else {}),
            "identity_api_version": "3",
        }
    )
    session = region.get_session()
    # Neither a proxy nor a password file of this machine's user has a say in it.
    session.session.trust_env = False
    for scheme in ("http://", "https://"):
        session.session.mount(scheme, GuardedAdapter(policy))
    return openstack.connection.Connection(config=region)
