"""Memcached and Redis, for whom the security group lets in."""

from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.site import Site

_MEMCACHED = "/etc/stackdraft/memcached.conf"
_REDIS = "/etc/stackdraft/redis.conf"


def memcached(site: Site) -> CloudConfig:
    # TCP only: memcached on UDP is a well-known amplifier of attacks.
    options = ("-d", f"-m {_memory_mib(site)}", f"-p {site.port}", "-U 0", "-u memcache", "-l 0.0.0.0")
    text = "".join(f"{option}\n" for option in options)
    return CloudConfig(
        packages=("memcached",),
        files=(File(_MEMCACHED, text),),
        commands=(
            ("install", "-m", "0644", _MEMCACHED, "/etc/memcached.conf"),
            ("systemctl", "restart", "memcached"),
        ),
    )


def redis(site: Site) -> CloudConfig:
    """A cache: the oldest goes when memory is full, and nothing is written to disk."""
    assert site.password is not None
    text = (
        f"bind 0.0.0.0\nport {site.port}\nprotected-mode yes\nrequirepass {placeholder(site.password)}\n"
        f'maxmemory {_memory_mib(site)}mb\nmaxmemory-policy allkeys-lru\nsave ""\nappendonly no\n'
        "supervised systemd\ndir /var/lib/redis\nlogfile /var/log/redis/redis-server.log\n"
    )
    return CloudConfig(
        packages=("redis-server",),
        files=(File(_REDIS, text, mode="0600"),),
        commands=(
            ("install", "-m", "0640", "-o", "redis", "-g", "redis", _REDIS, "/etc/redis/redis.conf"),
            ("systemctl", "enable", "redis-server"),
            ("systemctl", "restart", "redis-server"),
        ),
    )


def _memory_mib(site: Site) -> int:
    return int(site.component.properties.get("cache_ram_mib", 500))
