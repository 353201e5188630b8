"""What someone may ask of what runs already: stop, start, reboot, snapshot; and to remove a snapshot."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from deployer import accounts, tasks
from deployer.domain.cloud import CloudError, NotFound
from deployer.domain.operations import VERBS, Verb
from deployer.errors import CloudNotReady, NothingToOperate, OperationRunning
from deployer.models import Cloud, Operation, Resource, Snapshot
from designer.models import Design


def request_operation(
    design: Design,
    cloud: Cloud,
    verb: Verb,
    *,
    component: str = "",
    key: str = "",
    created_by: User | None,
    by_schedule: bool = False,
) -> list[Operation]:
    """Ask it of one resource, or of all of a component that take it: an operation each, or none at all.

    Raises: NothingToOperate, OperationRunning.
    """
    kinds = [kind for kind, verbs in VERBS.items() if verb in verbs]
    rows = Resource.objects.filter(design=design, account=cloud, kind__in=kinds)
    chosen = list(rows.filter(key=key) if key else rows.filter(component=component))
    if not chosen:
        raise NothingToOperate(verb.replace("_", " "))
    now = timezone.now()
    try:
        with transaction.atomic():
            made = [
                Operation.objects.create(
                    design=design,
                    cloud=cloud,
                    key=row.key,
                    kind=row.kind,
                    component=row.component,
                    label=row.name or row.key,
                    region=row.region,
                    target_id=row.cloud_id,
                    verb=verb,
                    by_schedule=by_schedule,
                    created_by=created_by,
                    created_at=now,
                    next_turn_at=now,
                )
                for row in chosen
            ]
    except IntegrityError:
        raise OperationRunning from None
    for operation in made:
        _queue(operation)
    return made


def remove_snapshot(snapshot: Snapshot) -> None:
    """From the cloud and from our list. Raises: CloudNotReady with the cloud's words."""
    try:
        cloud = accounts.open_account(snapshot.account, snapshot.region)
        cloud.delete_snapshot(snapshot.kind, snapshot.cloud_id)
    except NotFound:
        pass
    except CloudError as error:
        raise CloudNotReady(error.words) from None
    snapshot.delete()


def _queue(operation: Operation) -> None:
    operation_id, turn = operation.id, operation.turn
    transaction.on_commit(lambda: tasks.queue_operation(operation_id, turn))
