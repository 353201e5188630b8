"""Designs as JSON."""

from decimal import Decimal
from typing import Any, get_args

from rest_framework import serializers

from catalog.api.serializers import MonthlySerializer, ParametersField
from catalog.domain.templates import PUBLISHED
from designer.diagrams.subject import Naming
from designer.diagrams.views import VIEWS
from designer.models import Design, Edit


class NewDesignSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    template = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")
    form = serializers.CharField(required=False, allow_blank=True, max_length=20, default="")
    parameters = serializers.DictField(
        required=False, default=dict, help_text="Of the template; what is left out stays as drawn."
    )
    price_book = serializers.CharField(
        required=False, allow_blank=True, max_length=100, default="", help_text="Else the template's own."
    )


class DesignChangesSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200, required=False)
    price_book = serializers.CharField(max_length=100, required=False)
    budget_monthly = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=Decimal("0.01"), required=False, allow_null=True,
        help_text="What the design may cost a month. Null takes the budget away.",
    )  # fmt: skip
    budget_currency = serializers.RegexField(
        r"^[A-Z]{3}\Z", required=False, help_text="Else the price book's.",
        error_messages={"invalid": "A currency is three capital letters, such as EUR."},
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "budget_currency" in attrs and "budget_monthly" not in attrs:
            raise serializers.ValidationError(
                {"budget_currency": "Say the budget_monthly that is meant too."}
            )
        return attrs


class DesignSerializer(serializers.ModelSerializer[Design]):
    # Said here, because the column's own limits differ from database to database.
    version = serializers.IntegerField(min_value=0)
    document = serializers.DictField()
    template_version = serializers.IntegerField(min_value=1, allow_null=True)
    template_parameters = serializers.DictField()

    class Meta:
        model = Design
        fields = [
            "id", "name", "template", "template_version", "template_form", "template_parameters",
            "price_book", "variant_of", "label", "budget_monthly", "budget_currency",
            "version", "document", "created_at", "updated_at",
        ]  # fmt: skip


class LatestDeploymentSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    intent = serializers.CharField()
    status = serializers.CharField()
    cloud = serializers.CharField()


class DriftedSerializer(serializers.Serializer[Any]):
    """What is not as deployed, and of nobody's choice, where the design stands."""

    count = serializers.IntegerField()
    clouds = serializers.ListField(child=serializers.CharField())


class BudgetSerializer(serializers.Serializer[Any]):
    """How a monthly total stands to what the design may cost."""

    monthly = serializers.CharField()
    currency = serializers.CharField()
    state = serializers.ChoiceField(choices=["within", "near", "over", "unknown"])
    used_percent = serializers.CharField(allow_null=True)
    left = serializers.CharField(allow_null=True, help_text="Negative where the budget is passed.")
    warning = serializers.CharField(allow_null=True)


class DesignRowSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    template = serializers.CharField()
    template_form = serializers.CharField()
    price_book = serializers.CharField()
    variant_of = serializers.UUIDField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
    updated_by = serializers.CharField()
    component_count = serializers.IntegerField()
    monthly = MonthlySerializer(allow_null=True)
    budget = BudgetSerializer(allow_null=True)
    deployment = LatestDeploymentSerializer(allow_null=True)
    drift = DriftedSerializer(allow_null=True)


class PublishSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(max_length=60)
    title = serializers.CharField(max_length=200)
    summary = serializers.CharField(max_length=2000)


class TemplateChangeSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    at = serializers.CharField()
    what = serializers.ChoiceField(choices=["added", "removed", "changed"])
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)
    conflict = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why a conflict is one.")


class TemplateUpdateSerializer(serializers.Serializer[Any]):
    from_version = serializers.IntegerField()
    to_version = serializers.IntegerField()
    changes = TemplateChangeSerializer(many=True)


class TakenConflictsSerializer(serializers.Serializer[Any]):
    take = serializers.ListField(
        child=serializers.CharField(max_length=400), default=list, max_length=10_000,
        help_text="Ids of the conflicts to take from the template; of the others the design's own stays.",
    )  # fmt: skip


class VersionSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField()


class UndoSerializer(serializers.Serializer[Any]):
    edit = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, allow_null=True, default=None,
        help_text="The number of an edit of yours. Else your newest one that stands.",
    )  # fmt: skip


class RevertSerializer(VersionSerializer):
    patch = serializers.DictField()


class EditSerializer(serializers.ModelSerializer[Edit]):
    number = serializers.IntegerField(min_value=1)
    author = serializers.CharField(source="author.username", default=None, allow_null=True)

    class Meta:
        model = Edit
        fields = ["number", "author", "created_at", "patch", "undone"]


class ResourceSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    kind = serializers.CharField()
    component = serializers.CharField()
    needs = serializers.ListField(child=serializers.CharField())
    properties = serializers.DictField()
    region = serializers.CharField()
    note = serializers.CharField()


class FindingSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField()
    severity = serializers.ChoiceField(choices=["error", "warning", "info"])
    summary = serializers.CharField()
    detail = serializers.CharField()
    components = serializers.ListField(child=serializers.CharField())
    fix = serializers.DictField(allow_null=True)


class DiagramOptionsSerializer(serializers.Serializer[Any]):
    layout = serializers.ChoiceField(choices=["automatic", "placed"], default="automatic")
    theme = serializers.ChoiceField(choices=["light", "dark"], default="light")
    view = serializers.ChoiceField(choices=list(VIEWS), default="full")
    naming = serializers.ChoiceField(
        choices=list(get_args(Naming)),
        default="generic",
        help_text="Whose names components without a label go by.",
    )


class TemplateDiagramOptionsSerializer(DiagramOptionsSerializer):
    form = serializers.CharField(max_length=20, default=PUBLISHED)
    parameters = ParametersField(
        required=False, allow_blank=True, max_length=8000, default=dict,  # type: ignore[arg-type]
        help_text="As a JSON object: the picture of the template with these.",
    )  # fmt: skip
