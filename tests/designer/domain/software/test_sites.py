"""WordPress, Drupal and OpenCart: a program on several servers, one database, one administrator.

lb ──80──► web ×2 [Varnish :80 ─► Apache :8080] ──3306──► db
                                                ──11211─► memcached
"""

import pytest

from designer.domain.resources import Ref
from designer.domain.software.opencart import COMMIT
from tests.designer.designs import Design, a_design, keys_of
from tests.designer.domain.software.test_recipes import config_of, file_of, text_of

SETUP = "/usr/local/sbin/stackdraft-site"


def a_site(software: str = "wordpress", **said: object) -> Design:
    design = a_design().with_("web", "cms_web_server", parent="sn", software=software, **said)
    return design.with_("db", "dbaas", parent="sn").linked("web", "db", protocol="MySQL", port=3306)


def test_visitors_meet_varnish_and_only_varnish_meets_the_site() -> None:
    server = a_site(varnish_ram_mib=256).graph()["web/server[0]"]

    assert file_of(server, "/etc/stackdraft/ports.conf") == "Listen 127.0.0.1:8080\n"
    service = file_of(server, "/etc/systemd/system/varnish.service.d/stackdraft.conf")
    assert " -a :80 " in service
    assert "malloc,256m" in service
    assert '.port = "8080";' in file_of(server, "/etc/stackdraft/varnish.vcl")
    assert {"varnish", "apache2"} <= set(config_of(server)["packages"])


def test_without_varnish_the_site_answers_visitors_itself() -> None:
    server = a_site(varnish=False).graph()["web/server[0]"]

    assert file_of(server, "/etc/stackdraft/ports.conf") == "Listen 80\n"
    assert "varnish" not in config_of(server)["packages"]


@pytest.mark.parametrize("software", ["wordpress", "drupal", "opencart"])
def test_one_administrator_has_a_password_that_the_design_makes(software: str) -> None:
    graph = a_site(software).with_("more", "cms_web_server", parent="sn", software=software)
    graph = graph.linked("more", "db", protocol="MySQL", port=3306).graph()

    assert {"db/password", "db/password[administrator]"} <= keys_of(graph.of_component("db"))
    assert graph["db/password[administrator]"].properties["length"] <= 20, "OpenCart takes no longer one"
    for component in ("web", "more"):
        parts = graph[f"{component}/server[0]"].properties["user_data"].parts
        assert Ref("db/password[administrator]", "value") in parts


@pytest.mark.parametrize("software", ["wordpress", "drupal", "opencart"])
def test_of_several_servers_one_sets_the_database_up_and_the_others_wait(software: str) -> None:
    graph = a_site(software, count=3).graph()
    script = file_of(graph["web/server[0]"], SETUP)

    assert text_of(graph["web/server[0]"]) == text_of(graph["web/server[2]"])
    assert (
        script.index("wait_for answers")
        < script.index("if is_first; then")
        < script.index("wait_for is_set_up")
    )
    assert 'is_first() { sql "CREATE PROCEDURE site_is_being_set_up' in script


def test_opencart_is_the_commit_that_was_tried_and_nothing_else() -> None:
    script = file_of(a_site("opencart").graph()["web/server[0]"], SETUP)

    assert f'rev-parse HEAD)" != {COMMIT} ]; then' in script
    assert "rm -rf /var/www/opencart/upload/install" in script, "an installer left behind is an open door"


def test_links_in_pages_lead_back_the_way_the_visitor_came() -> None:
    """The reference's own template made OpenCart's base address that of one server behind two balancers."""
    settings = file_of(a_site("opencart").graph()["web/server[0]"], "/etc/stackdraft/opencart.php")

    assert "$_SERVER['HTTP_HOST']" in settings


def test_behind_a_balancer_that_ends_tls_the_site_knows_that_visitors_use_https() -> None:
    design = a_site().with_("lb", "load_balancer", parent="sn", tls=True)
    design = design.linked("lb", "web", protocol="HTTP", port=80)
    path = "/etc/stackdraft/wordpress.php"

    assert "$scheme = 'https';" in file_of(design.graph()["web/server[0]"], path)
    plain = design.graph(without=frozenset({"key-manager"}))
    assert "HTTP_X_FORWARDED_PROTO" in file_of(plain["web/server[0]"], path)


def test_drupal_keeps_its_cache_in_memcached_where_one_is_linked() -> None:
    design = a_site("drupal").with_("mem", "cache_server", parent="sn").linked("web", "mem")
    server = design.graph()["web/server[0]"]

    assert "'10.0.1.9:11211' => 'default'" in file_of(server, "/etc/stackdraft/drupal-settings.php")
    assert "php-memcached" in config_of(server)["packages"]


def test_content_lies_on_the_volume_that_is_attached() -> None:
    design = a_site().with_("v", "volume", parent="sn", mount="/srv/content").linked("web", "v", "attach")

    settings = file_of(design.graph()["web/server[0]"], "/etc/stackdraft/wordpress.php")
    assert "define('WP_CONTENT_DIR', '/srv/content/wp-content');" in settings


def test_without_a_database_nothing_is_installed_and_the_plan_says_so() -> None:
    graph = a_design().with_("web", "cms_web_server", parent="sn", software="drupal").graph()
    server = graph["web/server[0]"]

    assert "linked to a MySQL or MariaDB database" in server.note
    assert "composer" not in text_of(server)
    assert "DocumentRoot /var/www/html" in file_of(server, "/etc/stackdraft/site.conf")


def test_what_several_servers_do_not_share_is_said() -> None:
    assert "keeps the files that are uploaded to it" in a_site(count=2).graph()["web/server[0]"].note
    assert a_site().graph()["web/server[0]"].note == ""


def test_varnish_alone_spreads_requests_and_lets_hitch_end_tls() -> None:
    design = a_design().with_("px", "reverse_proxy", parent="sn", software="varnish", tls=True)
    design = design.with_("web", "web_server", parent="sn", count=2)
    server = design.linked("px", "web", protocol="HTTP", port=80).graph()["px/server[0]"]

    vcl = file_of(server, "/etc/stackdraft/varnish.vcl")
    assert vcl.count('.host = "10.0.1.9";') == 2
    assert vcl.count("application.add_backend(") == 2
    assert 'frontend = "[*]:443"' in file_of(server, "/etc/stackdraft/hitch.conf")
    assert "-a 127.0.0.1:6086,PROXY" in file_of(
        server, "/etc/systemd/system/varnish.service.d/stackdraft.conf"
    )
