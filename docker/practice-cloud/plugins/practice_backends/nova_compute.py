"""nova-compute, with this package's driver where Nova looks for one: as a module of nova.virt."""

import sys

import nova.virt
from nova.cmd import compute  # before anything of Nova's that does I/O: it applies eventlet's patches

from practice_backends import nova_driver

if __name__ == "__main__":
    sys.modules["nova.virt.practice"] = nova_driver
    nova.virt.practice = nova_driver
    compute.main()
