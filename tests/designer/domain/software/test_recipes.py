"""What the recipes write, with stand-in values where addresses, ids and passwords will be."""

import base64
import json
import socket
import string
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.domain.resources import Join, Ref, Resource, ResourceGraph
from designer.domain.software.cloud_config import CloudConfig, File, placeholder, render
from tests.designer.designs import Design, a_design, template

TOP_LEVEL_KEYS = {"package_update", "packages", "write_files", "runcmd"}
LONGEST = 16 * 1024  # a quarter of what Nova takes

SAMPLES = {
    "address": "10.0.1.9",
    "value": "s3cretPassw0rdOfTwentyFour",
    "id": "0b6e9a5c-55c8-4a9e-9c5b-0f4f31f0f0aa",
}


def text_of(server: Resource) -> str:
    user_data = server.properties["user_data"]
    if isinstance(user_data, Join):
        return "".join(part if isinstance(part, str) else SAMPLES[part.output] for part in user_data.parts)
    return str(user_data)


def config_of(server: Resource) -> dict[str, Any]:
    text = text_of(server)
    assert text.startswith("#cloud-config\n")
    assert len(base64.b64encode(text.encode())) < LONGEST
    config = yaml.safe_load(text)
    assert config.keys() <= TOP_LEVEL_KEYS
    return config


def file_of(server: Resource, path: str) -> str:
    return next(file["content"] for file in config_of(server)["write_files"] if file["path"] == path)


def servers_of_every_kind() -> ResourceGraph:
    return a_design_of_every_kind().graph(without=frozenset({"database"}))


def a_design_of_every_kind() -> Design:
    design = a_design().with_("nginx", "web_server", parent="sn", tls=True)
    design = design.with_("apache", "web_server", parent="sn", software="apache", tls=True)
    design = design.with_("haproxy", "reverse_proxy", parent="sn", software="haproxy", tls=True)
    design = design.with_("app", "app_server", parent="sn", count=2).with_("jobs", "worker", parent="sn")
    design = design.with_("cache", "cache_server", parent="sn").with_("bas", "bastion", parent="sn")
    design = design.with_("plain", "web_server", parent="sn").with_(
        "disk", "volume", parent="sn", mount="/srv/www"
    )
    design = design.linked("plain", "disk", "attach").linked("plain", "pg").with_("pg", "dbaas", parent="sn")
    design = design.edited({"components": {"pg": {"properties": {"engine": "postgresql", "port": 5432}}}})
    for engine in ("mysql", "mariadb"):
        design = design.with_(f"{engine}-a", "db_server", parent="sn", software=engine)
        design = design.with_(f"{engine}-b", "db_server", parent="sn", software=engine, role="replica")
        design = design.with_(f"{engine}-v", "volume", parent="sn").linked(
            f"{engine}-a", f"{engine}-v", "attach"
        )
        design = design.linked(f"{engine}-a", f"{engine}-b", "replication").linked("app", f"{engine}-a")
    for front in ("nginx", "apache", "haproxy"):
        design = design.linked(front, "app", protocol="HTTP", port=8080)
    for site in ("wordpress", "drupal", "opencart"):
        design = design.with_(site, "cms_web_server", parent="sn", software=site).linked(site, "mariadb-a")
        design = design.linked(site, "cache")
    design = design.with_("varnish", "reverse_proxy", parent="sn", software="varnish", tls=True)
    design = design.linked("varnish", "wordpress", protocol="HTTP", port=80)
    design = design.with_("redis", "cache_server", parent="sn", software="redis", port=6379)
    design = design.with_("mq", "message_queue", parent="sn", count=2).with_(
        "docs", "docdb_node", parent="sn"
    )
    for number, overlay in enumerate(("tinc", "wireguard")):
        for end in "ab":
            range_inside = f"10.25{number}.0.0/24"
            design = design.with_(
                f"{overlay}-{end}", "vpn_vm", parent="sn", software=overlay, overlay_cidr=range_inside
            )
        design = design.linked(f"{overlay}-a", f"{overlay}-b", "tunnel", protocol=overlay, port=655)
    for end in "ab":
        design = design.with_(f"pair-{end}", "lb_vm", parent="sn", vrrp=True)
        design = design.with_(
            f"galera-{end}", "db_server", parent="sn", software="mariadb", role="multi-master"
        )
    design = design.linked("pair-a", "pair-b", "ha").linked("galera-a", "galera-b", "replication")
    return design.linked("app", "cache")


def test_every_server_gets_cloud_config_that_parses_and_stays_small() -> None:
    servers = list(servers_of_every_kind().of_kind("server"))

    assert len(servers) == 38
    for server in servers:
        assert config_of(server)


