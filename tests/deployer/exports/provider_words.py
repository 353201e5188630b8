"""Arguments and attributes of the Terraform provider `openstack`, as its documentation lists them.

Source: https://registry.terraform.io/providers/terraform-provider-openstack/openstack/latest/docs
Only what somebody might write here; an argument that is missing makes a test fail, not a deployment.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ATTRIBUTES = {
    "openstack_networking_network_v2": _words(
        "name description admin_state_up shared external tenant_id tags port_security_enabled mtu dns_domain"
    ),
    "openstack_networking_subnet_v2": _words(
        "name description network_id cidr ip_version ipv6_address_mode ipv6_ra_mode gateway_ip no_gateway "
        "enable_dhcp dns_nameservers allocation_pool tags service_types subnetpool_id prefix_length tenant_id"
    ),
    "openstack_networking_subnet_route_v2": _words("subnet_id destination_cidr next_hop"),
    "openstack_networking_router_v2": _words(
        "name description admin_state_up distributed external_network_id enable_snat external_fixed_ip tags "
        "tenant_id"
    ),
    "openstack_networking_router_interface_v2": _words("router_id subnet_id port_id"),
    "openstack_networking_router_route_v2": _words("router_id destination_cidr next_hop"),
    "openstack_networking_port_v2": _words(
        "name description network_id admin_state_up mac_address tenant_id device_owner security_group_ids "
        "no_security_groups device_id fixed_ip no_fixed_ip allowed_address_pairs port_security_enabled tags"
    ),
    "openstack_networking_secgroup_v2": _words(
        "name description tenant_id delete_default_rules stateful tags"
    ),
    "openstack_networking_secgroup_rule_v2": _words(
        "description direction ethertype protocol port_range_min port_range_max remote_ip_prefix "
        "remote_group_id security_group_id tenant_id"
    ),
    "openstack_networking_floatingip_v2": _words(
        "description pool port_id tenant_id address fixed_ip subnet_id subnet_ids tags dns_name dns_domain"
    ),
    "openstack_compute_servergroup_v2": _words("name policies rules value_specs"),
    "openstack_compute_instance_v2": _words(
        "name image_id image_name flavor_id flavor_name user_data security_groups availability_zone network "
        "network_mode metadata config_drive admin_pass key_pair block_device scheduler_hints personality "
        "stop_before_destroy force_delete power_state tags"
    ),
    "openstack_compute_keypair_v2": _words("name public_key value_specs user_id"),
    "openstack_compute_volume_attach_v2": _words("instance_id volume_id device multiattach tag"),
    "openstack_blockstorage_volume_v3": _words(
        "name description size availability_zone volume_type image_id snapshot_id source_vol_id metadata "
        "scheduler_hints enable_online_resize backup_id consistency_group_id"
    ),
    "openstack_lb_loadbalancer_v2": _words(
        "name description vip_subnet_id vip_network_id vip_port_id vip_address admin_state_up flavor_id "
        "availability_zone security_group_ids tags loadbalancer_provider tenant_id"
    ),
    "openstack_lb_listener_v2": _words(
        "name description loadbalancer_id protocol protocol_port default_pool_id connection_limit "
        "default_tls_container_ref sni_container_refs admin_state_up insert_headers allowed_cidrs tags"
    ),
    "openstack_lb_pool_v2": _words(
        "name description listener_id loadbalancer_id protocol lb_method persistence admin_state_up tags"
    ),
    "openstack_lb_member_v2": _words(
        "name pool_id subnet_id address protocol_port weight monitor_address monitor_port backup tags"
    ),
    "openstack_lb_monitor_v2": _words(
        "name pool_id type delay timeout max_retries max_retries_down url_path http_method expected_codes"
    ),
    "openstack_objectstorage_container_v1": _words(
        "name container_read container_write container_sync_to metadata content_type versioning force_destroy"
    ),
    "openstack_db_instance_v1": _words(
        "name flavor_id size datastore network database user configuration_id volume_type"
    ),
    "openstack_keymanager_secret_v1": _words(
        "name bit_length algorithm mode secret_type payload payload_content_type payload_content_encoding "
        "expiration metadata acl"
    ),
    "openstack_dns_zone_v2": _words("name email type attributes ttl description masters project_id"),
    "openstack_dns_recordset_v2": _words("zone_id name type ttl description records project_id"),
    "openstack_vpnaas_service_v2": _words("name description router_id subnet_id admin_state_up tenant_id"),
    "openstack_vpnaas_ike_policy_v2": _words(
        "name description auth_algorithm encryption_algorithm pfs "
        "phase1_negotiation_mode ike_version lifetime"
    ),
    "openstack_vpnaas_ipsec_policy_v2": _words(
        "name description auth_algorithm encapsulation_mode encryption_algorithm pfs "
        "transform_protocol lifetime"
    ),
    "openstack_vpnaas_endpoint_group_v2": _words("name description type endpoints tenant_id"),
    "openstack_vpnaas_site_connection_v2": _words(
        "name description admin_state_up ikepolicy_id vpnservice_id local_ep_group_id ipsecpolicy_id peer_id "
        "peer_ep_group_id local_id peer_address psk initiator peer_cidrs dpd mtu tenant_id"
    ),
    "openstack_images_image_v2": _words(
        "name container_format disk_format image_source_url local_file_path min_disk_gb min_ram_mb protected "
        "properties tags visibility web_download"
    ),
    "openstack_sharedfilesystem_share_v2": _words(
        "name description share_proto size share_type share_network_id availability_zone is_public metadata"
    ),
    "openstack_sharedfilesystem_sharenetwork_v2": _words(
        "name description neutron_net_id neutron_subnet_id security_service_ids"
    ),
}

LOOKUPS = {
    "openstack_networking_network_v2": _words("name network_id external matching_subnet_cidr tags status"),
    "openstack_images_image_v2": _words("name most_recent visibility owner tag properties member_status"),
    "openstack_compute_flavor_v2": _words("name flavor_id min_ram ram min_disk disk vcpus"),
}

# Attributes that other resources may refer to, beside the id.
EXPORTED = {
    "openstack_networking_port_v2": _words("all_fixed_ips"),
    "openstack_networking_floatingip_v2": _words("address"),
    "openstack_lb_loadbalancer_v2": _words("vip_address vip_port_id"),
    "openstack_db_instance_v1": _words("addresses"),
    "openstack_compute_instance_v2": _words("access_ip_v4"),
    "openstack_keymanager_secret_v1": _words("secret_ref"),
    "openstack_compute_keypair_v2": _words("name"),
    "openstack_vpnaas_service_v2": _words("external_v4_ip"),
}
