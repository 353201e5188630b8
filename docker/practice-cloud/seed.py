"""Seed the practice: identities and catalog (phase identity), then flavors,
images, the external network, zones, volume types (phase resources).
Safe to run again."""
import json

import sys

import openstack

C = json.load(open(sys.argv[1]))
IP, PORTS, REGION = C['ip'], C['ports'], C['region']


def connect(region):
    return openstack.connection.Connection(
        region_name=region, interface='internal', identity_api_version='3',
        auth=dict(auth_url='http://%s:%d/v3' % (IP, PORTS['keystone']),
                  username='admin', password=C['password'],
                  project_name='admin', user_domain_name='Default',
                  project_domain_name='Default'))


conn = connect(REGION)


def ensure(find, create, name, **kw):
    return find(name, ignore_missing=True) or create(name=name, **kw)


def identity():
    ks = conn.identity
    dom = 'default'
    roles = {r.name: r for r in ks.roles()}
    for name in ('admin', 'member', 'reader', 'service', 'heat_stack_owner',
                 'heat_stack_user', 'creator', 'audit', 'observer',
                 'load-balancer_member', 'load-balancer_observer',
                 'load-balancer_admin', 'ResellerAdmin', 'swiftoperator',
                 'rating', 'cloudadmin'):
        if name not in roles:
            roles[name] = ks.create_role(name=name)
    projects = {p.name: p for p in ks.projects(domain_id=dom)}
    for name in ('service', 'demo', 'alt'):
        if name not in projects:
            projects[name] = ks.create_project(name=name, domain_id=dom)
    users = {u.name: u for u in ks.users(domain_id=dom)}

    def user(name, project, *wanted):
        if name not in users:
            users[name] = ks.create_user(
                name=name, password=C['password'], domain_id=dom,
                email=name + '@practice.example',
                default_project_id=projects[project].id)
        for r in wanted:
            ks.assign_project_role_to_user(projects[project], users[name],
                                           roles[r])

    for group in C['groups']:
        if group not in ('keystone', 'vpnaas'):
            user(group, 'service', 'admin', 'service')
    tenant = ('member', 'creator', 'load-balancer_member', 'heat_stack_owner')
    user('demo', 'demo', *tenant)
    user('alt', 'alt', *tenant)
    user('reader', 'demo', 'reader')
    user('admin', 'admin', 'admin', 'member', 'load-balancer_admin',
         'heat_stack_owner')
    user('admin', 'demo', 'admin')
    if 'swift' in C['groups']:
        user('swift', 'service', 'ResellerAdmin')

    have = {(s.type, s.name): s for s in ks.services()}
    ends = {}
    for e in ks.endpoints():
        ends.setdefault((e.service_id, e.region_id, e.interface), e)
    for region in C['regions']:
        if not ks.find_region(region):
            ks.create_region(id=region)
    # a second region has its own catalog entries and the same services
    for group, entries in C['catalog'].items():
        for typ, name, path in entries:
            svc = have.get((typ, name)) or ks.create_service(
                type=typ, name=name)
            for region in C['regions']:
                if typ == 'database' and region == 'RegionOne':
                    continue
                for face in ('public', 'internal', 'admin'):
                    if (svc.id, region, face) not in ends:
                        ks.create_endpoint(
                            service_id=svc.id, region_id=region,
                            interface=face, url='http://%s:%d%s' % (
                                IP, PORTS[group], path))
    if 'heat' in C['groups']:
        d = ks.find_domain('heat', ignore_missing=True) or ks.create_domain(
            name='heat')
        if not list(ks.users(domain_id=d.id, name='heat_domain_admin')):
            u = ks.create_user(name='heat_domain_admin', domain_id=d.id,
                               password=C['password'])
            ks.assign_domain_role_to_user(d, u, roles['admin'])


FLAVORS = [  # name, vcpus, ram MiB, disk GiB, ephemeral GiB, extra specs
    ('m1.tiny', 1, 512, 1, 0, {}), ('m1.small', 1, 2048, 20, 0, {}),
    ('m1.medium', 2, 4096, 40, 0, {}), ('m1.large', 4, 8192, 80, 0, {}),
    ('m1.xlarge', 8, 16384, 160, 0, {}),
    ('general1-1', 1, 1024, 20, 0, {}), ('general1-2', 2, 2048, 40, 0, {}),
    ('general1-4', 4, 4096, 80, 0, {}), ('general1-8', 8, 8192, 160, 0, {}),
    ('io1-15', 4, 15360, 40, 150, {}),
    ('baremetal', 32, 131072, 1800, 0, {'practice:kind': 'baremetal'}),
    # larger than any host: a server of it ends in ERROR, No valid host
    ('practice.too-big', 4000, 8000000, 10, 0, {}),
]
IMAGES = ['debian-12', 'debian-13', 'ubuntu-22.04', 'ubuntu-24.04',
          'centos-9', 'rocky-9', 'windows-2022', 'cirros']