def test_every_script_is_a_shell_script(tmp_path: Any) -> None:
    """`sh -n` reads a script without running it."""
    scripts = {
        file["content"]
        for server in servers_of_every_kind().of_kind("server")
        for file in config_of(server).get("write_files", ())
        if file["content"].startswith("#!/bin/sh")
    }
    assert len(scripts) >= 4
    for number, script in enumerate(sorted(scripts)):
        path = tmp_path / f"{number}.sh"
        path.write_text(script)
        subprocess.run(["sh", "-n", str(path)], check=True)


def test_a_proxy_passes_on_to_the_addresses_of_the_servers_it_points_at() -> None:
    server = servers_of_every_kind()["nginx/server[0]"]

    assert {part for part in server.properties["user_data"].parts if isinstance(part, Ref)} == {
        Ref("app/port[0]", "address"),
        Ref("app/port[1]", "address"),
    }
    site = file_of(server, "/etc/stackdraft/site.conf")
    assert site.count("server 10.0.1.9:8080;") == 2
    assert "listen 443 ssl" in site
    assert "return 301 https://$host$request_uri;" in site


@pytest.mark.parametrize(
    ("proxy", "line"), [("apache", "BalancerMember http://10.0.1.9:8080"), ("haproxy", "10.0.1.9:8080 check")]
)
def test_the_other_proxies_do_too(proxy: str, line: str) -> None:
    assert (
        file_of(servers_of_every_kind()[f"{proxy}/server[0]"], "/etc/stackdraft/site.conf").count(line) == 2
    )


def test_behind_a_balancer_plain_requests_are_answered_and_not_sent_away() -> None:
    design = (
        a_design().with_("lb", "load_balancer", parent="sn").with_("web", "web_server", parent="sn", tls=True)
    )
    graph = design.linked("lb", "web", protocol="HTTP", port=80).graph()

    assert "301" not in file_of(graph["web/server[0]"], "/etc/stackdraft/site.conf")


def test_an_application_is_told_where_its_database_and_cache_are() -> None:
    connections = file_of(servers_of_every_kind()["app/server[0]"], "/etc/stackdraft/connections.env")

    assert dict(line.split("=", 1) for line in connections.splitlines()) == {
        "DATABASE_ENGINE": "mariadb",
        "DATABASE_HOST": "10.0.1.9",
        "DATABASE_PORT": "3306",
        "DATABASE_NAME": "app",
        "DATABASE_USER": "app",
        "DATABASE_PASSWORD": SAMPLES["value"],
        "DATABASE_2_ENGINE": "mysql",
        "DATABASE_2_HOST": "10.0.1.9",
        "DATABASE_2_PORT": "3306",
        "DATABASE_2_NAME": "app",
        "DATABASE_2_USER": "app",
        "DATABASE_2_PASSWORD": SAMPLES["value"],
        "CACHE_SERVERS": "10.0.1.9:11211",
    }


def test_a_managed_database_is_waited_for_because_its_address_is_in_the_user_data() -> None:
    graph = template("rax-basic").graph()

    assert {"db/database_instance", "db/password"} <= set(graph["web/server[0]"].needs)


def test_the_application_answers_and_says_whether_it_reaches_its_database(tmp_path: Path) -> None:
    server = servers_of_every_kind()["app/server[0]"]
    program = tmp_path / "app.py"
    program.write_text(file_of(server, "/opt/stackdraft/app.py"))
    with socket.create_server(("127.0.0.1", 0)) as database, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        said = {
            "PORT": str(port),
            "DATABASE_HOST": "127.0.0.1",
            "DATABASE_PORT": str(database.getsockname()[1]),
        }
        with subprocess.Popen([sys.executable, str(program)], env=said, stderr=subprocess.DEVNULL) as running:
            try:
                answer = _ask_until_it_answers(f"http://127.0.0.1:{port}/")
            finally:
                running.terminate()

    assert answer["reaches_database"] is True
    unit = file_of(server, "/etc/systemd/system/stackdraft-app.service")
    assert "Environment=PORT=8080\n" in unit
    assert "EnvironmentFile=-/etc/stackdraft/connections.env\n" in unit


def _ask_until_it_answers(url: str) -> dict[str, Any]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return json.load(response)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("it never answered")


