"""Passwords that the product makes when it deploys."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import PASSWORD, Resource
from designer.domain.software.engines import owns_administrator, owns_password, owns_secret

LENGTH = 24  # letters and digits: 142 bits
LENGTH_FOR_PEOPLE = 20  # OpenCart takes no longer one


def passwords(component: Component, context: Context) -> list[Resource]:
    """What a server component's software needs that nobody should have to invent."""
    made = [database_password(component, context)] if owns_password(component, context) else []
    if owns_secret(component, context):
        made.append(_password(component, context, "cluster", LENGTH, "shared secret"))
    return made + administrator_password(component, context)


def administrator_password(component: Component, context: Context) -> list[Resource]:
    """For whoever signs in to the site that stands on this database, or to the database itself."""
    if not owns_administrator(component, context):
        return []
    return [_password(component, context, "administrator", LENGTH_FOR_PEOPLE, "administrator's password")]


def _password(component: Component, context: Context, purpose: str, length: int, words: str) -> Resource:
    return context.resource(
        component,
        f"password[{purpose}]",
        PASSWORD,
        {"length": length},
        name=context.name(component, words),
    )


def database_password(component: Component, context: Context) -> Resource:
    return context.resource(
        component, "password", PASSWORD, {"length": LENGTH}, name=context.name(component, "password")
    )
