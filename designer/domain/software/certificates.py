"""A certificate for servers that end TLS themselves: self-signed, until a real one takes its place."""

from designer.domain.software.cloud_config import CloudConfig, File
from designer.domain.software.site import Site

CERTIFICATE = "/etc/ssl/stackdraft/certificate.pem"
KEY = "/etc/ssl/stackdraft/key.pem"
BUNDLE = "/etc/ssl/stackdraft/bundle.pem"
_SCRIPT = "/usr/local/sbin/stackdraft-certificate"


def own_certificate(site: Site) -> CloudConfig:
    if not site.tls:
        return CloudConfig()
    return CloudConfig(files=(File(_SCRIPT, _MAKE_CERTIFICATE, mode="0755"),), commands=((_SCRIPT,),))


_MAKE_CERTIFICATE = f"""\
#!/bin/sh
set -eu
umask 077
mkdir -p /etc/ssl/stackdraft
if [ ! -s {CERTIFICATE} ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 825 -subj "/CN=$(hostname)" \\
    -keyout {KEY} -out {CERTIFICATE}
  cat {CERTIFICATE} {KEY} > {BUNDLE}
fi
"""
