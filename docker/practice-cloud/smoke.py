#!/usr/bin/env python3
"""Exercise the lab as an ordinary project member through openstacksdk, then
delete everything and check that nothing is left.

usage: smoke.py [--cloud practice] [--only name,name] [--keep]
Needs OS_CLIENT_CONFIG_FILE (see: lab env).  Exit status 0: all steps passed.
"""
import argparse
import base64
import sys
import time
import traceback
import uuid

import openstack
from openstack import exceptions

ap = argparse.ArgumentParser()
ap.add_argument('--cloud', default='practice')
ap.add_argument('--only', default='')
ap.add_argument('--skip', default='')
ap.add_argument('--keep', action='store_true')
ap.add_argument('--verbose', action='store_true')
A = ap.parse_args()
P = 'smoke-' + uuid.uuid4().hex[:6]
RESULTS, CLEAN = [], []
conn = openstack.connect(cloud=A.cloud)
HAVE = {s['type'] for s in conn.service_catalog}
R = {}


class Skip(Exception):
    pass


def step(name, needs=()):
    def deco(f):
        if A.only and name not in A.only.split(',') and name != 'network':
            return f
        if name in A.skip.split(','):
            return f
        t = time.time()
        try:
            missing = [n for n in needs if n not in HAVE]
            if missing:
                raise Skip('no ' + ','.join(missing))
            f()
            status = 'ok'
        except Skip as e:
            status = 'skipped: %s' % e
        except Exception as e:  # noqa: BLE001
            status = 'FAILED: %s: %s' % (type(e).__name__, e)
            if A.verbose:
                traceback.print_exc()
            else:
                print('   at line %d' % traceback.extract_tb(
                    e.__traceback__)[1].lineno)
        RESULTS.append((name, status, time.time() - t))
        print('%-32s %6.2f s  %s' % (name, time.time() - t, status),
              flush=True)
        return f
    return deco


def later(f, *args, **kw):
    CLEAN.append((f, args, kw))


def until(what, f, timeout=120, every=0.5):
    end = time.time() + timeout
    while True:
        r = f()
        if r:
            return r
        if time.time() > end:
            raise TimeoutError(what)
        time.sleep(every)


def gone(f, *args, timeout=120):
    def check():
        try:
            f(*args)
        except (exceptions.NotFoundException):
            return True
        return False
    until('gone: %r' % (args,), check, timeout)


def server(name, az=None, flavor='general1-2', image='debian-12', **kw):
    c = conn.compute
    s = c.create_server(
        name=name, flavor_id=c.find_flavor(flavor, ignore_missing=False).id,
        image_id=conn.image.find_image(image, ignore_missing=False).id,
        networks=kw.pop('networks', [{'uuid': R['net'].id}]),
        **({'availability_zone': az} if az else {}), **kw)
    later(delete_server, s)
    return c.wait_for_server(s, interval=0.3, wait=120)


def delete_server(s):
    conn.compute.delete_server(s)
    gone(conn.compute.get_server, s.id)


def delete_volume(v):
    conn.block_storage.delete_volume(v)
    gone(conn.block_storage.get_volume, v.id)


def delete_snapshot(s):
    conn.block_storage.delete_snapshot(s)
    gone(conn.block_storage.get_snapshot, s.id)


def lb_wait(lb):
    return conn.load_balancer.wait_for_load_balancer(
        lb.id, interval=0.3, wait=120)


def delete_lb(lb):
    conn.load_balancer.delete_load_balancer(lb, cascade=True)

    def check():
        try:
            return conn.load_balancer.get_load_balancer(
                lb.id).provisioning_status == 'DELETED'
        except exceptions.NotFoundException:
            return True
    until('LB gone', check)


@step('network')
def _():
    n = conn.network
    R['net'] = n.create_network(name=P)
    later(n.delete_network, R['net'])
    R['sub'] = n.create_subnet(name=P, network_id=R['net'].id, ip_version=4,
                               cidr='10.77.0.0/24',
                               dns_nameservers=['192.0.2.53'])
    later(n.delete_subnet, R['sub'])
    R['ext'] = n.find_network('public', ignore_missing=False)
    r = n.create_router(name=P, external_gateway_info={
        'network_id': R['ext'].id})
    later(n.delete_router, r)
    n.add_interface_to_router(r, subnet_id=R['sub'].id)
    later(n.remove_interface_from_router, r, subnet_id=R['sub'].id)
    r = n.get_router(r)
    R['router'] = r
    assert r.status == 'ACTIVE' and r.external_gateway_info[
        'external_fixed_ips'], r


