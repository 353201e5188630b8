"""Price books, their rows, versions and imports as JSON. Amounts are decimal strings."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.domain.money import plain_text
from catalog.domain.price_books import PriceBook
from catalog.domain.price_imports.uploads import READERS
from catalog.domain.price_rows import SOURCE_KINDS, Price
from catalog.models import PriceBookVersion
from catalog.price_book_doubt import doubt_of
from catalog.services.price_books import ImportReport, possible_steps


class PlainDecimalField(serializers.CharField):
    """All digits, no exponent."""

    def to_representation(self, value: Any) -> str:
        return plain_text(value)


class PriceSourceSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    url = serializers.CharField()
    kind = serializers.ChoiceField(choices=SOURCE_KINDS)
    retrieved = serializers.CharField()
    licence = serializers.CharField()
    note = serializers.CharField()


class PriceBookDoubtSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=SOURCE_KINDS, help_text="Of the most doubtful source in use.")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="Prices by kind of source.")


class PriceBookMonthSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField(source="kind")
    hours = PlainDecimalField()


class OfferedTermsSerializer(serializers.Serializer[Any]):
    months = serializers.IntegerField(allow_null=True)
    payment = serializers.CharField()


class PriceBookSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    provider = serializers.CharField()
    title = serializers.CharField()
    region = serializers.CharField()
    currency = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.SerializerMethodField(help_text="shipped with the product, or published here.")
    valid_from = serializers.CharField(allow_null=True)
    valid_to = serializers.CharField(allow_null=True)
    collected_at = serializers.CharField()
    month = PriceBookMonthSerializer()
    month_hours = PlainDecimalField()
    metering = serializers.CharField()
    unit_basis = serializers.CharField()
    tax = serializers.CharField(source="tax.kind")
    tax_rate = PlainDecimalField(source="tax.rate", allow_null=True)
    price_count = serializers.IntegerField()
    services = serializers.SerializerMethodField(help_text="What it has prices for.")
    offered_terms = OfferedTermsSerializer(many=True)
    doubt = serializers.SerializerMethodField()
    sources = PriceSourceSerializer(many=True)
    note = serializers.CharField()

    def get_state(self, book: PriceBook) -> str:
        return "shipped" if book is self.context["shipped"].get(book.key) else "published"

    def get_services(self, book: PriceBook) -> list[str]:
        return sorted(book.services)

    @extend_schema_field(PriceBookDoubtSerializer)
    def get_doubt(self, book: PriceBook) -> Any:
        return PriceBookDoubtSerializer(doubt_of(book)).data


class PriceTierSerializer(serializers.Serializer[Any]):
    start = PlainDecimalField()
    end = PlainDecimalField(allow_null=True)
    price = PlainDecimalField()


class PriceRowSourceSerializer(serializers.Serializer[Any]):
    url = serializers.CharField()
    kind = serializers.ChoiceField(choices=SOURCE_KINDS)
    retrieved = serializers.CharField()


class PriceRowSerializer(serializers.Serializer[Any]):
    sku = serializers.CharField()
    service = serializers.CharField()
    product = serializers.CharField()
    description = serializers.CharField()
    charge = serializers.CharField()
    unit = serializers.CharField()
    price = serializers.SerializerMethodField(help_text="Of the first unit; null where it is composed.")
    tiers = serializers.SerializerMethodField()
    tier_mode = serializers.CharField()
    terms = serializers.CharField()
    selector = serializers.DictField(child=serializers.CharField())
    attributes = serializers.DictField(child=serializers.CharField())
    source = PriceRowSourceSerializer()  # type: ignore[assignment]  # a field of ours, not DRF's
    locator = serializers.CharField()
    confidence = serializers.CharField()
    note = serializers.CharField()

    def get_price(self, price: Price) -> str | None:
        return None if price.composed_of else plain_text(price.unit_price)

    @extend_schema_field(PriceTierSerializer(many=True))
    def get_tiers(self, price: Price) -> Any:
        tiers = price.tiers if price.has_tiers else ()
        return PriceTierSerializer(tiers, many=True).data


# --- Versions -------------------------------------------------------------------------------------------


class HistorySerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    by = serializers.CharField(source="by.username", default=None, allow_null=True)
    what = serializers.CharField()


class PriceBookVersionSerializer(serializers.ModelSerializer[PriceBookVersion]):
    version = serializers.IntegerField(min_value=1)
    price_count = serializers.IntegerField(min_value=0)
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    published_by = serializers.CharField(source="published_by.username", default=None, allow_null=True)
    retired_by = serializers.CharField(source="retired_by.username", default=None, allow_null=True)
    history = HistorySerializer(many=True, source="changes")
    steps = serializers.SerializerMethodField(help_text="What you may do with it next.")

    class Meta:
        model = PriceBookVersion
        fields = [
            "id", "key", "version", "state", "provider", "title", "region", "currency", "price_count",
            "imported_from", "note", "created_at", "created_by", "published_at", "published_by", "retired_at",
            "retired_by", "history", "steps",
        ]  # fmt: skip

    def get_steps(self, version: PriceBookVersion) -> list[str]:
        return possible_steps(version, self.context["user"])


# --- Imports --------------------------------------------------------------------------------------------


HEADER_TERMS = frozenset({"tax", "month_rule", "metering", "unit_basis", "rounding", "valid_to", "note"})


class ImportSettingsSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(
        max_length=200, allow_empty_file=True, help_text="CSV, XLSX or JSON, 20 MB at most."
    )
    kind = serializers.ChoiceField(
        choices=list(READERS),
        required=False,
        help_text="collected for tables and book for JSON unless it says otherwise.",
    )
    dry_run = serializers.BooleanField(default=True)
    key = serializers.RegexField("[a-z0-9]+(-[a-z0-9]+)*", max_length=80, required=False, allow_blank=True)
    title = serializers.CharField(max_length=300, required=False, allow_blank=True)
    provider = serializers.CharField(max_length=200, required=False, allow_blank=True)
    region = serializers.CharField(max_length=200, required=False, allow_blank=True)
    currency = serializers.RegexField("^[A-Z]{3}$", required=False, allow_blank=True)
    valid_from = serializers.DateField(required=False)
    source_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    terms = serializers.JSONField(
        required=False, binary=False, help_text="Further fields of the book's header, such as month_rule."
    )

    def validate_terms(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise serializers.ValidationError("These have to be fields with names.")
        if unknown := sorted(value.keys() - HEADER_TERMS):
            raise serializers.ValidationError(
                f"{unknown[0][:40]!r} is none of {', '.join(sorted(HEADER_TERMS))}."
            )
        return value


class PriceChangeSerializer(serializers.Serializer[Any]):
    book = serializers.CharField()
    sku = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    fields = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]  # ours


class TermChangeSerializer(serializers.Serializer[Any]):
    book = serializers.CharField()
    name = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class ImportedBookSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    currency = serializers.CharField()
    version = serializers.IntegerField()
    before = serializers.IntegerField(allow_null=True, help_text="The version it is compared with.")
    price_count = serializers.IntegerField()
    unchanged = serializers.IntegerField(source="changes.unchanged")
    reworded = serializers.IntegerField(source="changes.reworded", help_text="Other words, the same price.")
    draft = serializers.IntegerField(source="draft.id", default=None, allow_null=True)


class RowProblemSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.CharField()


class LeftOutSerializer(serializers.Serializer[Any]):
    what = serializers.CharField()
    reason = serializers.CharField()


class ImportReportSerializer(serializers.Serializer[Any]):
    file = serializers.CharField()
    kind = serializers.CharField()
    dry_run = serializers.BooleanField()
    books = ImportedBookSerializer(many=True)
    added = PriceChangeSerializer(many=True)
    changed = PriceChangeSerializer(many=True)
    removed = PriceChangeSerializer(many=True)
    terms = TermChangeSerializer(many=True, help_text="What differs in the header: month, rounding, tax.")
    errors = RowProblemSerializer(many=True)  # type: ignore[assignment]  # a field of ours, not DRF's
    left_out = LeftOutSerializer(many=True, help_text="What the list sells and the book doesn't take.")


def report_rows(report: ImportReport) -> dict[str, Any]:
    """The report with the changes of all its books in one list each."""
    lists: dict[str, list[dict[str, Any]]] = {"added": [], "changed": [], "removed": [], "terms": []}
    for book in report.books:
        for name in ("added", "changed", "removed"):
            lists[name] += [{"book": book.key, **vars(one)} for one in getattr(book.changes, name)]
        lists["terms"] += [
            {"book": book.key, "name": name, "before": before, "after": after}
            for name, before, after in book.changes.terms
        ]
    return {**vars(report), **lists}
