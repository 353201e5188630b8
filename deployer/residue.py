"""After a destroy: what the cloud still has of the design, by asking the cloud and not our records."""

from datetime import datetime
from typing import Any

from deployer.domain.cloud import Cloud, CloudError
from deployer.domain.kinds import KINDS
from deployer.models import Deployment
from deployer.selectors import deployment_ids


def read_residue(deployment: Deployment, cloud: Cloud, now: datetime) -> dict[str, Any]:
    """Everything that carries a tag of ours for this design. An unreachable cloud is never called clean.

    Shape: {clean, checked_at, left: [{kind, name, cloud_id}], detail}
    """
    report: dict[str, Any] = {"clean": False, "checked_at": now.isoformat(), "left": [], "detail": ""}
    try:
        items = cloud.inventory(KINDS)
    except CloudError as error:
        return {**report, "detail": f"The cloud could not be asked: {error.words}"}
    ours = deployment_ids(deployment.design, deployment.cloud)
    left = [
        {"kind": item.kind, "name": item.name, "cloud_id": item.cloud_id}
        for item in items
        if item.tag is not None and item.tag.deployment in ours
    ]
    return {**report, "clean": not left, "left": left}
