"""An own type from the palette to the price, and designs that outlive its versions."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from catalog.models import ComponentTypeVersion
from catalog.services.own_types import publish_type, retire_type, start_new_version
from tests.catalog.own_types import RACKS, a_draft

pytestmark = pytest.mark.django_db

PLACES = {
    "net": {"type": "network"},
    "sn": {"type": "subnet", "parent": "net", "properties": {"public": True}},
}


@pytest.fixture
def first(mara: User) -> ComponentTypeVersion:
    return publish_type(a_draft(), published_by=mara)


def publish_second(first: ComponentTypeVersion, by: User) -> ComponentTypeVersion:
    draft = start_new_version(first, created_by=by)
    draft.properties, draft.label_generic, draft.icon = RACKS, "Rack watch", "wall"
    draft.save()
    return publish_type(draft, published_by=by)


def start(api: APIClient, **components: Any) -> str:
    """The address of a design that holds these."""
    design = api.post("/api/designs/", {"name": "Racks"}, format="json").json()
    address = f"/api/designs/{design['id']}/"
    patch = {"components": {**PLACES, **components}}
    answer = api.patch(f"{address}document/", patch, format="json")
    assert answer.status_code == 200, answer.json()
    return address


def read(api: APIClient, address: str) -> tuple[Any, ...]:
    """What the product makes of a design: resources, line items, findings, picture."""
    lines = api.get(f"{address}estimate/").json()["line_items"]
    picture = api.get(f"{address}diagram.svg")
    assert picture.status_code == 200
    return (
        api.get(f"{address}resources/").json(),
        [(line["key"], line["sku"], line["monthly"]) for line in lines],
        api.get(f"{address}findings/").json(),
        picture.content,
    )


def test_a_published_type_is_in_the_palette_with_its_form(
    api: APIClient, first: ComponentTypeVersion
) -> None:
    types = {one["reference"]: one for one in api.get("/api/component-types/").json()}
    probe = types["rack_probe"]

    assert (probe["label"], probe["archetype"], probe["retired"]) == ("Rack probe", "server", False)
    assert probe["properties"]["probes"]["x-unit"] == "probes"
    assert "rack_probe" in types["load_balancer"]["links"]["traffic"]
    assert (types["server"]["reference"], types["server"]["archetype"]) == ("server", "server")
    assert types["server"]["makes"][:2] == ["port", "security_group"]
    assert types["internet"]["billed"] == []


def test_it_is_drawn_priced_and_becomes_what_its_like_becomes(
    api: APIClient, first: ComponentTypeVersion
) -> None:
    said = {"type": "rack_probe", "parent": "sn", "properties": {"count": 2}}
    size = {"vcpus": 2, "ram_gib": 8, "disk_gib": 40}
    like = {"type": "server", "parent": "sn", "properties": {"count": 2, "size": size}}

    resources, lines, _, picture = read(api, start(api, one=said))
    by_hand, priced_by_hand, _, _ = read(api, start(api, one={**like, "label": "Rack probe"}))

    assert [one["key"] for one in resources] == [one["key"] for one in by_hand]
    assert [one["kind"] for one in resources].count("server") == 2
    assert lines == priced_by_hand
    assert all(monthly for _, _, monthly in lines)
    assert b"Rack probe" in picture


def test_its_own_limits_are_told_like_any_other(api: APIClient, first: ComponentTypeVersion) -> None:
    address = start(api, one={"type": "rack_probe", "parent": "sn"})

    answer = api.patch(
        f"{address}document/", {"components": {"one": {"properties": {"probes": 65}}}}, format="json"
    )

    assert answer.status_code == 409
    assert answer.json()["reasons"] == [
        {"at": "components.one.properties.probes", "detail": "Probes is 64 probes at most, not 65."}
    ]


def test_a_design_outlives_the_version_that_it_uses(
    api: APIClient, mara: User, first: ComponentTypeVersion
) -> None:
    said = {"probes": 9, "count": 1, "software": "nginx"}  # no value that version 2 would take
    address = start(api, one={"type": "rack_probe", "parent": "sn", "properties": said})
    before = read(api, address)

    publish_second(first, mara)
    retire_type(first, retired_by=mara)

    assert read(api, address) == before
    document = api.get(address).json()["document"]
    assert document["components"]["one"]["properties"] == said
    changed = api.patch(
        f"{address}document/", {"components": {"one": {"properties": {"probes": 10}}}}, format="json"
    )
    assert changed.status_code == 200


def test_both_versions_stand_in_one_design(api: APIClient, mara: User, first: ComponentTypeVersion) -> None:
    publish_second(first, mara)
    address = start(
        api,
        old={"type": "rack_probe", "parent": "sn", "properties": {"probes": 3}},
        new={"type": "rack_probe@2", "parent": "sn", "properties": {"racks": "left"}},
    )
    link = {"links": {"l": {"source": "old", "target": "new", "kind": "traffic"}}}
    assert api.patch(f"{address}document/", link, format="json").status_code == 200

    resources, lines, _, picture = read(api, address)

    servers = [one["key"] for one in resources if one["kind"] == "server"]
    assert servers == ["new/server[0]", "new/server[1]", "old/server[0]"]
    assert len(lines) >= 3
    assert b"Rack probe" in picture
    assert b"Rack watch" in picture


def test_the_palette_offers_the_newest_and_the_api_all_on_request(
    api: APIClient, mara: User, first: ComponentTypeVersion
) -> None:
    second = publish_second(first, mara)
    offered = {one["reference"] for one in api.get("/api/component-types/").json()}
    assert "rack_probe@2" in offered
    assert "rack_probe" not in offered

    retire_type(second, retired_by=mara)
    retire_type(first, retired_by=mara)

    offered = {one["key"] for one in api.get("/api/component-types/").json()}
    everything = {one["reference"]: one for one in api.get("/api/component-types/?all_versions=1").json()}
    assert "rack_probe" not in offered
    assert everything["rack_probe"]["retired"]
    assert everything["rack_probe@2"]["retired"]
    assert len(everything) == 67


@pytest.mark.parametrize("spelling", ["rack_probe@3", "rack_probe@1", "rack_probe@", "@2", "rack_probe@2@2"])
def test_a_version_that_is_not_there_is_refused_by_name(
    api: APIClient, first: ComponentTypeVersion, spelling: str
) -> None:
    address = start(api)

    answer = api.patch(
        f"{address}document/", {"components": {"one": {"type": spelling, "parent": "sn"}}}, format="json"
    )

    assert answer.status_code == 409
    (reason,) = answer.json()["reasons"]
    assert reason["at"] == "components.one.type"
    assert reason["detail"].startswith(f'There is no component type "{spelling}".')


def test_an_own_type_like_a_container_holds_what_that_one_holds_in_every_version(
    api: APIClient, mara: User
) -> None:
    said = {"key": "guarded_subnet", "like": "subnet", "icon": "wall", "properties": ""}
    labels = {"generic": "Guarded subnet", "rackspace": "G", "openstack": "G", "outscale": "G"}
    first = publish_type(a_draft(**said, labels=labels), published_by=mara)
    publish_type(start_new_version(first, created_by=mara), published_by=mara)
    like_shipped = start(api, web={"type": "web_server", "parent": "sn"})
    for reference in ("guarded_subnet", "guarded_subnet@2"):
        places = {"sn": {"type": reference, "parent": "net", "properties": {"public": True}}}
        own = start(api, **places, web={"type": "web_server", "parent": "sn"})

        types = {one["reference"]: one for one in api.get("/api/component-types/?all_versions=1").json()}
        assert types[reference]["container"] is True
        resources, lines, findings, picture = read(api, own)
        shipped_resources, shipped_lines, shipped_findings, _ = read(api, like_shipped)
        assert [one["key"] for one in resources] == [one["key"] for one in shipped_resources]
        assert (lines, findings) == (shipped_lines, shipped_findings)
        assert b"Guarded subnet" in picture
