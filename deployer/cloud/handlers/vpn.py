"""VPNaaS: what a tunnel is made of. Neutron changes no policy while a connection uses it.

A service and its connections become ACTIVE when the other end answers, which may be next week. So what counts
is that they are there.
"""

from typing import Any

from deployer.cloud.handlers.neutron import NeutronHandler
from deployer.domain.cloud import Live, LiveStatus, Spec
from designer.domain import resources

# Both ends of a tunnel have to agree on them. Neutron's own choice is SHA-1 and a group of 1536 bits.
AGREED = {"auth_algorithm": "sha256", "pfs": "group14"}
SILENT_AFTER_SECONDS = {"interval": 30, "timeout": 120}


class _VpnHandler(NeutronHandler):
    def _live(self, found: Any) -> Live:
        failed = str(getattr(found, "status", "") or "").upper() == "ERROR"
        status = LiveStatus.FAILED if failed else LiveStatus.ACTIVE
        detail = "Neutron says ERROR of it." if failed else ""
        return Live(found.id, status, detail, self.outputs(found))


class VpnServiceHandler(_VpnHandler):
    """Answers at the router's own public address."""

    kind, noun, plural = resources.VPN_SERVICE, "vpn_service", "vpn_services"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {"router_id": spec["router"]}

    def outputs(self, found: Any) -> dict[str, str]:
        address = found.external_v4_ip or found.external_v6_ip
        return {"id": found.id, **({"address": address} if address else {})}


class VpnIkePolicyHandler(_VpnHandler):
    kind, noun, plural = resources.VPN_IKE_POLICY, "vpn_ike_policy", "vpn_ike_policies"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {**AGREED, "ike_version": spec["ike_version"], "encryption_algorithm": spec["encryption"]}

    def observed(self, found: Any) -> dict[str, Any]:
        return {"ike_version": found.ike_version, "encryption": found.encryption_algorithm}


class VpnIpsecPolicyHandler(_VpnHandler):
    kind, noun, plural = resources.VPN_IPSEC_POLICY, "vpn_ipsec_policy", "vpn_ipsec_policies"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {**AGREED, "encryption_algorithm": spec["encryption"]}

    def observed(self, found: Any) -> dict[str, Any]:
        return {"encryption": found.encryption_algorithm}


class VpnEndpointGroupHandler(_VpnHandler):
    kind, noun, plural = resources.VPN_ENDPOINT_GROUP, "vpn_endpoint_group", "vpn_endpoint_groups"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {"type": spec["type"], "endpoints": list(spec["endpoints"])}

    def observed(self, found: Any) -> dict[str, Any]:
        return {**super().observed(found), "endpoints": list(found.endpoints or ())}


class VpnConnectionHandler(_VpnHandler):
    kind = resources.VPN_CONNECTION
    noun, plural = "vpn_ipsec_site_connection", "vpn_ipsec_site_connections"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {
            "vpnservice_id": spec["service"],
            "ikepolicy_id": spec["ike_policy"],
            "ipsecpolicy_id": spec["ipsec_policy"],
            "local_ep_group_id": spec["local_group"],
            "peer_ep_group_id": spec["peer_group"],
            "psk": spec["psk"],
            **_peer(spec),
            "dpd": _dpd(spec),
        }

    def observed(self, found: Any) -> dict[str, Any]:
        dpd = (found.dpd or {}).get("action")
        return {**super().observed(found), "peer_address": found.peer_address, "dpd": dpd}

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if "peer_address" in changed:
            changes |= _peer(spec)
        if "psk" in changed:
            changes["psk"] = spec["psk"]
        if "dpd" in changed:
            changes["dpd"] = _dpd(spec)
        return changes


def _peer(spec: Spec) -> dict[str, Any]:
    return {"peer_address": spec["peer_address"], "peer_id": spec["peer_address"]}


def _dpd(spec: Spec) -> dict[str, Any]:
    return {"action": spec.get("dpd") or "hold", **SILENT_AFTER_SECONDS}