@pytest.mark.parametrize(
    ("engine", "primary_says", "replica_says"),
    [
        ("mysql", "gtid-mode = ON", "SOURCE_AUTO_POSITION=1"),
        ("mariadb", "gtid_strict_mode = ON", "MASTER_USE_GTID=slave_pos"),
    ],
)
def test_a_replica_follows_its_primary_by_gtid(engine: str, primary_says: str, replica_says: str) -> None:
    graph = servers_of_every_kind()
    primary, replica = graph[f"{engine}-a/server[0]"], graph[f"{engine}-b/server[0]"]

    assert primary_says in file_of(primary, "/etc/stackdraft/database.cnf")
    assert "read_only = ON" in file_of(replica, "/etc/stackdraft/database.cnf")
    assert replica_says in file_of(replica, "/etc/stackdraft/database.sql")
    assert Ref(f"{engine}-a/port[0]", "address") in replica.properties["user_data"].parts
    assert Ref(f"{engine}-a/password", "value") in replica.properties["user_data"].parts
    assert f"{engine}-b/password" not in graph.resources, "a replica has its primary's password"


def test_servers_of_one_replication_have_different_numbers_that_stay() -> None:
    def numbers(graph: ResourceGraph) -> list[str]:
        settings = [file_of(graph[f"mysql-{one}/server[0]"], "/etc/stackdraft/database.cnf") for one in "ab"]
        return [line for text in settings for line in text.splitlines() if line.startswith("server-id")]

    before = numbers(servers_of_every_kind())
    assert len(set(before)) == 2
    assert before == numbers(servers_of_every_kind())


def test_a_database_keeps_its_data_on_its_volume() -> None:
    server = servers_of_every_kind()["mysql-a/server[0]"]

    assert file_of(server, "/etc/stackdraft/volumes") == f"{SAMPLES['id']} /srv/data\n"
    setup = file_of(server, "/usr/local/sbin/stackdraft-database")
    assert setup.index("/srv/data/mysql /var/lib/mysql none bind") < setup.index("install mysql-server")
    assert config_of(server)["runcmd"] == [
        ["set", "-e"],
        ["/usr/local/sbin/stackdraft-mount"],
        ["/usr/local/sbin/stackdraft-database"],
    ]


def test_a_volume_is_formatted_only_when_it_is_blank() -> None:
    script = file_of(servers_of_every_kind()["plain/server[0]"], "/usr/local/sbin/stackdraft-mount")

    assert script.count("mkfs") == 1
    assert 'if [ -z "$signatures" ]; then mkfs.ext4' in script
    assert file_of(servers_of_every_kind()["plain/server[0]"], "/etc/stackdraft/volumes").endswith(
        " /srv/www\n"
    )


def test_secrets_lie_in_files_that_only_root_reads() -> None:
    for server in servers_of_every_kind().of_kind("server"):
        for file in config_of(server).get("write_files", ()):
            if SAMPLES["value"] in file["content"]:
                assert file["permissions"] in {"0600", "0700"}, file["path"]


def test_a_bastion_takes_keys_only() -> None:
    settings = file_of(servers_of_every_kind()["bas/server[0]"], "/etc/ssh/sshd_config.d/10-stackdraft.conf")

    assert {"PasswordAuthentication no", "PermitRootLogin no", "Port 22"} <= set(settings.splitlines())


def test_memcached_listens_with_the_memory_it_was_given() -> None:
    assert "-m 500\n-p 11211\n" in file_of(
        servers_of_every_kind()["cache/server[0]"], "/etc/stackdraft/memcached.conf"
    )


def test_no_software_means_no_user_data() -> None:
    graph = a_design().with_("a", "server", parent="sn").graph()

    assert graph["a/server[0]"].properties["user_data"] is None


HOSTILE = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60
)


@given(HOSTILE, HOSTILE)
@settings(max_examples=30, deadline=None)
def test_whatever_people_call_things_the_user_data_stays_the_same(label: str, other: str) -> None:
    def texts(design: Design) -> list[str]:
        return [text_of(server) for server in design.graph().of_kind("server")]

    design = template("osc-net")
    renamed = design.edited({"components": {"ngx": {"label": f"x{label}"}, "dbm": {"label": f"x{other}"}}})
    assert texts(renamed) == texts(design)


@given(st.lists(st.text(alphabet=string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", ""))))
def test_any_text_in_a_file_or_a_command_survives_the_yaml(texts: list[str]) -> None:
    lines = ["first", *(text.replace("\n", " ").replace("\t", " ").rstrip() for text in texts)]
    content = "\n".join(lines).rstrip() + "\n"
    config = CloudConfig(files=(File("/a", content),), commands=(("echo", *texts),))

    rendered = render(config)

    assert isinstance(rendered, str)
    read = yaml.safe_load(rendered)
    assert read["write_files"][0]["content"] == content
    assert read["runcmd"] == [["set", "-e"], ["echo", *texts]]


def test_references_in_a_file_become_parts_of_a_join() -> None:
    ref = Ref("db/port[0]", "address")

    rendered = render(CloudConfig(files=(File("/a", f"host={placeholder(ref)}:1\n"),)))

    assert isinstance(rendered, Join)
    assert rendered.parts[1] == ref
    assert rendered.parts[2] == ":1\n"