@step('security groups')
def _():
    n = conn.network
    a = n.create_security_group(name=P + '-web', description='web')
    later(n.delete_security_group, a)
    b = n.create_security_group(name=P + '-db')
    later(n.delete_security_group, b)
    n.create_security_group_rule(
        security_group_id=a.id, direction='ingress', protocol='tcp',
        port_range_min=80, port_range_max=80, remote_ip_prefix='0.0.0.0/0')
    rule = n.create_security_group_rule(
        security_group_id=b.id, direction='ingress', protocol='tcp',
        port_range_min=5432, port_range_max=5432, remote_group_id=a.id)
    assert rule.remote_group_id == a.id
    try:
        n.create_security_group_rule(
            security_group_id=b.id, direction='ingress', protocol='tcp',
            port_range_min=5432, port_range_max=5432, remote_group_id=a.id)
        raise AssertionError('duplicate rule accepted')
    except exceptions.ConflictException:
        pass
    R['sg'] = a


@step('keypair')
def _():
    blob = (b'\0\0\0\x0bssh-ed25519\0\0\0\x20' + uuid.uuid4().bytes * 2)
    R['key'] = conn.compute.create_keypair(
        name=P, public_key='ssh-ed25519 %s lab'
        % base64.b64encode(blob).decode())
    later(conn.compute.delete_keypair, R['key'])


@step('server with user_data in az1')
def _():
    R['srv'] = server(
        P + '-1', 'az1', key_name=R['key'].name,
        user_data=base64.b64encode(b'#cloud-config\n{}\n').decode(),
        security_groups=[{'name': R['sg'].name}],
        metadata={'role': 'web'})
    assert R['srv'].status == 'ACTIVE'
    assert R['srv'].availability_zone == 'az1', R['srv'].availability_zone
    assert R['srv'].addresses[R['net'].name][0]['addr'].startswith('10.77.')
    p = next(iter(conn.network.ports(device_id=R['srv'].id)))
    assert p.status == 'ACTIVE' and p.security_group_ids == [R['sg'].id], p
    R['port'] = p


@step('server on a prepared port, az2')
def _():
    p = conn.network.create_port(
        network_id=R['net'].id, name=P, fixed_ips=[
            {'subnet_id': R['sub'].id, 'ip_address': '10.77.0.200'}],
        security_group_ids=[R['sg'].id])
    later(conn.network.delete_port, p)
    s = server(P + '-2', 'az2', networks=[{'port': p.id}])
    assert s.availability_zone == 'az2'
    assert conn.network.get_port(p).status == 'ACTIVE'


@step('server actions and resize')
def _():
    c = conn.compute
    s = R['srv']
    c.stop_server(s)
    c.wait_for_server(s, status='SHUTOFF', interval=0.3)
    c.start_server(s)
    c.wait_for_server(s, interval=0.3)
    c.reboot_server(s, 'HARD')
    c.wait_for_server(s, interval=0.3)
    s2 = server(P + '-resize')
    c.resize_server(s2, c.find_flavor('general1-4').id)
    c.wait_for_server(s2, status='VERIFY_RESIZE', interval=0.3)
    c.confirm_server_resize(s2)
    s2 = c.wait_for_server(s2, interval=0.3)
    assert s2.flavor.original_name == 'general1-4', s2.flavor
    assert c.get_server_console_output(s)['output']


@step('server group, anti-affinity')
def _():
    c = conn.compute
    g = c.create_server_group(name=P, policy='anti-affinity')
    later(c.delete_server_group, g)
    a, b = (server(P + '-g%d' % i, scheduler_hints={'group': g.id})
            for i in (1, 2))
    assert a.availability_zone != b.availability_zone


@step('image from server')
def _():
    i = conn.compute.create_server_image(R['srv'], P, wait=True, timeout=60)
    later(conn.image.delete_image, i)
    assert conn.image.get_image(i.id).status == 'active'


