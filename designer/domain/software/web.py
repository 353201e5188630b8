"""Web servers and reverse proxies: nginx, Apache, HAProxy. They pass requests on to what they link to."""

from designer.domain.software.certificates import BUNDLE, CERTIFICATE, KEY, own_certificate
from designer.domain.software.cloud_config import CloudConfig, File, placeholder
from designer.domain.software.connections import connections
from designer.domain.software.failover import failover
from designer.domain.software.site import Site

PREPARED = "/etc/stackdraft/site.conf"  # put in place once the package and the certificate are there


def nginx(site: Site) -> CloudConfig:
    server = _web_server(site, package="nginx", service="nginx", text=_nginx_site(site), place=_NGINX_PLACE)
    return server + failover(site, "nginx")


def apache(site: Site) -> CloudConfig:
    modules = ("proxy", "proxy_http", "proxy_balancer", "lbmethod_byrequests", "ssl", "rewrite")
    return _web_server(
        site,
        package="apache2",
        service="apache2",
        text=_apache_site(site),
        place="/etc/apache2/sites-available/000-default.conf",
        before_restart=(("a2enmod", "-q", *modules),),
        files=(File("/etc/stackdraft/ports.conf", "".join(f"Listen {port}\n" for port in _ports(site))),),
        placing=((*_INSTALL, "/etc/stackdraft/ports.conf", "/etc/apache2/ports.conf"),),
    )


def haproxy(site: Site) -> CloudConfig:
    place = "/etc/haproxy/haproxy.cfg"
    server = _web_server(site, package="haproxy", service="haproxy", text=_haproxy(site), place=place)
    return server + failover(site, "haproxy")


_NGINX_PLACE = "/etc/nginx/sites-available/default"
_INSTALL = ("install", "-m", "0644")


def _web_server(
    site: Site,
    *,
    package: str,
    service: str,
    text: str,
    place: str,
    before_restart: tuple[tuple[str, ...], ...] = (),
    files: tuple[File, ...] = (),
    placing: tuple[tuple[str, ...], ...] = (),
) -> CloudConfig:
    return (
        CloudConfig(packages=(package,), files=(File(PREPARED, text), *files))
        + connections(site)
        + own_certificate(site)
        + CloudConfig(
            commands=(
                (*_INSTALL, PREPARED, place),
                *placing,
                *before_restart,
                ("systemctl", "enable", service),
                ("systemctl", "restart", service),
            )
        )
    )


def _ports(site: Site) -> list[int]:
    return [site.port, site.https_port] if site.tls else [site.port]


def _sends_to_https(site: Site) -> bool:
    """Whether plain requests get a redirect, which a balancer's health check would take for a fault."""
    return site.tls and not site.behind_balancer


# --- nginx ----------------------------------------------------------------------------------------


def _nginx_site(site: Site) -> str:
    upstream = "".join(f"    server {placeholder(one.address)}:{one.port};\n" for one in site.upstreams)
    text = f"upstream application {{\n{upstream}}}\n\n" if upstream else ""
    redirect = f"    return 301 https://$host{_port_suffix(site)}$request_uri;\n"
    plain = redirect if _sends_to_https(site) else _nginx_body(site)
    text += f"server {{\n    listen {site.port} default_server;\n{plain}}}\n"
    if site.tls:
        text += (
            f"\nserver {{\n    listen {site.https_port} ssl default_server;\n"
            f"    ssl_certificate {CERTIFICATE};\n    ssl_certificate_key {KEY};\n"
            f"    ssl_protocols TLSv1.2 TLSv1.3;\n{_nginx_body(site)}}}\n"
        )
    return text


def _nginx_body(site: Site) -> str:
    if not site.upstreams:
        return (
            "    root /var/www/html;\n    server_tokens off;\n    index index.html index.nginx-debian.html;\n"
        )
    return (
        "    server_tokens off;\n"
        "    location / {\n"
        "        proxy_pass http://application;\n"
        "        proxy_set_header Host $host;\n"
        "        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
        "        proxy_set_header X-Forwarded-Proto $scheme;\n"
        "        proxy_next_upstream error timeout http_502 http_503;\n"
        "    }\n"
    )


def _port_suffix(site: Site) -> str:
    return "" if site.https_port == 443 else f":{site.https_port}"


# --- Apache ---------------------------------------------------------------------------------------


def _apache_site(site: Site) -> str:
    members = "".join(
        f"    BalancerMember http://{placeholder(one.address)}:{one.port}\n" for one in site.upstreams
    )
    text = f"<Proxy balancer://application>\n{members}</Proxy>\n\n" if members else ""
    redirect = (
        "    RewriteEngine on\n"
        f"    RewriteRule ^ https://%{{SERVER_NAME}}{_port_suffix(site)}%{{REQUEST_URI}} [R=301,L]\n"
    )
    plain = redirect if _sends_to_https(site) else _apache_body(site)
    text += f"<VirtualHost *:{site.port}>\n{plain}</VirtualHost>\n"
    if site.tls:
        text += (
            f"\n<VirtualHost *:{site.https_port}>\n    SSLEngine on\n"
            f"    SSLCertificateFile {CERTIFICATE}\n    SSLCertificateKeyFile {KEY}\n"
            f"    SSLProtocol -all +TLSv1.2 +TLSv1.3\n{_apache_body(site)}</VirtualHost>\n"
        )
    return text


def _apache_body(site: Site) -> str:
    if not site.upstreams:
        return "    DocumentRoot /var/www/html\n"
    return (
        "    ProxyPreserveHost On\n"
        "    ProxyPass / balancer://application/\n"
        "    ProxyPassReverse / balancer://application/\n"
    )


# --- HAProxy --------------------------------------------------------------------------------------


def _haproxy(site: Site) -> str:
    servers = "".join(
        f"    server s{place} {placeholder(one.address)}:{one.port} check\n"
        for place, one in enumerate(site.upstreams, start=1)
    )
    redirect = "    http-request redirect scheme https unless { ssl_fc }\n" if _sends_to_https(site) else ""
    secure = f"    bind *:{site.https_port} ssl crt {BUNDLE} ssl-min-ver TLSv1.2\n" if site.tls else ""
    return (
        "global\n    user haproxy\n    group haproxy\n    daemon\n    maxconn 4096\n\n"
        "defaults\n    mode http\n    option forwardfor\n    option redispatch\n"
        "    timeout connect 5s\n    timeout client 30s\n    timeout server 30s\n\n"
        f"frontend public\n    bind *:{site.port}\n{secure}{redirect}    default_backend application\n\n"
        f"backend application\n    balance roundrobin\n{servers}"
    )
