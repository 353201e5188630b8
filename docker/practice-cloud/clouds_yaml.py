"""The clouds.yaml that OpenStack clients read: one entry for each kind of user."""

from pathlib import Path

from console import say
from settings import AUTH_URL, HOME, PASSWORD, REGION, REGION_WITH_TROVE, write

FIRST_LINE = "# Written by practice_cloud.py, again at every `up`: changes in this file do not last.\n"

# entry -> user, project, region
CLOUDS = {
    "practice": ("demo", "demo", REGION),
    "practice-trove": ("demo", "demo", REGION_WITH_TROVE),
    "practice-alt": ("alt", "alt", REGION),
    "practice-reader": ("reader", "demo", REGION),
    "practice-admin": ("admin", "admin", REGION),
}


def write_clouds_yaml(wanted: Path | None) -> None:
    """Write the file at home and, unless somebody else's file is there, where it is wanted."""
    text = FIRST_LINE + "clouds:\n" + "".join(_entry(name, *facts) for name, facts in CLOUDS.items())
    at_home = HOME / "clouds.yaml"
    write(at_home, text)
    if wanted is None:
        return
    if wanted.exists() and not wanted.read_text().startswith(FIRST_LINE):
        say(f"{wanted} is yours and stays as it is; the entries to copy into it are in {at_home}")
        return
    write(wanted, text)


def _entry(name: str, user: str, project: str, region: str) -> str:
    return f"""\
  {name}:
    auth_type: password
    auth:
      auth_url: {AUTH_URL}
      username: {user}
      password: {PASSWORD}
      project_name: {project}
      user_domain_name: Default
      project_domain_name: Default
    region_name: {region}
    interface: public
    identity_api_version: "3"
"""