@step('volume, snapshot, attach', ['block-storage'])
def _():
    b = conn.block_storage
    for typ in ('ssd', 'sata', 'encrypted'):
        v = b.create_volume(name=P + '-' + typ, size=10, volume_type=typ)
        later(delete_volume, v)
        v = b.wait_for_status(v, 'available', interval=0.3, wait=60)
        R['vol-' + typ] = v
    assert v.is_encrypted
    v = R['vol-ssd']
    conn.compute.create_volume_attachment(R['srv'], volume_id=v.id)
    v = b.wait_for_status(v, 'in-use', interval=0.3, wait=60)
    assert v.attachments[0]['server_id'] == R['srv'].id

    def detach():
        conn.compute.delete_volume_attachment(R['srv'], v.id)
        b.wait_for_status(v, 'available', interval=0.3, wait=60)
    later(detach)
    s = b.create_snapshot(volume_id=R['vol-sata'].id, name=P)
    later(delete_snapshot, s)
    b.wait_for_status(s, 'available', interval=0.3, wait=60)
    b.extend_volume(R['vol-sata'], 20)
    until('extend', lambda: b.get_volume(R['vol-sata']).size == 20)
    b.wait_for_status(b.get_volume(R['vol-sata']), 'available', interval=.3)


@step('boot from volume', ['block-storage'])
def _():
    c = conn.compute
    s = c.create_server(
        name=P + '-bfv', flavor_id=c.find_flavor('m1.small').id,
        networks=[{'uuid': R['net'].id}],
        block_device_mapping=[{
            'boot_index': 0, 'source_type': 'image',
            'uuid': conn.image.find_image('ubuntu-24.04').id,
            'destination_type': 'volume', 'volume_size': 20,
            'volume_type': 'ssd', 'delete_on_termination': True}])
    later(delete_server, s)
    s = c.wait_for_server(s, interval=0.3)
    assert s.attached_volumes and s.attached_volumes[0][
        'delete_on_termination']


@step('floating IP on a server')
def _():
    n = conn.network
    f = n.create_ip(floating_network_id=R['ext'].id, port_id=R['port'].id)
    later(n.delete_ip, f)
    f = n.get_ip(f)
    assert f.status == 'ACTIVE' and f.fixed_ip_address, f
    s = conn.compute.get_server(R['srv'])
    R['fip'] = f
    until('address on the server', lambda: any(
        a['OS-EXT-IPS:type'] == 'floating'
        for a in conn.compute.get_server(s).addresses[R['net'].name]), 30)


@step('load balancer', ['load-balancer'])
def _():
    o = conn.load_balancer
    lb = o.create_load_balancer(name=P, vip_subnet_id=R['sub'].id)
    later(delete_lb, lb)
    lb = lb_wait(lb)
    R['lb'] = lb
    li = o.create_listener(name=P, protocol='HTTP', protocol_port=80,
                           load_balancer_id=lb.id,
                           insert_headers={'X-Forwarded-For': 'true'})
    lb_wait(lb)
    pool = o.create_pool(name=P, protocol='HTTP', lb_algorithm='ROUND_ROBIN',
                         listener_id=li.id, session_persistence={
                             'type': 'HTTP_COOKIE'})
    lb_wait(lb)
    for ip in ('10.77.0.11', '10.77.0.12'):
        o.create_member(pool, address=ip, protocol_port=8080,
                        subnet_id=R['sub'].id, weight=2)
        lb_wait(lb)
    o.create_health_monitor(pool_id=pool.id, type='HTTP', delay=5, timeout=3,
                            max_retries=2, url_path='/health')
    lb_wait(lb)
    pol = o.create_l7_policy(listener_id=li.id, action='REDIRECT_TO_URL',
                             redirect_url='http://example.org/')
    lb_wait(lb)
    o.create_l7_rule(pol, type='PATH', compare_type='STARTS_WITH',
                     value='/old')
    lb = lb_wait(lb)
    members = list(o.members(pool))
    assert len(members) == 2 and all(
        m.provisioning_status == 'ACTIVE' for m in members)
    R['lb'] = lb
    print('   operating: lb %s, members %s' % (
        lb.operating_status, [m.operating_status for m in members]))


@step('load balancer, one call', ['load-balancer'])
def _():
    o = conn.load_balancer
    lb = o.create_load_balancer(
        name=P + '-full', vip_subnet_id=R['sub'].id, listeners=[{
            'name': 'web', 'protocol': 'TCP', 'protocol_port': 443,
            'default_pool': {
                'name': 'web', 'protocol': 'TCP',
                'lb_algorithm': 'SOURCE_IP',
                'healthmonitor': {'type': 'TCP', 'delay': 5, 'timeout': 3,
                                  'max_retries': 2},
                'members': [{'address': '10.77.0.21',
                             'protocol_port': 443}]}}])
    later(delete_lb, lb)
    lb_wait(lb)
    assert len(list(o.pools(loadbalancer_id=lb.id))) == 1


