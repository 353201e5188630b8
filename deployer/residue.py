"""After a destroy: what the cloud still has of the design, by asking the cloud and not our records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deployer.accounts import Accounts
from deployer.domain.cloud import CloudError
from deployer.models import Deployment, Snapshot
from deployer.standing import read_regions


def kept_snapshots(deployment: Deployment) -> list[dict[str, str]]:
    """Snapshots that somebody asked for outlive what they were made of, so they are named too."""
    found = Snapshot.objects.filter(design=deployment.design, account=deployment.cloud)
    return [
        {"kind": f"{one.kind}_snapshot", "name": one.name, "cloud_id": one.cloud_id, "region": one.region}
        for one in found
    ]


def read_residue(
    ours: frozenset[str], accounts: Accounts, now: datetime, *, snapshots: Sequence[dict[str, str]] = ()
) -> dict[str, Any]:
    """Everything that carries a tag of these deployments. An unreachable region is never called clean.

    Touches no database, so any thread may ask.
    Shape: {clean, checked_at, left: [{kind, name, cloud_id, region}], detail}
    """
    report: dict[str, Any] = {"clean": False, "checked_at": now.isoformat(), "left": [], "detail": ""}
    try:
        _, items = read_regions(accounts)
    except CloudError as error:
        return {**report, "detail": f"The cloud could not be asked: {error.words}"}
    left = [
        {"kind": item.kind, "name": item.name, "cloud_id": item.cloud_id, "region": item.region}
        for item in items
        if item.tag is not None and item.tag.deployment in ours
    ]
    left += snapshots
    return {**report, "clean": not left, "left": left}
