from tests.designer.designs import a_design, template


def test_a_database_with_a_public_address_is_an_error_whichever_way_it_got_it() -> None:
    own = a_design().with_("db", "db_server", parent="sn", public_address=True)
    bound = a_design().with_("db", "db_server", parent="sn").with_("eip", "floating_ip", bound_to="db")

    assert own.findings("SEC-01")[0].fix == {"components": {"db": {"properties": {"public_address": False}}}}
    assert bound.findings("SEC-01")[0].fix == {"components": {"eip": {"properties": {"bound_to": None}}}}
    assert not own.findings("SEC-04"), "one finding for one fault"


def test_an_application_with_a_public_address_is_an_error() -> None:
    (finding,) = a_design().with_("app", "app_server", parent="sn", public_address=True).findings("SEC-04")

    assert finding.components == ("app",)


def test_ssh_from_everywhere_is_closed_by_the_fix_where_a_bastion_stands() -> None:
    design = a_design().with_("www", "internet").with_("web", "web_server", parent="sn")
    design = design.linked("www", "web", "admin", protocol="SSH", port=22)

    assert design.findings("SEC-02")[0].fix is None
    with_bastion = design.with_("bas", "bastion", parent="sn")
    assert with_bastion.findings("SEC-02")[0].fix == {"links": {"www-web": None}}
    assert not design.with_settings(admin_cidr="198.51.100.0/24").findings("SEC-02")


def test_a_bastion_is_a_door() -> None:
    design = a_design().with_("web", "web_server", parent="sn")

    assert design.findings("SEC-03")
    assert not design.with_("bas", "bastion", parent="sn").findings("SEC-03")


def test_http_alone_is_a_warning_and_http_beside_https_is_not() -> None:
    design = template("rax-basic")
    plain = design.edited({"links": {"sw-lb": {"properties": {"protocol": "HTTP", "port": 80}}}})
    both = design.edited({"links": {"sw-lb": {"properties": {"port": "80,443"}}}})

    assert plain.findings("SEC-08")
    assert not both.findings("SEC-08")


def test_https_needs_a_certificate_somewhere() -> None:
    design = template("rax-basic").edited({"components": {"lb": {"properties": {"tls": False}}}})
    (finding,) = design.findings("SEC-09")

    assert finding.fix == {"components": {"lb": {"properties": {"tls": True}}}}
    through = design.edited({"links": {"lb-web": {"properties": {"protocol": "HTTPS", "port": 443}}}})
    assert [one.components for one in through.findings("SEC-09")] == [("web",)], "the server ends it then"


def test_a_databases_volume_is_encrypted_and_a_web_servers_need_not_be() -> None:
    design = a_design().with_("v", "volume", parent="sn")

    web = design.with_("a", "web_server", parent="sn").linked("a", "v", "attach")
    database = design.with_("a", "db_server", parent="sn").linked("a", "v", "attach")
    assert not web.findings("SEC-10")
    assert database.findings("SEC-10")[0].fix == {"components": {"v": {"properties": {"encrypted": True}}}}


def test_a_design_that_faces_nobody_needs_no_perimeter() -> None:
    assert not a_design().with_("a", "server", parent="sn").findings("SEC-12")
    assert template("rax-basic").findings("SEC-12")


def test_an_arrow_without_a_port_opens_nothing() -> None:
    design = a_design().with_("www", "internet").with_("web", "web_server", parent="sn")

    assert design.linked("www", "web", protocol="IP").findings("SEC-06")[0].components == ("www", "web")
    assert not design.linked("www", "web", protocol="HTTPS", port=443).findings("SEC-06")
    assert not design.linked("www", "web", protocol="any", port="any").findings("SEC-06")


def test_a_certificate_that_names_a_balancer_ends_its_tls() -> None:
    design = template("rax-basic").edited({"components": {"lb": {"properties": {"tls": False}}}})

    assert design.findings("SEC-09")
    named = design.with_("cert", "tls_certificate", parent="reg", members=["lb"])
    assert not named.findings("SEC-09")