@step('floating IP on the VIP', ['load-balancer'])
def _():
    n = conn.network
    f = n.create_ip(floating_network_id=R['ext'].id)
    later(n.delete_ip, f)
    n.update_ip(f, port_id=R['lb'].vip_port_id)
    f = n.get_ip(f)
    assert f.fixed_ip_address == R['lb'].vip_address, f


@step('object storage', ['object-store'])
def _():
    o = conn.object_store
    o.create_container(P)
    later(o.delete_container, P)
    o.upload_object(container=P, name='a/b.txt', data=b'hello lab')
    later(o.delete_object, 'a/b.txt', container=P)
    assert o.download_object('a/b.txt', container=P) == b'hello lab'
    o.set_container_metadata(P, read_ACL='.r:*')
    assert [x.name for x in o.objects(P)] == ['a/b.txt']


TEMPLATE = '''
heat_template_version: 2018-08-31
parameters:
  net: {type: string}
  size: {type: number, default: 2}
resources:
  sg:
    type: OS::Neutron::SecurityGroup
    properties:
      rules: [{protocol: tcp, port_range_min: 80, port_range_max: 80}]
  group:
    type: OS::Heat::AutoScalingGroup
    properties:
      min_size: 1
      max_size: 4
      desired_capacity: {get_param: size}
      resource:
        type: OS::Nova::Server
        properties:
          flavor: m1.tiny
          image: debian-12
          networks: [{network: {get_param: net}}]
          user_data: "#!/bin/sh\\ntrue\\n"
          user_data_format: RAW
  up:
    type: OS::Heat::ScalingPolicy
    properties:
      adjustment_type: change_in_capacity
      auto_scaling_group_id: {get_resource: group}
      cooldown: 1
      scaling_adjustment: 1
outputs:
  size: {value: {get_attr: [group, current_size]}}
  signal: {value: {get_attr: [up, signal_url]}}
'''


@step('heat stack, autoscaling group', ['orchestration'])
def _():
    h = conn.orchestration
    s = h.create_stack(name=P, template=TEMPLATE,
                       parameters={'net': R['net'].id}, timeout_mins=10)

    def delete():
        h.delete_stack(s)

        def check():
            try:
                x = h.get_stack(s.id)
            except exceptions.NotFoundException:
                return True
            if x.status == 'DELETE_FAILED':
                raise RuntimeError(x.status_reason)
            return x.status == 'DELETE_COMPLETE'
        until('stack gone', check, 180)
    later(delete)

    def complete():
        x = h.get_stack(s.id)
        if x.status.endswith('FAILED'):
            raise RuntimeError(x.status_reason)
        return x.status.endswith('COMPLETE') and x
    s2 = until('stack', complete, 180)
    out = {o['output_key']: o['output_value'] for o in s2.outputs}
    assert out['size'] == 2, out
    R['stack'] = s
    R['policy'] = 'up'


@step('heat scaling policy', ['orchestration'])
def _():
    h = conn.orchestration
    r = h.post('/stacks/%s/%s/resources/up/signal' % (
        R['stack'].name if R['stack'].name else P, R['stack'].id), json={})
    exceptions.raise_from_response(r)

    def grown():
        x = h.get_stack(R['stack'].id)
        out = {o['output_key']: o['output_value'] for o in x.outputs or []}
        return out.get('size') == 3
    until('group grown to 3', grown, 90, 1)


@step('application credential')
def _():
    i = conn.identity
    uid = conn.current_user_id
    ac = i.create_application_credential(uid, P)
    later(i.delete_application_credential, uid, ac)
    c2 = openstack.connect(
        load_yaml_config=False, load_envvars=False,
        auth_type='v3applicationcredential',
        region_name=conn.config.region_name,
        auth=dict(auth_url=conn.config.get_auth_args()['auth_url'],
                  application_credential_id=ac.id,
                  application_credential_secret=ac.secret))
    assert c2.current_project_id == conn.current_project_id
    assert list(c2.compute.servers(name=P + '-1')) is not None


