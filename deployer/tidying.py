"""Finds what an interrupted call left in a cloud after all, and removes it.

A call whose answer never came is looked for by its tag before it is made again. It can still land later than
that look: a slow service, a worker that stood still. So whenever a call's effect was unknown, the cloud is
asked at the end of the deployment, and once more when nothing can be on its way any longer, for things that
carry the deployment's tag and are in no record.
"""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from deployer.accounts import Accounts
from deployer.domain import calls
from deployer.domain.cloud import Cloud, CloudError, Item, without_balancer_parts, without_parts
from deployer.domain.kinds import facts_of
from deployer.domain.states import ACTIVE_DEPLOYMENTS
from deployer.events import look_again_on_commit, tell
from deployer.leasing import Clock, Hold
from deployer.models import Deployment, DeploymentEvent, Resource
from deployer.selectors import regions_of
from deployer.standing import read_regions

# Longer than a call can take, with the client's own repetitions.
UNSURE = timedelta(minutes=3)
ROUNDS = 3  # what another stray still uses goes in the next one


def become_unsure(deployment_id: UUID, now: datetime) -> None:
    """Something may appear that nobody waits for. Needs no lease: it is no statement about the deployment."""
    Deployment.objects.filter(id=deployment_id).update(unsure_until=now + UNSURE)


def unsure_and_over(now: datetime) -> list[UUID]:
    """Deployments that have ended, and whose last call has by now had its effect or never will."""
    over = Deployment.objects.exclude(status__in=ACTIVE_DEPLOYMENTS)
    return list(over.filter(unsure_until__lte=now).values_list("id", flat=True))


def tidy_if_unsure(deployment: Deployment, accounts: Accounts, hold: Hold, clock: Clock) -> None:
    deployment.refresh_from_db(fields=["unsure_until"])
    if deployment.unsure_until is not None:
        tidy(deployment, accounts, hold, clock)


def tidy(deployment: Deployment, accounts: Accounts, hold: Hold, clock: Clock) -> bool:
    """Remove what carries our tag without a record. True when there was something."""
    try:
        _, items = hold.meanwhile(partial(read_regions, accounts))
    except CloudError:
        return False  # it is asked once more later
    strays = strays_among(items, deployment)
    if not strays:
        return False
    left = hold.meanwhile(partial(remove, strays, accounts))
    with hold.writing():
        _say(deployment, strays, left, clock())
    return True


def tidy_late(deployment_id: UUID, now: datetime) -> None:
    """The last look, after the end. Safe to do twice."""
    deployment = Deployment.objects.select_related("cloud", "design").filter(id=deployment_id).first()
    if deployment is None or not deployment.is_over or deployment.unsure_until is None:
        return
    accounts = Accounts(deployment.cloud, regions_of(deployment.design, deployment.cloud))
    _, items = read_regions(accounts)
    if strays := strays_among(items, deployment):
        _say(deployment, strays, remove(strays, accounts), now)
        look_again_on_commit(deployment.id)
    Deployment.objects.filter(id=deployment_id, unsure_until=deployment.unsure_until).update(
        unsure_until=None
    )


def strays_among(items: list[Item], deployment: Deployment) -> list[Item]:
    rows = Resource.objects.filter(design=deployment.design, account=deployment.cloud)
    known = set(rows.values_list("kind", "cloud_id"))
    strays = [
        item
        for item in without_parts(items)
        if item.tag is not None
        and item.tag.deployment == str(deployment.id)
        and (item.kind, item.cloud_id) not in known
    ]
    return without_balancer_parts(strays)


def remove(strays: list[Item], accounts: Accounts) -> list[Item]:
    """Returns those that would not go."""
    left = strays
    for _ in range(ROUNDS):
        left = [item for item in left if not _is_on_its_way_out(item, accounts.at(item.region))]
    return left


def _is_on_its_way_out(item: Item, cloud: Cloud) -> bool:
    return calls.answered(partial(calls.remove, cloud, item.kind, item.cloud_id)).error is None


def _say(deployment: Deployment, strays: list[Item], left: list[Item], now: datetime) -> None:
    for item in strays:
        what = f"{facts_of(item.kind).title} {item.name}"
        if item in left:
            text = (
                f"{what} was made by a call that was interrupted, and could not be removed: {item.cloud_id}."
            )
            tell(deployment, text, at=now, level=DeploymentEvent.Level.WARNING)
        else:
            text = f"{what} was made by a call that was interrupted, and is removed again."
            tell(deployment, text, at=now)
