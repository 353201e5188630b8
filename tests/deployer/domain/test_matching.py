"""What a cloud has for what a design asks."""

from deployer.domain.cloud import Flavor, Image
from deployer.domain.matching import find_image, match_resource, smallest_flavor
from designer.domain import resources as kind
from tests.fakes.cloud import a_profile

SIZE = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}


def a_server(**properties: object) -> dict[str, object]:
    return {"size": SIZE, "image": "ubuntu-24.04", **properties}


def test_the_smallest_flavor_that_satisfies_is_taken() -> None:
    match = match_resource(kind.SERVER, a_server(), a_profile())

    assert match.values["flavor_name"] == "medium"
    assert match.note.startswith("2 vCPU, 4 GiB, 40 GiB disk asked for: flavor medium")


def test_memory_decides_before_processors_do() -> None:
    flavors = [Flavor("a", "many-cores", 8, 4096, 40), Flavor("b", "much-memory", 2, 8192, 40)]

    found = smallest_flavor(flavors, vcpus=2, ram_mib=4096, disk_gib=40)

    assert found is not None
    assert found.name == "many-cores"


def test_half_a_gibibyte_is_enough_for_half_a_gibibyte() -> None:
    assert smallest_flavor([Flavor("t", "tiny", 1, 512, 1)], vcpus=1, ram_mib=512, disk_gib=0) is not None


def test_a_pinned_flavor_wins_over_a_smaller_one() -> None:
    match = match_resource(kind.SERVER, a_server(flavor="large"), a_profile())

    assert (match.values["flavor_name"], match.note) == ("large", "Flavor large, as pinned in the design.")


def test_a_pinned_flavor_that_is_not_there_is_lacking() -> None:
    assert match_resource(kind.SERVER, a_server(flavor="gigantic"), a_profile()).lacking == (
        "It has no flavor called gigantic."
    )


def test_a_size_that_nothing_satisfies_is_lacking() -> None:
    huge = a_server(size={"vcpus": 64, "ram_gib": 512, "disk_gib": 40})

    assert "no flavor with 64 vCPU, 512 GiB" in match_resource(kind.SERVER, huge, a_profile()).lacking


def test_an_image_is_found_as_clouds_spell_it() -> None:
    images = [
        Image("1", "Ubuntu 24.04 LTS (Noble) minimal"),
        Image("2", "Ubuntu 24.04 LTS"),
        Image("3", "Debian 12"),
    ]

    found = find_image(images, "ubuntu-24.04")

    assert found is not None
    assert found.name == "Ubuntu 24.04 LTS"
    assert find_image(images, "ubuntu-22.04") is None


def test_zones_are_taken_in_turn_and_a_missing_one_is_said() -> None:
    first, third = (match_resource(kind.SERVER, a_server(zone_index=index), a_profile()) for index in (0, 2))

    assert (first.values["zone"], first.compromise) == ("az1", "")
    assert third.values["zone"] == "az1"
    assert third.compromise == "The design spreads over 3 zones; the cloud has 2."


def test_a_volume_goes_to_a_zone_only_where_storage_has_that_zone() -> None:
    volumes = [
        match_resource(kind.VOLUME, {"size_gib": 1, "type": "ssd", "zone_index": index}, a_profile())
        for index in (0, 1)
    ]

    assert [volume.values.get("zone") for volume in volumes] == ["az1", None]


def test_volume_types_are_matched_by_what_they_are_called() -> None:
    def found(**properties: object) -> object:
        return match_resource(kind.VOLUME, {"size_gib": 1, **properties}, a_profile()).values.get(
            "volume_type"
        )

    assert found(type="ssd") == "ssd"
    assert found(type="hdd") == "sata"
    assert found(type="ssd", encrypted=True) == "encrypted"


def test_an_encrypted_volume_is_never_quietly_a_plain_one() -> None:
    match = match_resource(kind.VOLUME, {"size_gib": 1, "encrypted": True}, a_profile(volume_types=("ssd",)))

    assert match.lacking == "It has no encrypted volume type."


def test_a_default_volume_type_is_said_to_be_one() -> None:
    match = match_resource(kind.VOLUME, {"size_gib": 1, "type": "ssd"}, a_profile(volume_types=("bronze",)))

    assert "volume_type" not in match.values
    assert match.compromise == "No volume type of the cloud is called ssd; its default is used."


def test_another_version_of_a_database_is_said() -> None:
    match = match_resource(
        kind.DATABASE_INSTANCE, {"engine": "mysql", "version": "5.7", "size": SIZE}, a_profile()
    )

    assert match.values["datastore_version"] == "8.4"
    assert match.compromise == "mysql 5.7 is not there; 8.4 is used."


def test_no_external_network_means_no_public_address() -> None:
    match = match_resource(kind.FLOATING_IP, {}, a_profile(external_networks=()))

    assert "no external network" in match.lacking
