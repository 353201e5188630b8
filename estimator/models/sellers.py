"""Who sells, and what is usually said to customers."""

import uuid

from django.conf import settings
from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.db import models

from estimator.domain.proposals.drafts import Clause, Seller

is_color = RegexValidator(r"\A#[0-9a-f]{6}\Z", "A colour is # and six hex digits, such as #2f5bea.")


class SellerProfile(models.Model):
    """How somebody's proposals look. `logo` is a PNG that we made of the upload, in base64."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seller_profile"
    )
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)
    address = models.TextField(max_length=1000, blank=True)
    color = models.CharField(max_length=7, default="#2f5bea", validators=[is_color])
    logo = models.TextField(blank=True)
    valid_days = models.PositiveSmallIntegerField(default=30)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name

    def as_seller(self) -> Seller:
        return Seller(self.name, self.contact, self.address, self.color, self.logo)


class WordingQuerySet(models.QuerySet["Wording"]):
    def visible_to(self, user: User) -> "WordingQuerySet":
        """The one place that decides whose words they are."""
        return self.filter(owner=user)


class Wording(models.Model):
    """Texts and terms kept under a name, to write proposals with. New proposals begin with the usual one.

    Shape of `benefits` and `terms`: [{title, text}].
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wordings")
    name = models.CharField(max_length=100)
    is_usual = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    benefits = models.JSONField(default=list, blank=True)
    terms = models.JSONField(default=list, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["-is_usual", "name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_wording_a_name"),
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(is_usual=True), name="one_usual_wording"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def benefit_clauses(self) -> tuple[Clause, ...]:
        return tuple(Clause(**one) for one in self.benefits)

    def term_clauses(self) -> tuple[Clause, ...]:
        return tuple(Clause(**one) for one in self.terms)
