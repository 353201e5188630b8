"""Small designs that deployments are tested with."""

from tests.designer.designs import Design, a_design


def a_site(count: int = 1, **web: object) -> Design:
    """internet -> lb -> web in one subnet."""
    return (
        a_design()
        .with_("www", "internet")
        .with_("lb", "load_balancer", parent="sn", scheme="public", tls=False)
        .with_("web", "web_server", parent="sn", count=count, **web)
        .linked("www", "lb", protocol="HTTP", port=80)
        .linked("lb", "web", protocol="HTTP", port=80)
    )


def a_store(size_gib: int = 100) -> Design:
    """A server with a volume of data, called Orders."""
    return (
        a_server()
        .with_("disk", "volume", parent="sn", label="Orders", size_gib=size_gib)
        .linked("app", "disk", kind="attach")
    )


def a_server(**properties: object) -> Design:
    """One server in one subnet, nothing else."""
    return a_design().with_("app", "app_server", parent="sn", **properties)
