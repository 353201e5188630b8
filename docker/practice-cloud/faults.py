#!/usr/bin/env python3
"""The ways to make the lab fail on purpose, each shown to work.

usage: faults.py [--cloud practice]      (needs LAB_HOME and the admin cloud too)
"""
import argparse
import pathlib
import subprocess
import sys
import time
import uuid

import openstack
from openstack import exceptions

ap = argparse.ArgumentParser()
ap.add_argument('--cloud', default='practice')
A = ap.parse_args()
P = 'fault-' + uuid.uuid4().hex[:6]
LAB = pathlib.Path(__file__).resolve().parent / 'lab'
c = openstack.connect(cloud=A.cloud)
admin = openstack.connect(cloud=A.cloud + '-admin')
net = c.network.create_network(name=P)
c.network.create_subnet(name=P, network_id=net.id, ip_version=4,
                        cidr='10.79.0.0/24')
image = c.image.find_image('debian-12').id
failed = 0


def check(name, f):
    global failed
    t = time.time()
    try:
        text = f()
    except Exception as e:  # noqa: BLE001
        failed += 1
        text = 'NOT AS EXPECTED: %s: %s' % (type(e).__name__, e)
    print('%-40s %5.1f s  %s' % (name, time.time() - t, text), flush=True)


def server(**kw):
    s = c.compute.create_server(
        name=P, image_id=image, networks=[{'uuid': net.id}],
        flavor_id=c.compute.find_flavor(kw.pop('flavor', 'm1.tiny')).id, **kw)
    try:
        end = time.time() + 90
        while time.time() < end:
            s = c.compute.get_server(s.id)
            if s.status in ('ERROR', 'ACTIVE'):
                break
            time.sleep(0.3)
        assert s.status == 'ERROR', s.status
        return '%s: %s' % (s.status, (s.fault or {}).get('message', '')[:90])
    finally:
        c.compute.delete_server(s)
        end = time.time() + 60
        while time.time() < end and list(c.compute.servers(name=P)):
            time.sleep(0.3)


def expect(code, f):
    try:
        f()
    except exceptions.HttpException as e:
        assert e.status_code == code, e
        return '%d: %s' % (e.status_code, str(e.details or e)[:90])
    raise AssertionError('no error')


def volume():
    v = c.block_storage.create_volume(name=P + '-practice-fail', size=1)
    try:
        end = time.time() + 30
        while time.time() < end:
            v = c.block_storage.get_volume(v)
            if v.status in ('error', 'available'):
                break
            time.sleep(0.3)
        assert v.status == 'error', v.status
        return v.status
    finally:
        c.block_storage.delete_volume(v)


def quota(service, setter, maker, **q):
    pid = c.current_project_id
    setter(pid, q)
    try:
        return maker()
    finally:
        setter(pid, {k: 1000 for k in q})


def nova_quota(pid, q):
    exceptions.raise_from_response(admin.compute.put(
        '/os-quota-sets/' + pid, json={'quota_set': dict(q, force=True)}))


def cinder_quota(pid, q):
    exceptions.raise_from_response(admin.block_storage.put(
        '/os-quota-sets/' + pid, json={'quota_set': q}))


def neutron_quota(pid, q):
    admin.network.update_quota(pid, **q)


def down(group, f):
    subprocess.check_call([str(LAB), 'stop', group],
                          stdout=subprocess.DEVNULL)
    try:
        f()
    except (exceptions.SDKException, Exception) as e:  # noqa: BLE001
        return '%s' % type(e).__name__
    else:
        raise AssertionError('it answered')
    finally:
        subprocess.check_call([str(LAB), 'start'], stdout=subprocess.DEVNULL)


check('flavor larger than any host', lambda: server(flavor='practice.too-big'))
check('unknown availability zone', lambda: expect(
    400, lambda: server(availability_zone='no-such-zone')))
check('server metadata practice_fail=spawn', lambda: server(
    metadata={'practice_fail': 'spawn'}))
check('volume named *lab-fail-create*', volume)
check('nova quota: instances', lambda: quota(
    'nova', nova_quota, lambda: expect(403, server), instances=0))
check('cinder quota: volumes', lambda: quota(
    'cinder', cinder_quota, lambda: expect(
        413, lambda: c.block_storage.create_volume(name=P, size=1)),
    volumes=0))
check('neutron quota: networks', lambda: quota(
    'neutron', neutron_quota, lambda: expect(
        409, lambda: c.network.create_network(name=P)),
    # neutron refuses a limit below what is in use
    networks=len(list(c.network.networks(
        project_id=c.current_project_id)))))
check('unknown image', lambda: expect(400, lambda: c.compute.create_server(
    name=P, image_id=str(uuid.uuid4()), networks='none',
    flavor_id=c.compute.find_flavor('m1.tiny').id)))
check('one service stopped (cinder)', lambda: down(
    'cinder', lambda: list(c.block_storage.volumes())))
check('reader may not create', lambda: expect(
    403, lambda: openstack.connect(cloud=A.cloud + '-reader')
    .network.create_network(name=P)))
for n in list(c.network.networks(name=P)):
    c.network.delete_network(n)
sys.exit(1 if failed else 0)
