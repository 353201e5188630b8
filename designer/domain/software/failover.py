"""Keepalived: an address that a balancer and its standby share, and that moves to the one that lives."""

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.clusters import Place
from designer.domain.software.site import Site

_SETUP = "/usr/local/sbin/stackdraft-failover"
_PREPARED = "/etc/stackdraft/keepalived.conf"
ROUTER_ID = 51  # told apart by the peers' addresses, so one number does for every pair


def failover(site: Site, service: str) -> CloudConfig:
    """`service` is what has to run where the address is. Packets go straight to the peers: networks of clouds
    carry no multicast.
    """
    if site.shared_address is None or len(site.cluster) < 2:
        return CloudConfig()
    peers = "".join(
        f"        {placeholder(place.address)}\n" for place in site.cluster if place != site.place
    )
    # Not pidof, a link to a program that goes by the name it is called by: keepalived follows the link.
    text = f"""\
global_defs {{
    enable_script_security
    script_user root
}}
vrrp_script serves {{
    script "/usr/bin/systemctl is-active --quiet {service}"
    interval 2
    fall 2
    rise 2
}}
vrrp_instance front {{
    state BACKUP
    interface INTERFACE
    virtual_router_id {ROUTER_ID}
    priority {_priority(site)}
    advert_int 1
    unicast_src_ip {placeholder(site.place.address)}
    unicast_peer {{
{peers}    }}
    virtual_ipaddress {{
        {placeholder(site.shared_address)}/32
    }}
    track_script {{
        serves
    }}
}}
"""
    return CloudConfig(
        packages=("keepalived",),
        files=(File(_PREPARED, text), File(_SETUP, _SCRIPT, mode="0755")),
        commands=((_SETUP,),),
    )


def _priority(site: Site) -> int:
    """The active balancer first, then the others in their order."""
    is_standby = site.component.properties.get("mode") == "standby"
    return (100 if is_standby else 200) - _rank(site.cluster, site.place)


def _rank(cluster: tuple[Place, ...], place: Place) -> int:
    return cluster.index(place)


# Images call their first interface eth0, ens3, enp1s0, ...: it is the one that the way out leads over.
_SCRIPT = f"""\
#!/bin/sh
set -eu
interface=$(ip route show default | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)
sed "s/INTERFACE/$interface/" {_PREPARED} > /etc/keepalived/keepalived.conf
systemctl enable keepalived
systemctl restart keepalived
"""
