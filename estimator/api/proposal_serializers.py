"""What a seller may write into a proposal, checked field by field; and what the doors answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from catalog.domain.money import plain_text
from designer.diagrams.views import VIEWS
from estimator.api.customers import PercentField
from estimator.domain.assumptions import CommitmentInvalid, Profile, read_commitment
from estimator.domain.discounts import MOST_MARKUP_PERCENT
from estimator.domain.proposals.drafts import LETTERS, LONGEST_TERM, MOST_OPTIONS
from estimator.models import Proposal, ProposalFile, ProposalVersion
from estimator.selectors import ProposalRow
from estimator.services.printing import trouble_with

MOST_TEXT = 20_000
MOST_BENEFITS = 6
MOST_CLAUSES = 60
MOST_EXTRAS = 40
MOST_REASONS = 2000
# The view "cost" shows what the price book says, which is nobody's business but the seller's.
SHOWN_VIEWS = [view for view in VIEWS if view != "cost"]


class _KeptAsText:
    """In the draft, so that no float ever stands for money: limits are checked before."""

    def run_validation(self, data: Any = empty) -> str | None:
        if isinstance(data, float):
            words = f'{data!r} is a JSON number. Write it as text, such as "{data}".'
            raise serializers.ValidationError(words)
        found = super().run_validation(data)  # type: ignore[misc]
        return None if found is None else plain_text(found)

    def to_representation(self, value: Any) -> Any:
        return value


class AmountField(_KeptAsText, serializers.DecimalField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=16, decimal_places=6, min_value=0, **options)


class TextPercentField(_KeptAsText, PercentField):
    pass


class DayField(serializers.DateField):
    def to_internal_value(self, value: Any) -> str:  # type: ignore[override]
        found: date = super().to_internal_value(value)
        return found.isoformat()


class ClauseSerializer(serializers.Serializer[Any]):
    """What is still empty is kept in the draft and printed nowhere."""

    title = serializers.CharField(max_length=200, allow_blank=True)
    text = serializers.CharField(max_length=MOST_TEXT, allow_blank=True)


class ExtraSerializer(serializers.Serializer[Any]):
    """What no drawing holds: setting up, moving in, support. `unit_cost` stays with the seller."""

    title = serializers.CharField(max_length=200, allow_blank=True)
    detail = serializers.CharField(max_length=500, allow_blank=True, default="")
    quantity = AmountField()
    unit = serializers.CharField(max_length=40, default="piece")
    unit_price = AmountField()
    unit_cost = AmountField(allow_null=True, default=None)
    is_once = serializers.BooleanField(default=False)


class OptionSerializer(serializers.Serializer[Any]):
    design = serializers.CharField(max_length=36)
    revision = serializers.IntegerField(
        min_value=1,
        max_value=999_999_999,
        allow_null=True,
        default=None,
        help_text="None: as it stands then.",
    )
    name = serializers.CharField(max_length=200, allow_blank=True, default="")
    intro = serializers.CharField(max_length=MOST_TEXT, allow_blank=True, default="")
    view = serializers.ChoiceField(SHOWN_VIEWS, default="full")
    more_views = serializers.ListField(
        child=serializers.ChoiceField(SHOWN_VIEWS),
        max_length=len(SHOWN_VIEWS),
        default=list,
        help_text="Others that the customer's page may be switched to.",
    )
    layout = serializers.ChoiceField(["automatic", "placed"], default="automatic")
    price_book = serializers.CharField(max_length=100, allow_blank=True, default="")
    price_book_version = serializers.IntegerField(
        min_value=1, max_value=999_999, allow_null=True, default=None
    )
    profile = serializers.ChoiceField([one.value for one in Profile], allow_null=True, default=None)
    commitment = serializers.CharField(max_length=20, allow_null=True, default=None)
    discount_percent = TextPercentField(
        "A discount is a percentage up to 100, with three places at most.",
        min_value=0,
        max_value=100,
        allow_null=True,
        default=None,
    )
    extras = ExtraSerializer(many=True, default=list)

    def validate_commitment(self, value: str | None) -> str | None:
        try:
            return value and (read_commitment(value), value)[1]
        except CommitmentInvalid as invalid:
            raise serializers.ValidationError(str(invalid)) from None

    def validate_extras(self, value: list[Any]) -> list[Any]:
        return at_most(MOST_EXTRAS, value, "services")


class DraftSerializer(serializers.Serializer[Any]):
    """Only what is named changes, so nothing is required."""

    title = serializers.CharField(max_length=200, required=False)
    contact = serializers.CharField(max_length=200, allow_blank=True, required=False)
    options = OptionSerializer(many=True, required=False)
    recommended = serializers.ChoiceField(["", *LETTERS], allow_blank=True, required=False)
    summary = serializers.CharField(max_length=MOST_TEXT, allow_blank=True, required=False)
    benefits = ClauseSerializer(many=True, required=False)
    terms = ClauseSerializer(many=True, required=False)
    reasons = serializers.DictField(
        child=serializers.CharField(max_length=1000, allow_blank=True),
        required=False,
        help_text="Why a row has no price, by the row's id.",
    )
    accepted = serializers.DictField(
        child=serializers.CharField(max_length=1000, allow_blank=True),
        required=False,
        help_text="Why a finding may stay, by its rule and components.",
    )
    markup_percent = TextPercentField(
        f"A mark-up is a percentage from 0 to {MOST_MARKUP_PERCENT}, with three places at most.",
        min_value=0,
        max_value=MOST_MARKUP_PERCENT,
        allow_null=True,
        required=False,
        help_text="None takes the customer's.",
    )
    term_months = serializers.IntegerField(min_value=1, max_value=LONGEST_TERM, required=False)
    valid_until = DayField(required=False)
    paper = serializers.ChoiceField(["a4", "letter"], required=False)

    def validate_options(self, value: list[Any]) -> list[Any]:
        return at_most(MOST_OPTIONS, value, "options")

    def validate_benefits(self, value: list[Any]) -> list[Any]:
        return at_most(MOST_BENEFITS, value, "benefits")

    def validate_terms(self, value: list[Any]) -> list[Any]:
        return at_most(MOST_CLAUSES, value, "terms")

    def validate_reasons(self, value: dict[str, str]) -> dict[str, str]:
        return at_most(MOST_REASONS, value, "reasons")

    def validate_accepted(self, value: dict[str, str]) -> dict[str, str]:
        return at_most(MOST_REASONS, value, "reasons")


class NewProposalSerializer(serializers.Serializer[Any]):
    """`design` or `designs`: an option for each."""

    design = serializers.CharField(max_length=36, required=False)
    designs = serializers.ListField(
        child=serializers.CharField(max_length=36), max_length=MOST_OPTIONS, required=False
    )
    customer = serializers.CharField(max_length=36, required=False, allow_null=True)
    title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")

    def designs_named(self) -> list[str]:
        said: Mapping[str, Any] = self.validated_data
        return said.get("designs") or ([said["design"]] if "design" in said else [])


class ProposalChangesSerializer(serializers.Serializer[Any]):
    customer = serializers.CharField(max_length=36, required=False, allow_null=True)
    draft = DraftSerializer(required=False)


class ProposalFileSerializer(serializers.ModelSerializer[ProposalFile]):
    """`detail`: what to do about a file that failed, or that nobody makes."""

    state = serializers.ChoiceField(ProposalFile.State.choices)
    detail = serializers.SerializerMethodField()

    class Meta:
        model = ProposalFile
        fields = ["ending", "paper", "state", "detail", "changed_at"]

    def get_detail(self, file: ProposalFile) -> str:
        return trouble_with(file)


class ProposalVersionRowSerializer(serializers.ModelSerializer[ProposalVersion]):
    number = serializers.IntegerField(min_value=1)
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    changed_since = serializers.IntegerField(
        source="changed_since.number",
        default=None,
        allow_null=True,
        help_text="Its documents say what is not as it was in this version.",
    )
    files = ProposalFileSerializer(many=True, read_only=True)

    class Meta:
        model = ProposalVersion
        fields = ["number", "content_hash", "created_at", "created_by", "changed_since", "files"]


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    number = serializers.CharField(source="__str__")
    customer = serializers.UUIDField(source="customer_id", allow_null=True)
    customer_name = serializers.CharField(source="customer.name", default=None, allow_null=True)
    accepted_option = serializers.CharField(source="acceptance.letter", default=None, allow_null=True)
    draft = DraftSerializer()
    versions = ProposalVersionRowSerializer(many=True)

    class Meta:
        model = Proposal
        fields = [
            "id", "number", "customer", "customer_name", "accepted_option", "draft", "versions", "created_at",
            "updated_at",
        ]  # fmt: skip


class ProposalRowSerializer(serializers.Serializer[Any]):
    """`monthly` is before tax, of the accepted option, else of the recommended or the first one."""

    id = serializers.UUIDField(source="proposal.id")
    number = serializers.CharField(source="proposal")
    title = serializers.CharField(source="proposal.draft.title")
    customer_name = serializers.CharField(source="proposal.customer.name", default=None, allow_null=True)
    designs = serializers.SerializerMethodField()
    version = serializers.IntegerField(help_text="0: nothing was frozen yet, and there are no amounts.")
    option = serializers.CharField()
    monthly = serializers.CharField()
    currency = serializers.CharField()
    valid_until = serializers.CharField()
    is_shared = serializers.BooleanField(help_text="A link to it is open.")
    is_accepted = serializers.BooleanField()
    updated_at = serializers.DateTimeField(source="proposal.updated_at")

    def get_designs(self, row: ProposalRow) -> list[str]:
        return [option["design"] for option in row.proposal.draft["options"]]


class ObstacleSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    about = serializers.CharField()
    option = serializers.CharField()
    sentence = serializers.CharField()


class ContentsSerializer(serializers.Serializer[Any]):
    """`customer` is all that a customer gets; `seller` has cost, mark-up and margin, and is for its owner."""

    content_hash = serializers.CharField()
    customer = serializers.JSONField()
    seller = serializers.JSONField()


class PreviewSerializer(ContentsSerializer):
    pictures = serializers.DictField(child=serializers.CharField(), help_text="SVG: A, A/network and so on")
    obstacles = ObstacleSerializer(many=True)


class FreezingSerializer(serializers.Serializer[Any]):
    since = serializers.IntegerField(
        min_value=0,
        max_value=999_999,
        required=False,
        allow_null=True,
        help_text="The version whose differences the documents tell: the newest if absent, 0 for none.",
    )


class ChangeSerializer(serializers.Serializer[Any]):
    """Written out for reading. Empty `before`: it was added; empty `after`: it is gone."""

    where = serializers.CharField()
    what = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


def at_most(limit: int, value: Any, what: str) -> Any:
    if len(value) > limit:
        raise serializers.ValidationError(f"There are {limit} {what} at most.")
    return value
