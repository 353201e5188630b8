"""What a design says about its use: how long its servers run, how much it carries, how fast that grows.

Said for the whole design among its settings, and for one component under `usage`, which goes before.
"""

from collections.abc import Mapping
from typing import Any

from catalog.domain.property_schemas import PropertySchema

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PROFILES = ("low", "expected", "high")
TERM_MONTHS = (1, 12, 24, 36)  # 1: OVHcloud's month plans, OUTSCALE's month upfront
PAYMENTS = ("none", "monthly", "quarterly", "yearly", "upfront")

_DAY = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

PER_COMPONENT: Mapping[str, Mapping[str, Any]] = {
    "schedule": {
        "title": "Schedule",
        "description": "When servers run. Empty lets them run all the time.",
        "type": "object",
        "properties": {
            "hours_per_day": {
                "title": "Hours a day",
                "type": "number",
                "minimum": 1,
                "maximum": 24,
                "x-unit": "h",
            },
            "weekdays": {
                "title": "Weekdays",
                "type": "array",
                "items": {"title": "A weekday", "type": "string", "enum": list(WEEKDAYS)},
                "minItems": 1,
                "uniqueItems": True,
            },
            "starts_at": {
                "title": "Starts at",
                "description": "When the day's hours begin. Deployed servers are then stopped and started.",
                "type": "string",
                "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                "x-hint": "A time of day is written as 07:30.",
            },
            "time_zone": {
                "title": "Time zone",
                "description": "Whose clock it is, such as Europe/Berlin. Empty is UTC.",
                "type": "string",
                "pattern": "^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$",
                "x-hint": "A time zone is named as in Europe/Berlin.",
                "format": "time-zone",
            },
            "days_off": {
                "title": "Days off",
                "description": "Days on which they stay off, such as holidays.",
                "type": "array",
                "items": {"title": "A day", "type": "string", "pattern": _DAY},
                "maxItems": 366,
                "uniqueItems": True,
            },
            "days_on": {
                "title": "Days on",
                "description": "Days on which they run all day, whatever the week says.",
                "type": "array",
                "items": {"title": "A day", "type": "string", "pattern": _DAY},
                "maxItems": 366,
                "uniqueItems": True,
            },
        },
        "additionalProperties": False,
    },
    "low_percent": {
        "title": "Low use",
        "description": "Traffic, objects and requests in a quiet month, as a share of what is drawn.",
        "type": "number",
        "minimum": 0,
        "maximum": 100,
        "x-unit": "%",
    },
    "high_percent": {
        "title": "High use",
        "description": "Traffic, objects and requests in a busy month, as a share of what is drawn.",
        "type": "number",
        "minimum": 100,
        "maximum": 10_000,
        "x-unit": "%",
    },
    "growth_percent_month": {
        "title": "Growth a month",
        "description": "By how much traffic, objects and requests grow from month to month.",
        "type": "number",
        "minimum": 0,
        "maximum": 100,
        "x-unit": "%",
    },
}

PER_DESIGN: Mapping[str, Mapping[str, Any]] = {
    **PER_COMPONENT,
    "usage_profile": {
        "title": "Usage profile",
        "description": "Which use the estimate counts with. Low and high show as its range.",
        "type": "string",
        "enum": list(PROFILES),
        "default": "expected",
    },
    "commitment": {
        "title": "Commitment",
        "description": "For how long servers are reserved, where the price book sells that.",
        "type": "object",
        "properties": {
            "months": {"title": "Term", "type": "integer", "enum": list(TERM_MONTHS)},
            "payment": {"title": "Payment", "type": "string", "enum": list(PAYMENTS)},
        },
        "required": ["months"],
        "additionalProperties": False,
    },
    "tax": {
        "title": "Tax",
        "description": "Added to the total. Empty shows amounts as the price book has them.",
        "type": "object",
        "properties": {
            "name": {"title": "Name of the tax", "type": "string", "minLength": 1, "maxLength": 40},
            "rate_percent": {
                "title": "Tax rate",
                "type": "number",
                "minimum": 0,
                "maximum": 100,
                "x-unit": "%",
            },
        },
        "required": ["rate_percent"],
        "additionalProperties": False,
    },
}

USAGE_SCHEMA = PropertySchema(
    {
        **PER_COMPONENT,
        "hours_per_month": {
            "title": "Hours a month",
            "description": "For how long it is there in a month, whatever it is. Empty is all of it.",
            "type": "number",
            "minimum": 1,
            "maximum": 744,
            "x-unit": "h",
        },
    }
)