def resources():

    have = {f.name for f in conn.compute.flavors()}
    for name, vcpus, ram, disk, eph, specs in FLAVORS:
        if name not in have:
            f = conn.compute.create_flavor(name=name, vcpus=vcpus, ram=ram,
                                           disk=disk, ephemeral=eph)
            if specs:
                conn.compute.create_flavor_extra_specs(f, specs)
    have = {i.name for i in conn.image.images()}
    for name in IMAGES:
        if name not in have:
            conn.image.create_image(
                name=name, data=b'practice image ' + name.encode() + b'\n' * 1024,
                disk_format='qcow2' if name == 'none' else 'raw',
                container_format='bare', visibility='public', wait=False,
                properties={'os_distro': name.split('-')[0],
                            'os_version': name.split('-')[-1]},
                min_disk=1, min_ram=64, allow_duplicates=True)
    aggs = {a.name: a for a in conn.compute.aggregates()}
    for i, az in enumerate(C['azs'], 1):
        a = aggs.get(az) or conn.compute.create_aggregate(
            name=az, availability_zone=az)
        if 'compute-%d' % i not in (a.hosts or []):
            conn.compute.add_host_to_aggregate(a, 'compute-%d' % i)
    net = conn.network.find_network('public') or conn.network.create_network(
        name='public', is_router_external=True, is_shared=False,
        provider_network_type='flat', provider_physical_network='public')
    if not conn.network.find_subnet('public-subnet'):
        conn.network.create_subnet(
            name='public-subnet', network_id=net.id, ip_version=4,
            cidr='203.0.112.0/21', gateway_ip='203.0.112.1',
            is_dhcp_enabled=False)
    if 'cinder' in C['groups']:
        have = {t.name for t in conn.block_storage.types()}
        for name, extra in (('ssd', {}), ('sata', {}), ('encrypted', {}),
                            ('nvme', {})):
            if name not in have:
                t = conn.block_storage.create_type(
                    name=name, extra_specs=dict(
                        extra, volume_backend_name='practice'))
                if name == 'encrypted':
                    conn.block_storage.create_type_encryption(
                        t, provider='luks', cipher='aes-xts-plain64',
                        key_size=256, control_location='front-end')

    if 'trove' in C['groups']:
        datastores()
    if 'gnocchi' in C['groups']:
        resource_types()


def resource_types():
    """Those that ceilometer would create."""
    base = 'http://%s:%d/v1/resource_type' % (IP, PORTS['gnocchi'])
    have = {t['name'] for t in conn.session.get(base).json()}
    text = {'type': 'string', 'min_length': 0, 'max_length': 255,
            'required': False}
    for name, attributes in (
            ('instance', ('host', 'display_name', 'image_ref', 'flavor_id',
                          'flavor_name', 'server_group')),
            ('instance_disk', ('name', 'instance_id')),
            ('instance_network_interface', ('name', 'instance_id')),
            ('volume', ('display_name', 'volume_type')),
            ('network', ()), ('loadbalancer', ()), ('swift_account', ()),
            ('image', ('name', 'container_format', 'disk_format'))):
        if name not in have:
            r = conn.session.post(base, raise_exc=False, json={
                'name': name, 'attributes': {a: text for a in attributes}})
            if r.status_code >= 300:
                raise RuntimeError(r.text)


def datastores():
    image = conn.image.find_image('debian-12', ignore_missing=False).id
    # only the second region has a database service
    db = connect('RegionTwo').database
    base = '/mgmt/datastore-versions'
    have = {(v['datastore_name'], v['name']) for v in db.get(
        base).json()['versions']}
    for store, manager, version in (
            ('mysql', 'mysql', '8.0'), ('mysql', 'mysql', '8.4'),
            ('mariadb', 'mariadb', '11.4'),
            ('postgresql', 'postgresql', '16')):
        if (store, version) not in have:
            r = db.post(base, json={'version': {
                'datastore_name': store, 'name': version,
                'datastore_manager': manager, 'image': image, 'active': True,
                'default': version in ('8.0', '11.4', '16'),
                'version': version}})
            if r.status_code >= 300:
                raise RuntimeError(r.text)


{'identity': identity, 'resources': resources}[C['phase']]()
