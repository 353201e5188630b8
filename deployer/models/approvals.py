"""What an organisation lets nobody do alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from deployer.domain.approval import Limit
from estimator.models import is_currency

APPROVE = "deployer.approve_plan"  # the permission


class ApprovalRule(models.Model):
    """Above what cost a month somebody else has to approve a plan. One row, or none: nobody has to then."""

    monthly_above = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Empty: no plan needs an approval."
    )
    currency = models.CharField(max_length=3, default="EUR", validators=[is_currency])
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_approval_rule"),
            models.CheckConstraint(
                condition=Q(monthly_above=None) | Q(monthly_above__gte=0), name="an_approval_limit_is_no_debt"
            ),
        ]

    def __str__(self) -> str:
        return str(self.limit) if self.limit else "no limit"

    @property
    def limit(self) -> Limit | None:
        return None if self.monthly_above is None else Limit(self.monthly_above, self.currency)
