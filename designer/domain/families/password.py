"""Passwords that the product makes when it deploys."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import PASSWORD, Resource
from designer.domain.software.site import owns_password

LENGTH = 24  # letters and digits: 142 bits


def passwords(component: Component, context: Context) -> list[Resource]:
    """What a server component's software needs that nobody should have to invent."""
    return [database_password(component, context)] if owns_password(component, context) else []


def database_password(component: Component, context: Context) -> Resource:
    return context.resource(
        component, "password", PASSWORD, {"length": LENGTH}, name=context.name(component, "password")
    )
