"""Rules about running it day by day."""

from tests.designer.designs import a_design


def test_varnish_beside_a_web_server_is_two_services_on_one_machine() -> None:
    design = a_design().with_("cms", "cms_web_server", parent="sn")

    assert design.findings("OPS-02")[0].components == ("cms",)
    assert not a_design().with_("cms", "cms_web_server", parent="sn", varnish=False).findings("OPS-02")


def test_a_server_that_starts_empty_cannot_be_rebuilt() -> None:
    design = a_design().with_("reg", "region").with_("plain", "server", parent="sn")

    assert design.findings("OPS-03")[0].components == ("plain",)
    assert not design.with_("plain", "server", parent="sn", software="nginx").findings("OPS-03")
    provisioned = design.with_("chef", "automation").linked("chef", "plain", "provision")
    assert not provisioned.findings("OPS-03")
    assert not design.with_("img", "image", parent="reg", golden=True).findings("OPS-03")
    assert design.with_("img", "image", parent="reg", golden=True, version="22.04").findings("OPS-03")


def test_a_group_of_empty_servers_is_told_as_well() -> None:
    design = a_design().with_("asg", "scaling_group", parent="sn").with_("plain", "server", parent="asg")

    assert design.findings("OPS-03")[0].components == ("plain",)


def test_mail_goes_out_by_a_mail_service() -> None:
    design = a_design().with_("www", "internet").with_("app", "app_server", parent="sn")
    design = design.linked("app", "www", protocol="SMTP", port=25)
    repaired = design.repaired("OPS-05")

    assert design.findings("OPS-05")[0].components == ("app",)
    assert not repaired.findings("OPS-05")
    assert repaired.data["links"]["app-mail"]["target"] == "mail"
    assert not a_design().with_("app", "app_server", parent="sn").findings("OPS-05")


def test_what_a_scaling_group_starts_heals_itself() -> None:
    design = a_design().with_("asg", "scaling_group", parent="sn").with_("web", "web_server", parent="asg")

    assert not design.findings("OPS-04")