@step('dns zone and record set', ['dns'])
def _():
    d = conn.dns
    z = d.create_zone(name=P + '.example.', email='hostmaster@practice.example',
                      ttl=300)

    def delete():
        d.delete_zone(z)
        gone(d.get_zone, z.id)
    later(delete)
    until('zone', lambda: d.get_zone(z).status == 'ACTIVE', 60)
    r = d.create_recordset(z, name='www.%s.example.' % P, type='A',
                           records=['203.0.113.7'], ttl=60)
    until('recordset', lambda: d.get_recordset(r, z).status == 'ACTIVE', 60)


@step('secret and container', ['key-manager'])
def _():
    k = conn.key_manager
    s = k.create_secret(name=P, payload='s3cret',
                        payload_content_type='text/plain',
                        secret_type='passphrase')
    sid = s.secret_ref.rstrip('/').rsplit('/', 1)[1]
    later(k.delete_secret, sid)
    got = k.get_secret(sid)
    assert got.payload == 's3cret', got


@step('vpn service')
def _():
    n = conn.network
    if not n.find_extension('vpnaas'):
        raise Skip('no vpnaas')
    ike = n.create_vpn_ike_policy(name=P)
    later(n.delete_vpn_ike_policy, ike)
    ips = n.create_vpn_ipsec_policy(name=P)
    later(n.delete_vpn_ipsec_policy, ips)
    v = n.create_vpn_service(name=P, router_id=R['router'].id)
    later(n.delete_vpn_service, v)
    ends = []
    for typ, e in (('subnet', [R['sub'].id]), ('cidr', ['10.99.0.0/24'])):
        g = n.create_vpn_endpoint_group(name=P, type=typ, endpoints=e)
        later(n.delete_vpn_endpoint_group, g)
        ends.append(g.id)
    c = n.create_vpn_ipsec_site_connection(
        name=P, vpnservice_id=v.id, ikepolicy_id=ike.id, ipsecpolicy_id=ips.id,
        peer_address='198.51.100.7', peer_id='198.51.100.7', psk='lab',
        local_ep_group_id=ends[0], peer_ep_group_id=ends[1])
    later(n.delete_vpn_ipsec_site_connection, c)
    c = n.get_vpn_ipsec_site_connection(c)
    assert c.status == 'ACTIVE', c


@step('database instance', ['database'])
def _():
    d = conn.database
    r = d.post('/instances', json={'instance': {
        'name': P, 'flavorRef': conn.compute.find_flavor('m1.small').id,
        'volume': {'size': 5, 'type': 'ssd'},
        'datastore': {'type': 'mysql', 'version': '8.0'},
        'nics': [{'net-id': R['net'].id}],
        'databases': [{'name': 'app'}],
        'users': [{'name': 'app', 'password': 'pw', 'databases': [
            {'name': 'app'}]}]}})
    exceptions.raise_from_response(r)
    iid = r.json()['instance']['id']

    def delete():
        exceptions.raise_from_response(d.delete('/instances/' + iid))

        def check():
            return d.get('/instances/' + iid).status_code == 404
        until('instance gone', check, 120)
    later(delete)

    def active():
        x = d.get('/instances/' + iid).json()['instance']
        if x['status'] in ('ERROR', 'FAILED'):
            raise RuntimeError(x)
        return x['status'] in ('ACTIVE', 'HEALTHY') and x
    x = until('instance', active, 180)
    assert x['ip'], x
    exceptions.raise_from_response(d.post(
        '/instances/%s/databases' % iid,
        json={'databases': [{'name': 'more'}]}))
    names = [b['name'] for b in d.get(
        '/instances/%s/databases' % iid).json()['databases']]
    assert set(names) >= {'app', 'more'}, names


@step('alarm', ['alarming'])
def _():
    a = conn.session
    ep = conn.endpoint_for('alarming')
    r = a.post(ep + '/v2/alarms', json={
        'name': P, 'type': 'event', 'event_rule': {
            'event_type': 'compute.instance.update'},
        'alarm_actions': ['http://127.0.0.1:9/alarm']}, raise_exc=False)
    exceptions.raise_from_response(r)
    later(lambda: a.delete(ep + '/v2/alarms/' + r.json()['alarm_id']))
    r2 = a.post(ep + '/v2/alarms', json={
        'name': P + '-cpu', 'type': 'gnocchi_aggregation_by_resources_threshold',
        'gnocchi_aggregation_by_resources_threshold_rule': {
            'metric': 'cpu', 'threshold': 80, 'aggregation_method': 'mean',
            'granularity': 300, 'resource_type': 'instance',
            'comparison_operator': 'gt', 'evaluation_periods': 1,
            'query': '{"=": {"server_group": "x"}}'},
        'alarm_actions': ['http://127.0.0.1:9/alarm']}, raise_exc=False)
    exceptions.raise_from_response(r2)
    later(lambda: a.delete(ep + '/v2/alarms/' + r2.json()['alarm_id']))


