"""Passwords that the product makes when it deploys."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import PASSWORD, Resource

LENGTH = 24  # letters and digits: 142 bits


def database_password(component: Component, context: Context) -> Resource:
    return context.resource(
        component, "password", PASSWORD, {"length": LENGTH}, name=context.name(component, "password")
    )
