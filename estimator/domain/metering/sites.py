"""Data centres and private clouds: hardware that is counted, and rooms."""

from collections.abc import Callable

from designer.domain.resources import Resource
from estimator.domain.metering.quantities import number_in, selector_of
from estimator.domain.metering.usage import Usage


def devices(service: str, what: str, pair: str) -> Callable[[Resource], list[Usage]]:
    """Hardware: so many, each of them twice where one stands by for the other."""

    def devices(resource: Resource) -> list[Usage]:
        said = resource.properties
        count = number_in(said.get("count", 1))
        twice = bool(said.get(pair))
        return [
            Usage(
                service,
                what,
                "month",
                count * 2 if count is not None and twice else count,
                selector_of(said, "model"),
                assumption="Each with a second one that stands by." if twice else "",
            )
        ]

    return devices


def dedicated(service: str, what: str) -> Callable[[Resource], list[Usage]]:
    def servers(resource: Resource) -> list[Usage]:
        said = resource.properties
        cores, ram_gib = number_in(said.get("cpu_cores")), number_in(said.get("ram_gib"))
        return [
            Usage(
                service,
                f"{what}, {cores} cores · {ram_gib} GiB" if cores and ram_gib else what,
                "month",
                number_in(said.get("count", 1)),
                selector_of(said, "engine"),
            )
        ]

    return servers


def capacity(service: str, what: str) -> Callable[[Resource], list[Usage]]:
    return lambda resource: [
        Usage(service, what, "TB-month", number_in(resource.properties.get("capacity_tb")))
    ]


def private_cloud(resource: Resource) -> list[Usage]:
    """Charged by its hosts; what runs on them costs nothing more."""
    said = resource.properties
    return [
        Usage(
            "private_cloud",
            "Private cloud host",
            "month",
            number_in(said.get("hypervisors")),
            selector_of(said, "hosted"),
        )
    ]


def site(resource: Resource) -> list[Usage]:
    """Rooms that the customer owns are no part of what somebody is paid for this design."""
    if resource.properties.get("owner") == "customer":
        return []
    return [Usage("site", "Space in a data centre")]


def on_private_cloud(resource: Resource) -> list[Usage]:
    return []  # charged by the hosts they run on


def in_site(resource: Resource) -> list[Usage]:
    """What a site has of its own, counted: `site_server` × 3."""
    service = str(resource.properties["service"])
    what = service.removeprefix("site_").replace("_", " ").capitalize()
    return [
        Usage(service, f"{what} in a data centre", quantity=number_in(resource.properties.get("count", 1)))
    ]
