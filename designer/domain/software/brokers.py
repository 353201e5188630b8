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
    """The package starts a broker alone, under its own name: that one goes before the first real start."""
    assert site.password is not None
    named = ""
    if len(site.cluster) > 1:
        own = placeholder(site.cluster[site.copy].address)
        named = f"""\
  printf 'RABBITMQ_USE_LONGNAME=true\\nRABBITMQ_NODENAME=rabbit@{own}\\n' > /etc/rabbitmq/rabbitmq-env.conf
  install -m 0400 -o rabbitmq -g rabbitmq {_COOKIE} /var/lib/rabbitmq/.erlang.cookie
"""
    # The first member of a cluster makes the user; the others receive it when they join.
    users = (
        ""
        if site.copy
        else f"""\
rabbitmqctl list_users -q | cut -f 1 | grep -qx {BROKER_USER} || \\
  rabbitmqctl add_user {BROKER_USER} '{placeholder(site.password)}'
rabbitmqctl set_permissions {BROKER_USER} '.*' '.*' '.*'
if rabbitmqctl list_users -q | cut -f 1 | grep -qx guest; then rabbitmqctl delete_user guest; fi
"""
    )
    return f"""\
#!/bin/sh
set -eu
export DEBIAN_FRONTEND=noninteractive HOME=/root
apt-get -q update
apt-get -q -y install rabbitmq-server
systemctl stop rabbitmq-server
install -m 0644 {_PREPARED} /etc/rabbitmq/rabbitmq.conf
if [ ! -e /var/lib/rabbitmq/.prepared ]; then
  rm -rf /var/lib/rabbitmq/mnesia
{named}  touch /var/lib/rabbitmq/.prepared
fi
systemctl enable rabbitmq-server
systemctl start rabbitmq-server
rabbitmqctl await_startup --timeout 600
{users}"""
