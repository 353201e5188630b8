"""The catalogue as JSON."""

import json
from typing import Any

from rest_framework import serializers

from catalog.domain.templates import HARDENED, PUBLISHED


class ComponentTypeSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    reference = serializers.CharField(help_text="How a document names it: its key, or KEY@2 for version 2.")
    archetype = serializers.CharField(help_text="The shipped type that an own type behaves as; else its key.")
    retired = serializers.BooleanField(help_text="Old designs may use it; it is offered no more.")
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours
    noun = serializers.CharField(help_text="What sentences call it: a load balancer.")
    labels = serializers.DictField(child=serializers.CharField(), help_text="Name per provider.")
    category = serializers.CharField()
    icon = serializers.CharField()
    family = serializers.CharField()
    summary = serializers.CharField()
    container = serializers.BooleanField(source="is_container")
    parents = serializers.ListField(child=serializers.CharField())
    properties = serializers.DictField(
        child=serializers.DictField(),
        help_text="JSON Schema of each property, with x-unit where it has a unit.",
    )
    links = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Link kind to the types it may reach.",
    )
    accepts = serializers.DictField(
        help_text="Protocol and port of a link to this type unless it says otherwise."
    )
    makes = serializers.ListField(
        child=serializers.CharField(), help_text="Kinds of resources that it may become; empty: only drawn."
    )
    billed = serializers.ListField(child=serializers.CharField(), help_text="What it is charged by.")
    version = serializers.IntegerField()


class MonthlySerializer(serializers.Serializer[Any]):
    price_book = serializers.CharField()
    currency = serializers.CharField()
    amount = serializers.CharField(allow_null=True)
    coverage = serializers.CharField()


class RepairSerializer(serializers.Serializer[Any]):
    rules = serializers.ListField(child=serializers.CharField(), help_text="The rules it makes true again.")
    what = serializers.CharField()
    why = serializers.CharField()


class TemplateSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of ours
    price_book = serializers.CharField()
    version = serializers.IntegerField()
    form = serializers.CharField(help_text="Document, counts and default values are of this form.")
    forms = serializers.ListField(child=serializers.CharField())
    repairs = RepairSerializer(many=True, help_text="What the hardened form changes, and why.")
    parameters = serializers.DictField(
        child=serializers.DictField(),
        help_text="JSON Schema of each parameter; its default is what the form draws.",
    )
    component_count = serializers.IntegerField()
    callout_count = serializers.IntegerField()
    monthly = MonthlySerializer(allow_null=True)
    monthly_by_form = serializers.DictField(child=MonthlySerializer(allow_null=True))


class TemplateDetailSerializer(TemplateSerializer):
    document = serializers.DictField()


class ParametersField(serializers.CharField):
    """A template's parameters in an address: a JSON object."""

    default_error_messages = {"no_object": 'Parameters are a JSON object, such as {{"web_servers": 3}}.'}

    def to_internal_value(self, data: Any) -> Any:
        text = super().to_internal_value(data)
        try:
            said = json.loads(text or "{}")
        except (ValueError, RecursionError):
            self.fail("no_object")
        if not isinstance(said, dict):
            self.fail("no_object")
        return said

    def to_representation(self, value: Any) -> str:
        return json.dumps(value)


class TemplateFormSerializer(serializers.Serializer[Any]):
    form = serializers.ChoiceField(choices=[PUBLISHED, HARDENED], default=PUBLISHED)
    parameters = ParametersField(
        required=False, allow_blank=True, max_length=8000, default=dict,  # type: ignore[arg-type]
        help_text="As a JSON object: what the answer's document, count and price are with these.",
    )  # fmt: skip
