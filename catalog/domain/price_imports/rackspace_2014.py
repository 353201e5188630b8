"""Rackspace's next-generation servers in the United States, 2013 to 2014, before prices were split by level.

Two sources disagree about the 15 GB server: 0.96 an hour in a library's file that nobody refreshed, and
$657 a month, which is 0.90, on the page that others read in 2014. The page counts.
"""

from catalog.domain.price_imports.mappings import BookPlan, leave, take

BLOG = "blog-2014"

RACKSPACE_2014 = BookPlan(
    header={
        "key": "rackspace-us-2014",
        "provider": "Rackspace",
        "title": "Rackspace public cloud, United States, 2014",
        "region": "US",
        "currency": "USD",
        "valid_from": "2013-11-01",
        "collected_at": "2014-01-01",
        "note": "Servers, and the first tier of Cloud Files and its CDN; the list goes no further.",
    },
    rows={"region": "US"},
    sources=(
        {
            "id": BLOG,
            "url": "https://www.rackspace.com/cloud/public-pricing/",
            "kind": "secondary",
            "retrieved": "2014",
            "note": "A blog that quotes the page's section Cloud Files.",
        },
    ),
    rules=(
        leave("The generation before OpenStack.", sku="(rackspace|managed-first-gen):.+"),
        take(
            "server",
            sku="rackspacenovaus:7",
            says={
                "description": "15GB server, Linux",
                "price": "0.90",
                "confidence": "derived",
                "note": "The library's file has 0.96; the page of 2014 has $657 a month: 0.90 an hour.",
                "attributes": {
                    "flavor": "7",
                    "vcpus": "{vcpus}",
                    "ram_gib": "{ram_gib}",
                    "disk_gib": "{disk_gib}",
                },
            },
        ),
        take(
            "server",
            sku="rackspacenovaus:(?P<flavor>.+)",
            description="(?P<name>[^, ]+).*",
            says={"description": "{name} server, Linux", "locator": "key rackspacenovaus, {flavor}"},
        ),
        take(
            "object_storage",
            resource_type="object-storage",
            says={"description": "Cloud Files storage", "source": BLOG},
        ),
        take("cdn", resource_type="cdn-egress", says={"description": "CDN traffic", "source": BLOG}),
        leave("No design asks for Cloud Sites.", of_service="cloud-sites"),
    ),
)
