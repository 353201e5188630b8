"""Removes the snapshots of what is destroyed, where that was asked for, before the volumes they stand on.

A cloud takes its time with a snapshot and refuses to remove its volume until then, so a turn asks, and looks
again in the next one. What was asked for already is never asked for in vain: a snapshot that is gone is done.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial

from deployer.accounts import Accounts
from deployer.domain.cloud import CloudError, NotFound
from deployer.domain.states import DeploymentStatus
from deployer.events import tell
from deployer.leasing import Clock, Hold
from deployer.models import Deployment, Snapshot

LOOK_AGAIN_SECONDS = 2.0
# After this long the rest is removed all the same; a volume that can't go says why in the cloud's words.
PATIENCE = timedelta(minutes=5)


def has_cleared(deployment: Deployment, accounts: Accounts, hold: Hold, clock: Clock) -> bool:
    """Whether nothing is left to wait for. Asks for the removal of what is there."""
    if not deployment.removes_snapshots or deployment.status == DeploymentStatus.CANCELLING:
        return True
    snapshots = list(Snapshot.objects.filter(design=deployment.design, account=deployment.cloud))
    if not snapshots:
        return True
    gone = hold.meanwhile(partial(_gone_among, snapshots, accounts))
    if gone:
        with hold.writing():
            Snapshot.objects.filter(id__in=[one.id for one in gone]).delete()
            for one in gone:
                tell(deployment, f"The snapshot {one.name} is removed.", at=clock(), key=one.key)
    began = deployment.started_at or clock()
    return len(gone) == len(snapshots) or clock() - began > PATIENCE


def _gone_among(snapshots: Sequence[Snapshot], accounts: Accounts) -> list[Snapshot]:
    return [one for one in snapshots if _is_gone(one, accounts)]


def _is_gone(snapshot: Snapshot, accounts: Accounts) -> bool:
    try:
        cloud = accounts.at(snapshot.region)
        cloud.get_snapshot(snapshot.kind, snapshot.cloud_id)
        with suppress(CloudError):  # it may be on its way out already; the next look tells
            cloud.delete_snapshot(snapshot.kind, snapshot.cloud_id)
        cloud.get_snapshot(snapshot.kind, snapshot.cloud_id)
    except NotFound:
        return True
    except CloudError:
        return False
    return False
