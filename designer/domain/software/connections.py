"""Where a server finds what its links point at, and the volumes it has: parts that several recipes share."""

from collections.abc import Sequence

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.site import Endpoint, ServiceEndpoint, Site

DATABASE_NAME = "app"
DATABASE_USER = "app"
CONNECTIONS_FILE = "/etc/stackdraft/connections.env"
MOUNT_SCRIPT = "/usr/local/sbin/stackdraft-mount"


def connections(site: Site) -> CloudConfig:
    """An environment file for applications: DATABASE_HOST, DATABASE_PASSWORD, CACHE_SERVERS, ..."""
    values: dict[str, str] = {}
    for place, database in enumerate(site.databases, start=1):
        prefix = "DATABASE" if place == 1 else f"DATABASE_{place}"
        values[f"{prefix}_ENGINE"] = database.engine
        values[f"{prefix}_HOST"] = placeholder(database.address)
        values[f"{prefix}_PORT"] = str(database.port)
        values[f"{prefix}_NAME"] = DATABASE_NAME
        values[f"{prefix}_USER"] = DATABASE_USER
        values[f"{prefix}_PASSWORD"] = placeholder(database.password)
    for prefix, services in (("CACHE", site.caches), ("QUEUE", site.brokers), ("DOCUMENTS", site.documents)):
        if not services:
            continue
        values[f"{prefix}_SERVERS"] = host_list(services)
        if services[0].password:
            values[f"{prefix}_USER"] = "default" if services[0].engine == "redis" else DATABASE_USER
            values[f"{prefix}_PASSWORD"] = placeholder(services[0].password)
    if site.upstreams:
        values["UPSTREAM_SERVERS"] = host_list(site.upstreams)
    if not values:
        return CloudConfig()
    text = "".join(f"{name}={value}\n" for name, value in values.items())
    return CloudConfig(files=(File(CONNECTIONS_FILE, text, mode="0600"),))


def host_list(endpoints: Sequence[Endpoint | ServiceEndpoint]) -> str:
    return ",".join(f"{placeholder(one.address)}:{one.port}" for one in endpoints)


def data_volumes(site: Site) -> CloudConfig:
    """Mounts each attached volume, however late the attachment comes.

    In a scaling group nobody knows the volumes' ids before they exist. A member is new and so are its
    volumes, so it takes a blank disk of the right size for each.
    """
    if not site.mounts:
        return CloudConfig()
    listed = "".join(
        f"{f'{mount.blank_gib}GiB' if mount.blank_gib else placeholder(mount.volume)} {mount.path}\n"
        for mount in site.mounts
    )
    find = _FIND_BLANK if site.mounts[0].blank_gib else _FIND_ATTACHED
    script = _MOUNT_VOLUMES.replace("@FIND_DEVICE@", find)
    return CloudConfig(
        files=(File("/etc/stackdraft/volumes", listed), File(MOUNT_SCRIPT, script, mode="0755")),
        commands=((MOUNT_SCRIPT,),),
    )


_FIND_ATTACHED = """\
find_device() {
  for device in /dev/disk/by-id/*"$(printf %.20s "$1")"*; do
    case "$device" in *-part*) continue ;; esac
    if [ -b "$device" ]; then echo "$device"; return 0; fi
  done
  return 1
}
"""

_FIND_BLANK = """\
find_device() {
  for device in $(lsblk --nodeps --noheadings --paths --output NAME); do
    if [ "$(blockdev --getsize64 "$device")" != $((${1%GiB} * 1073741824)) ]; then continue; fi
    if [ -z "$(wipefs --no-act "$device")" ]; then echo "$device"; return 0; fi
  done
  return 1
}
"""

# A volume keeps its data when its server is built again: only a disk without any signature is formatted.
# The device's name carries the first 20 characters of the volume's id (virtio), or all of it (SCSI).
_MOUNT_VOLUMES = """\
#!/bin/sh
set -eu

@FIND_DEVICE@
mount_volume() {
  tries=0
  until device=$(find_device "$1"); do
    tries=$((tries + 1))
    if [ "$tries" -gt 180 ]; then echo "volume $1 was not attached within 15 minutes" >&2; exit 1; fi
    sleep 5
  done
  signatures=$(wipefs --no-act "$device")
  if [ -z "$signatures" ]; then mkfs.ext4 -q "$device"; udevadm settle; fi
  uuid=$(blkid -s UUID -o value "$device")
  mkdir -p "$2"
  if ! grep -q "^UUID=$uuid " /etc/fstab; then
    echo "UUID=$uuid $2 auto defaults,nofail 0 2" >> /etc/fstab
  fi
  if ! mountpoint -q "$2"; then mount "$2"; fi
}

while read -r volume path; do
  mount_volume "$volume" "$path"
done < /etc/stackdraft/volumes
"""