@step('metric', ['metric'])
def _():
    a = conn.session
    ep = conn.endpoint_for('metric')
    r = a.post(ep + '/v1/metric', json={'archive_policy_name': 'low'},
               raise_exc=False)
    exceptions.raise_from_response(r)
    later(lambda: a.delete(ep + '/v1/metric/' + r.json()['id']))


@step('rating rules', ['rating'])
def _():
    admin = openstack.connect(cloud=A.cloud + '-admin')  # an admin matter
    base = (admin.endpoint_for('rating')
            + '/v1/rating/module_config/hashmap')

    def get(path, **params):
        r = admin.session.get(base + path, params=params, raise_exc=False)
        exceptions.raise_from_response(r)
        return r.json()
    services = {x['name']: x for x in get('/services')['services']}
    assert {'instance', 'volume.size'} <= set(services), services
    field = get('/fields', service_id=services['instance'][
        'service_id'])['fields'][0]
    rules = get('/mappings', field_id=field['field_id'])['mappings']
    assert any(m['value'] == 'general1-1' for m in rules), rules
    r = conn.session.get(conn.endpoint_for('rating')
                         + '/v1/info/metrics', raise_exc=False)
    exceptions.raise_from_response(r)


def cleanup():
    t = time.time()
    bad = 0
    for f, args, kw in reversed(CLEAN):
        try:
            f(*args, **kw)
        except Exception as e:  # noqa: BLE001
            bad += 1
            print('   cleanup %s %r: %s' % (
                getattr(f, '__name__', f), [getattr(a, 'id', a) for a in args],
                e))
    RESULTS.append(('delete all', 'FAILED' if bad else 'ok', time.time() - t))
    print('%-32s %6.2f s  %s' % ('delete all', time.time() - t,
                                 RESULTS[-1][1]), flush=True)
    left = {}

    pid = conn.current_project_id
    for typ, name, items in (
            ('compute', 'servers', lambda: conn.compute.servers()),
            ('compute', 'keypairs', lambda: conn.compute.keypairs()),
            ('compute', 'server groups', lambda: conn.compute.server_groups()),
            ('network', 'networks',
             lambda: conn.network.networks(project_id=pid)),
            ('network', 'subnets',
             lambda: conn.network.subnets(project_id=pid)),
            ('network', 'ports', lambda: conn.network.ports(project_id=pid)),
            ('network', 'routers',
             lambda: conn.network.routers(project_id=pid)),
            ('network', 'floating IPs',
             lambda: conn.network.ips(project_id=pid)),
            ('network', 'security groups',
             lambda: conn.network.security_groups(project_id=pid)),
            ('block-storage', 'volumes', lambda: conn.block_storage.volumes()),
            ('block-storage', 'snapshots',
             lambda: conn.block_storage.snapshots()),
            ('load-balancer', 'load balancers',
             lambda: conn.load_balancer.load_balancers()),
            ('object-store', 'containers',
             lambda: conn.object_store.containers()),
            ('orchestration', 'stacks', lambda: conn.orchestration.stacks()),
            ('dns', 'zones', lambda: conn.dns.zones()),
            ('key-manager', 'secrets', lambda: conn.key_manager.secrets())):
        if typ not in HAVE:
            continue
        try:
            # only what this run made: others may be at work in the project
            found = [i for i in items()
                     if P in (getattr(i, 'name', '') or '') or
                     getattr(i, 'network_id', 0) == R['net'].id]
        except Exception as e:  # noqa: BLE001
            found = [e]
        if found:
            left[name] = [getattr(i, 'name', None) or str(i) for i in found]
    RESULTS.append(('nothing left', 'FAILED: %s' % left if left else 'ok', 0))
    print('%-32s           %s' % ('nothing left', RESULTS[-1][1]))


t0 = time.time()
if not A.keep:
    cleanup()
failed = [r for r in RESULTS if r[1].startswith('FAILED')]
print('%d steps, %d failed, %.1f s' % (
    len(RESULTS), len(failed), sum(r[2] for r in RESULTS)))
sys.exit(1 if failed else 0)
