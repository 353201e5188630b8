"""Passwords that the product makes when it deploys."""

from collections.abc import Mapping
from typing import Any

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import PASSWORD, Resource
from designer.domain.software.engines import owns_administrator, owns_password, owns_secret, user_of
from designer.domain.software.php_site import ADMINISTRATOR

LENGTH = 24  # letters and digits: 142 bits
LENGTH_FOR_PEOPLE = 20  # OpenCart takes no longer one


def passwords(component: Component, context: Context) -> list[Resource]:
    """What a server component's software needs that nobody should have to invent."""
    made = [database_password(component, context)] if owns_password(component, context) else []
    if owns_secret(component, context):
        said = {"length": LENGTH}
        made.append(_password(component, context, "cluster", said, "shared secret"))
    return made + administrator_password(component, context)


def administrator_password(component: Component, context: Context) -> list[Resource]:
    """For whoever signs in to the site that stands on this database, or to the database itself."""
    if not owns_administrator(component, context):
        return []
    said = {"length": LENGTH_FOR_PEOPLE, "user": ADMINISTRATOR}
    return [_password(component, context, "administrator", said, "administrator's password")]


def _password(
    component: Component, context: Context, purpose: str, said: Mapping[str, Any], words: str
) -> Resource:
    name = context.name(component, words)
    return context.resource(component, f"password[{purpose}]", PASSWORD, said, name=name)


def database_password(component: Component, context: Context) -> Resource:
    return context.resource(
        component,
        "password",
        PASSWORD,
        {"length": LENGTH, "user": user_of(component)},
        name=context.name(component, "password"),
    )
