"""RabbitMQ: one broker, or a cluster whose members find each other by their reserved addresses."""

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.site import Site

BROKER_USER = "app"
_SETUP = "/usr/local/sbin/stackdraft-broker"
_PREPARED = "/etc/stackdraft/rabbitmq.conf"
_COOKIE = "/etc/stackdraft/erlang.cookie"


def rabbitmq(site: Site) -> CloudConfig:
    """The package's own user "guest" goes: its password is known to everybody."""
    assert site.password is not None
    files = [
        File(_PREPARED, _settings(site)),
        File(_SETUP, _script(site), mode="0700"),
    ]
    if len(site.cluster) > 1:
        assert site.secret is not None
        files.append(File(_COOKIE, f"{placeholder(site.secret)}\n", mode="0600"))
    return CloudConfig(files=tuple(files), commands=((_SETUP,),))


def _settings(site: Site) -> str:
    text = f"listeners.tcp.default = {site.port}\n"
    if len(site.cluster) == 1:
        return text
    text += "cluster_formation.peer_discovery_backend = classic_config\n"
    for number, place in enumerate(site.cluster, start=1):
        node = f"rabbit@{placeholder(place.address)}"
        text += f"cluster_formation.classic_config.nodes.{number} = {node}\n"
    # Of a cluster that falls in two, the smaller part stops, so that no two halves take messages.
    return text + "cluster_partition_handling = pause_minority\n"


def _script(site: Site) -> str:
    """The settings come before the package, so that a member joins on its very first start."""
    assert site.password is not None
    named = ""
    if len(site.cluster) > 1:
        own = placeholder(site.cluster[site.copy].address)
        named = f"""\
printf 'RABBITMQ_USE_LONGNAME=true\\nRABBITMQ_NODENAME=rabbit@{own}\\n' > /etc/rabbitmq/rabbitmq-env.conf
if [ ! -e /var/lib/rabbitmq/.erlang.cookie ]; then
  tr -d '\\n' < {_COOKIE} > /var/lib/rabbitmq/.erlang.cookie
  chmod 0400 /var/lib/rabbitmq/.erlang.cookie
fi
"""
    # The first member of a cluster keeps the users; the others receive them when they join.
    users = (
        ""
        if site.copy
        else f"""\
rabbitmqctl await_startup --timeout 600
rabbitmqctl list_users -q | cut -f 1 | grep -qx {BROKER_USER} || \\
  rabbitmqctl add_user {BROKER_USER} '{placeholder(site.password)}'
rabbitmqctl set_permissions {BROKER_USER} '.*' '.*' '.*'
if rabbitmqctl list_users -q | cut -f 1 | grep -qx guest; then rabbitmqctl delete_user guest; fi
"""
    )
    return f"""\
#!/bin/sh
set -eu
export DEBIAN_FRONTEND=noninteractive
mkdir -p /etc/rabbitmq /var/lib/rabbitmq
install -m 0644 {_PREPARED} /etc/rabbitmq/rabbitmq.conf
{named}apt-get -q update
apt-get -q -y -o Dpkg::Options::=--force-confold install rabbitmq-server
chown -R rabbitmq:rabbitmq /var/lib/rabbitmq
systemctl enable rabbitmq-server
systemctl restart rabbitmq-server
{users}"""
