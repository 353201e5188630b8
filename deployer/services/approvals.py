"""Approving a plan that costs more than the organisation lets anybody deploy alone, and the rule for it."""

import logging
from collections.abc import Sequence
from decimal import Decimal

from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from deployer.domain.approval import approval_reason
from deployer.errors import (
    ApprovalNeeded,
    ApprovalNotNeeded,
    ApprovalRuleChanged,
    ApproversOnly,
    ApproversUnknown,
    MakerMayNotApprove,
    PlanAlreadyApplied,
    PlanDecided,
    PlanDeclined,
    PlanExpired,
    PlanOutdated,
    StaffOnly,
)
from deployer.models import APPROVE, Approval, ApprovalRule, Plan
from estimator.selectors import staff_rates

logger = logging.getLogger(__name__)

APPROVERS = "Approvers"  # the group; its permission can be given to others too, in the admin


def approve_plan(plan: Plan, *, approved_by: User, note: str = "") -> Approval:
    """Let whoever made it apply it. Raises: as _decide."""
    return _decide(plan, by=approved_by, note=note, is_approved=True)


def decline_plan(plan: Plan, *, declined_by: User, note: str = "") -> Approval:
    """The plan is never applied then; another one can be made. Raises: as _decide."""
    return _decide(plan, by=declined_by, note=note, is_approved=False)


def why_approve(plan: Plan) -> str:
    """Why somebody else has to approve it by the rule of today; empty where nobody has to."""
    rule = find_rule()
    if rule is None or plan.intent == Plan.Intent.DESTROY:
        return ""
    return approval_reason(rule.limit, plan.cost, staff_rates(), today=timezone.localdate())


def refuse_unless_approved(plan: Plan) -> None:
    """Raises: PlanDeclined, ApprovalNeeded, ApprovalRuleChanged."""
    said = plan.decision
    if said is not None and not said.is_approved:
        raise PlanDeclined(said.decided_by_name, said.note)
    if plan.approval_reason:
        if said is None or said.fingerprint != plan.fingerprint:
            raise ApprovalNeeded(plan.approval_reason)
    elif reason := why_approve(plan):
        raise ApprovalRuleChanged(reason)


def find_rule() -> ApprovalRule | None:
    return ApprovalRule.objects.select_related("changed_by").first()


@transaction.atomic
def set_rule(
    *, monthly_above: Decimal | None, currency: str, changed_by: User, approvers: Sequence[str] | None = None
) -> ApprovalRule:
    """`approvers` are the user names in the group of approvers; without it the group stays as it is.

    Raises: StaffOnly, ApproversUnknown.
    """
    if not changed_by.is_staff:
        raise StaffOnly
    if approvers is not None:
        users = list(User.objects.filter(username__in=approvers, is_active=True))
        if unknown := sorted(set(approvers) - {user.username for user in users}):
            raise ApproversUnknown(unknown)
        approvers_group().user_set.set(users)
    values = {"monthly_above": monthly_above, "currency": currency, "changed_by": changed_by}
    rule, _ = ApprovalRule.objects.update_or_create(id=1, defaults=values)
    logger.info("approval rule set", extra={"user_id": changed_by.pk})
    return rule


def approvers_group() -> Group:
    group, _ = Group.objects.get_or_create(name=APPROVERS)
    content_type = ContentType.objects.get_for_model(Plan)
    codename = APPROVE.partition(".")[2]
    group.permissions.add(Permission.objects.get(content_type=content_type, codename=codename))
    return group


def list_approvers() -> list[User]:
    """Everybody who may approve: members of the group, and whom the admin gave the permission."""
    backend = "django.contrib.auth.backends.ModelBackend"
    return list(User.objects.with_perm(APPROVE, backend=backend).order_by("username"))


def _decide(plan: Plan, *, by: User, note: str, is_approved: bool) -> Approval:
    """Raises: ApproversOnly, MakerMayNotApprove, ApprovalNotNeeded, PlanDecided, PlanAlreadyApplied,
    PlanExpired, PlanOutdated.
    """
    if not by.has_perm(APPROVE):
        raise ApproversOnly
    if plan.created_by_id is None or plan.created_by_id == by.pk:
        raise MakerMayNotApprove
    _refuse_unless_awaiting(plan)
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                plan=plan,
                fingerprint=plan.fingerprint,
                is_approved=is_approved,
                note=note,
                decided_by=by,
                decided_by_name=by.get_full_name() or by.get_username(),
                decided_at=timezone.now(),
            )
    except IntegrityError:  # somebody else was first
        raise PlanDecided("decided") from None
    logger.info("plan decided", extra={"plan_id": str(plan.id), "user_id": by.pk, "approved": is_approved})
    return approval


def _refuse_unless_awaiting(plan: Plan) -> None:
    if not plan.approval_reason:
        raise ApprovalNotNeeded
    if plan.decision is not None:
        raise PlanDecided("approved" if plan.decision.is_approved else "declined")
    refusals = {
        Plan.Status.APPLIED: PlanAlreadyApplied,
        Plan.Status.EXPIRED: PlanExpired,
        Plan.Status.OUTDATED: PlanOutdated,
    }
    if refusal := refusals.get(plan.status):
        raise refusal
