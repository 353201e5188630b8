"""nova-compute with nova.virt.practice.BodilessDriver available as a compute driver."""
import sys

from nova.cmd import compute  # first: it applies eventlet patching


def main():
    import nova.virt
    from practice_backends import nova_driver
    sys.modules['nova.virt.practice'] = nova_driver
    nova.virt.practice = nova_driver
    compute.main()


if __name__ == '__main__':
    main()
