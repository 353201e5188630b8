"""WireGuard and tinc: an encrypted network over the internet between the servers that tunnels join."""

from designer.domain.addressing import read_cidr
from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.clusters import Place
from designer.domain.software.site import Peer, Site

NAME = "overlay"
_SETUP = "/usr/local/sbin/stackdraft-overlay"
_PEERS = "/etc/stackdraft/overlay-peers"
_SECRET = "/etc/stackdraft/overlay.key"  # noqa: S105  where it lies
_CIPHERS = "Cipher = aes-256-cbc\nDigest = sha256\n"
_SYSCTL = "/etc/sysctl.d/60-stackdraft.conf"
_FORWARD = File(_SYSCTL, "net.ipv4.ip_forward = 1\n")


def wireguard(site: Site) -> CloudConfig:
    """Each node's key comes from the overlay's one secret and the node's name.

    So every node can work out all public keys, and nobody has to carry keys around. It also means that who
    has one node has the overlay, as with any shared key.
    """
    assert site.secret is not None
    listed = "".join(
        f"{peer.place.name} {_endpoint(peer)} {','.join([f'{_inside(site, peer.place)}/32', *peer.ranges])}\n"
        for peer in site.peers
    )
    return CloudConfig(
        packages=("wireguard-tools",),
        files=(
            _FORWARD,
            File(_SECRET, f"{placeholder(site.secret)}\n", mode="0600"),
            File(_PEERS, listed),
            File(_SETUP, _wireguard_script(site), mode="0700"),
        ),
        commands=(("sysctl", "-p", _SYSCTL), (_SETUP,)),
    )


def _wireguard_script(site: Site) -> str:
    own = site.place
    return f"""\
#!/bin/sh
set -eu
umask 077
private_key() {{
  printf '%s %s' "$(cat {_SECRET})" "$1" | openssl dgst -sha256 -binary | base64
}}

{{
  echo "[Interface]"
  echo "Address = {_inside(site, own)}/{_prefix(site)}"
  echo "ListenPort = {site.port}"
  echo "PrivateKey = $(private_key {own.name})"
  while read -r name endpoint ranges; do
    echo
    echo "[Peer]"
    echo "PublicKey = $(private_key "$name" | wg pubkey)"
    echo "Endpoint = $endpoint"
    echo "AllowedIPs = $ranges"
    echo "PersistentKeepalive = 25"
  done < {_PEERS}
}} > /etc/wireguard/{NAME}.conf
systemctl enable wg-quick@{NAME}
systemctl restart wg-quick@{NAME}
"""


def tinc(site: Site) -> CloudConfig:
    """All but the other nodes' public keys.

    Each node makes its own pair, and the public half has to be carried to the others by hand, because tinc
    knows no shared key.
    """
    own = site.place
    place = f"/etc/tinc/{NAME}"
    connect = "".join(f"ConnectTo = {peer.place.name}\n" for peer in site.peers)
    ranges = "".join(f"Subnet = {one}\n" for one in (f"{_inside(site, own)}/32", *site.own_ranges))
    # The file is carried to nodes that shall find this one by it.
    where = f"Address = {placeholder(site.own_address or own.address)} {site.port}\n"
    hosts = [
        File(
            f"/etc/stackdraft/tinc/{peer.place.name}",
            f"Address = {placeholder(peer.address)} {peer.port}\n{_CIPHERS}"
            + "".join(f"Subnet = {one}\n" for one in (f"{_inside(site, peer.place)}/32", *peer.ranges)),
        )
        for peer in site.peers
    ]
    routes = "".join(f"ip route replace {one} dev $INTERFACE\n" for peer in site.peers for one in peer.ranges)
    up = f"#!/bin/sh\nip address replace {_inside(site, own)}/{_prefix(site)} dev $INTERFACE\n"
    up += f"ip link set $INTERFACE up\n{routes}"
    return CloudConfig(
        packages=("tinc",),
        files=(
            _FORWARD,
            File(f"{place}/tinc.conf", f"Name = {own.name}\nAddressFamily = ipv4\n{connect}"),
            File(f"{place}/tinc-up", up, mode="0755"),
            File(f"/etc/stackdraft/tinc/{own.name}", f"{where}Port = {site.port}\n{_CIPHERS}{ranges}"),
            *hosts,
            File(_SETUP, _tinc_script(place, own), mode="0700"),
        ),
        commands=(("sysctl", "-p", _SYSCTL), (_SETUP,)),
    )


def _tinc_script(place: str, own: Place) -> str:
    """A host file that has got a key already stays as it is."""
    return f"""\
#!/bin/sh
set -eu
mkdir -p {place}/hosts
for host in /etc/stackdraft/tinc/*; do
  if [ ! -e "{place}/hosts/${{host##*/}}" ]; then install -m 0644 "$host" {place}/hosts/; fi
done
if [ ! -e {place}/rsa_key.priv ]; then tincd -n {NAME} -K4096 < /dev/null; fi
systemctl enable tinc tinc@{NAME}
systemctl restart tinc@{NAME}
echo "Carry {place}/hosts/{own.name} of this server to the other nodes of the overlay."
"""


def _endpoint(peer: Peer) -> str:
    return f"{placeholder(peer.address)}:{peer.port}"


def _inside(site: Site, place: Place) -> str:
    """A node's address in the overlay: the first for the first node, and so on."""
    overlay = read_cidr(site.component.properties["overlay_cidr"])
    assert overlay is not None
    return str(overlay[(1 + site.cluster.index(place)) % overlay.num_addresses])


def _prefix(site: Site) -> int:
    overlay = read_cidr(site.component.properties["overlay_cidr"])
    assert overlay is not None
    return overlay.prefixlen
