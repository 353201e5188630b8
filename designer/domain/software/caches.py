"""Memcached, for whom the security group lets in."""

from designer.domain.software.cloud_config import CloudConfig, File
from designer.domain.software.site import Site

_PREPARED = "/etc/stackdraft/memcached.conf"


def memcached(site: Site) -> CloudConfig:
    memory_mib = int(site.component.properties.get("cache_ram_mib", 500))
    # TCP only: memcached on UDP is a well-known amplifier of attacks.
    options = ("-d", f"-m {memory_mib}", f"-p {site.port}", "-U 0", "-u memcache", "-l 0.0.0.0")
    text = "".join(f"{option}\n" for option in options)
    return CloudConfig(
        packages=("memcached",),
        files=(File(_PREPARED, text),),
        commands=(
            ("install", "-m", "0644", _PREPARED, "/etc/memcached.conf"),
            ("systemctl", "restart", "memcached"),
        ),
    )
