#!/usr/bin/env python3
"""The practice cloud: a real OpenStack control plane on this machine, loopback only.

It has everything but virtual machines that boot; the README beside this file says what is real and
what is not. Every command can be repeated at any time and does only what is missing.
"""

import argparse
import fcntl
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from clouds_yaml import write_clouds_yaml
from configuring import configure, make_home
from console import Failure, say
from databases import make_data_directory, make_schemas, nova_manage, set_password, sql
from installing import install_openstack, install_system_packages
from processes import is_running, memory_mib, run, start, state, stop
from services import named, services
from settings import (
    BIN,
    CHOICES,
    DATA,
    DONE,
    ETC,
    GROUPS,
    HOME,
    LOG,
    REGIONS,
    RUN,
    SOURCE,
    VENV,
    ZONES,
    Region,
    keep_choices,
    write,
)
from snapshots import SNAPSHOT, add_to_snapshot, has_snapshot, restore_snapshot, take_snapshot

FILLED = DONE / "both-regions"


def up(arguments: argparse.Namespace) -> None:
    """install what is missing, start what does not run, write clouds.yaml"""
    install(arguments)
    start_missing(arguments)
    write_clouds_yaml(arguments.clouds_yaml)


def install(arguments: argparse.Namespace) -> None:
    """get the programs: system packages, and OpenStack in a virtual environment"""
    install_system_packages()
    install_openstack()


def start_missing(arguments: argparse.Namespace) -> None:
    """start what does not run; the first time, make the databases and fill them"""
    if _is_filled() and all(is_running(service) for service in services()):
        say("the practice cloud is running")
        return
    _refuse_unless_installed()
    if has_snapshot() and not _is_filled():
        say("this practice cloud is older than its second region, which is added now; all restarts once ...")
        stop(services())
    keep_choices()
    configure()
    make_data_directory()
    start(named(["foundations"]))
    set_password()
    make_schemas()
    start(named(["keystone"]))
    if not _is_filled():
        say("filling Keystone with users, roles and the service catalog ...")
        _seed("identity")
    say(f"starting {', '.join(GROUPS[1:])} ...")
    started = {service.group for service in start(services())}
    for region in REGIONS:
        if region.named("nova") in started:
            _wait_for_hosts(region)
    if not _is_filled():
        _fill()
    say("the practice cloud is running")


def stop_all(arguments: argparse.Namespace) -> None:
    """end all services, or those named"""
    stop(named(arguments.names) if arguments.names else services())
    say("stopped")


def restart(arguments: argparse.Namespace) -> None:
    """end and start the named services or groups"""
    wanted = named(arguments.names)
    _refuse_unless_installed()
    configure()
    stop(wanted)
    start(wanted)
    say("restarted")


def reset(arguments: argparse.Namespace) -> None:
    """back to the seeded state, while the services keep running"""
    start_missing(arguments)
    restore_snapshot()
    say("back in the seeded state")


def status(arguments: argparse.Namespace) -> None:
    """show every service; exit status 1 unless all are running"""
    running = 0
    for service in services():
        its_state = state(service)
        running += its_state == "running"
        print(f"{service.name:20} {its_state:10} {service.port or '':5}  {service.log}")
    print(f"{running} of {len(services())} running, {memory_mib(services())} MiB")
    if running < len(services()):
        raise SystemExit(1)


def destroy(arguments: argparse.Namespace) -> None:
    """stop, and remove all but the installed programs"""
    stop(services())
    for folder in (SNAPSHOT, ETC, RUN, DATA, LOG):
        shutil.rmtree(folder, ignore_errors=True)
    for mark in DONE.glob("*"):
        if mark.name != "virtual-environment":
            mark.unlink()
    CHOICES.unlink(missing_ok=True)
    say("removed; the installed programs stay")


COMMANDS = {
    "up": up,
    "install": install,
    "start": start_missing,
    "stop": stop_all,
    "restart": restart,
    "reset": reset,
    "status": status,
    "destroy": destroy,
}


def _refuse_unless_installed() -> None:
    if not VENV.exists():
        raise Failure("The practice cloud is not installed: run `install`, or `up` for everything at once.")


def _fill() -> None:
    """Flavors, images, networks and the like. Then remember all that as the seeded state."""
    say("filling it with flavors, images, networks ...")
    with ThreadPoolExecutor() as pool:
        tasks = [pool.submit(_seed, "resources")]
        if "designate" in GROUPS:
            tasks.append(pool.submit(_tell_designate_its_name_server))
        for task in tasks:
            task.result()
    if has_snapshot():
        add_to_snapshot()
    else:
        take_snapshot()
    write(FILLED, "")


def _is_filled() -> bool:
    """Also its second region, which older ones do not have."""
    return has_snapshot() and FILLED.exists()


def _seed(phase: str) -> None:
    run([BIN / "python", SOURCE / "seed.py", phase], log="seed")


def _tell_designate_its_name_server() -> None:
    folder = ETC / "designate"
    words = ["--config-file", folder / "designate.conf", "pool", "update", "--file", folder / "pools.yaml"]
    run([BIN / "designate-manage", *words], log="schema-designate")


def _wait_for_hosts(region: Region) -> None:
    """Wait until each nova-compute has reported, then (once) have Nova put the hosts to use."""
    seen = (
        "SELECT COUNT(*) FROM services WHERE `binary` = 'nova-compute' AND deleted = 0"
        " AND last_seen_up > UTC_TIMESTAMP() - INTERVAL 30 SECOND"
    )
    deadline = time.monotonic() + 180
    while int(sql(seen, database=region.database("nova"))[0][0]) < len(ZONES):
        if time.monotonic() > deadline:
            raise Failure(f"The compute hosts do not report; {LOG}/{region.named('nova-compute-*')}.log")
        time.sleep(0.3)
    put_to_use = DONE / region.named("hosts")
    if not put_to_use.exists():
        name, *arguments = f"{nova_manage(region)} cell_v2 discover_hosts".split()
        run([BIN / name, *arguments], log="schema-nova")
        write(put_to_use, "")


@contextmanager
def _one_command_at_a_time() -> Iterator[None]:
    """A second `up` waits for the first and then finds everything done."""
    make_home()
    with (HOME / "in-use").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another command that is under way ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parsers = {name: commands.add_parser(name, help=command.__doc__) for name, command in COMMANDS.items()}
    parsers["up"].add_argument(
        "--clouds-yaml", type=Path, metavar="PATH", help="write the cloud's entries here too"
    )
    parsers["stop"].add_argument(
        "names", nargs="*", metavar="NAME", help="a service or a group, as in `status`"
    )
    parsers["restart"].add_argument("names", nargs="+", metavar="NAME", help="a service or a group")
    arguments = parser.parse_args()
    if arguments.command == "status":
        status(arguments)
    else:
        with _one_command_at_a_time():
            COMMANDS[arguments.command](arguments)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise Failure("interrupted; the same command goes on from here") from None
