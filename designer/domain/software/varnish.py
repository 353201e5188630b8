"""Varnish: a page cache on a machine of its own, or in front of the web server on the same machine."""

from designer.domain.software.certificates import BUNDLE, own_certificate
from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.connections import connections
from designer.domain.software.site import Site

_PREPARED = "/etc/stackdraft/varnish.vcl"
_PLACE = "/etc/varnish/default.vcl"
_TLS_PREPARED = "/etc/stackdraft/hitch.conf"
_FROM_TLS = 6086  # where hitch hands over, on this machine only


def varnish_proxy(site: Site) -> CloudConfig:
    """In front of the servers it links to. TLS ends in hitch, because Varnish speaks none."""
    memory_mib = max(64, int(site.component.properties["size"]["ram_gib"] * 1024) // 2)
    text = _vcl(_director(site), "application.backend()" if site.upstreams else "", site.https_port)
    return connections(site) + own_certificate(site) + _varnish(site, text, memory_mib) + _tls(site)


def varnish_before(site: Site, backend_port: int) -> CloudConfig:
    """On the machine of the site itself, which listens on the loopback address only."""
    backend = f'backend site {{\n    .host = "127.0.0.1";\n    .port = "{backend_port}";\n}}\n'
    memory_mib = int(site.component.properties["varnish_ram_mib"])
    return _varnish(site, _vcl(backend, "site"), memory_mib)


def _varnish(site: Site, text: str, memory_mib: int) -> CloudConfig:
    return CloudConfig(
        packages=("varnish",),
        files=(
            File(_PREPARED, text),
            File("/etc/systemd/system/varnish.service.d/stackdraft.conf", _service(site, memory_mib)),
        ),
        commands=(
            ("install", "-m", "0644", _PREPARED, _PLACE),
            ("systemctl", "daemon-reload"),
            ("systemctl", "enable", "varnish"),
            ("systemctl", "restart", "varnish"),
        ),
    )


def _service(site: Site, memory_mib: int) -> str:
    from_tls = f" -a 127.0.0.1:{_FROM_TLS},PROXY" if site.tls else ""
    return (
        "[Service]\nExecStart=\n"
        f"ExecStart=/usr/sbin/varnishd -j unix,user=vcache -F -a :{site.port}{from_tls} -T localhost:6082 "
        f"-f {_PLACE} -S /etc/varnish/secret -s malloc,{memory_mib}m\n"
    )


def _tls(site: Site) -> CloudConfig:
    if not site.tls:
        return CloudConfig()
    text = (
        f'frontend = "[*]:{site.https_port}"\nbackend = "[127.0.0.1]:{_FROM_TLS}"\npem-file = "{BUNDLE}"\n'
        'write-proxy-v2 = on\ntls-protos = TLSv1.2 TLSv1.3\nuser = "_hitch"\ngroup = "_hitch"\n'
    )
    return CloudConfig(
        packages=("hitch",),
        files=(File(_TLS_PREPARED, text),),
        commands=(
            ("install", "-m", "0644", _TLS_PREPARED, "/etc/hitch/hitch.conf"),
            ("systemctl", "enable", "hitch"),
            ("systemctl", "restart", "hitch"),
        ),
    )


def _director(site: Site) -> str:
    if not site.upstreams:
        return "backend nobody none;\n"  # answers 503 until something is linked
    backends = "".join(
        f'backend s{place} {{\n    .host = "{placeholder(one.address)}";\n    .port = "{one.port}";\n'
        '    .probe = { .url = "/"; .interval = 10s; .timeout = 5s; .expected_response = 200; }\n}\n'
        for place, one in enumerate(site.upstreams, start=1)
    )
    added = "".join(
        f"    application.add_backend(s{place});\n" for place, _ in enumerate(site.upstreams, start=1)
    )
    return f"{backends}\nsub vcl_init {{\n    new application = directors.round_robin();\n{added}}}\n"


def _vcl(backends: str, backend: str, https_port: int = 443) -> str:
    """Pages of people who are signed in, or have something in their cart, are never kept."""
    choose = f"    set req.backend_hint = {backend};\n" if backend else ""
    return f"""\
vcl 4.1;

import directors;
import std;

{backends}
sub vcl_recv {{
{choose}    if (std.port(local.ip) == {https_port}) {{
        set req.http.X-Forwarded-Proto = "https";
    }}
    if (req.method != "GET" && req.method != "HEAD") {{
        return (pass);
    }}
    if (req.url ~ "^/(wp-admin|wp-login|admin|user|cart|checkout)" || req.http.Authorization) {{
        return (pass);
    }}
    if (req.http.Cookie ~ "(wordpress_logged_in|wp-postpass|comment_author|S?SESS[0-9a-f]|OCSESSID)") {{
        return (pass);
    }}
    unset req.http.Cookie;
}}

sub vcl_hash {{
    hash_data(req.http.X-Forwarded-Proto);
}}

sub vcl_backend_response {{
    if (beresp.status >= 500) {{
        set beresp.uncacheable = true;
        set beresp.ttl = 10s;
        return (deliver);
    }}
    set beresp.grace = 1h;
}}
"""
