"""The administrators' door: SSH with keys only, and nothing else."""

from designer.domain.software.cloud_config import CloudConfig, File
from designer.domain.software.site import Site


def bastion(site: Site) -> CloudConfig:
    """Ubuntu starts SSH from a socket whose port comes from the same file, once systemd has read it again.

    A socket listens anew only while its service stands still. Who is signed in stays so.
    """
    return CloudConfig(
        files=(File("/etc/ssh/sshd_config.d/10-stackdraft.conf", _sshd(site.port)),),
        commands=(
            ("sshd", "-t"),
            ("systemctl", "daemon-reload"),
            ("systemctl", "stop", "ssh"),
            ("systemctl", "try-restart", "ssh.socket"),
            ("systemctl", "start", "ssh"),
        ),
    )


def _sshd(port: int) -> str:
    return f"""\
Port {port}
PermitRootLogin no
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthenticationMethods publickey
MaxAuthTries 3
LoginGraceTime 30
X11Forwarding no
AllowAgentForwarding no
AllowTcpForwarding yes
ClientAliveInterval 300
ClientAliveCountMax 2
"""
