"""Machine images: fetched from an address into each region that wants one, or prepared by somebody."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import EXTERNAL, IMAGE, Resource

HOW_GOLDEN = "Build it, bring it into the cloud under this name, and make it anew before it is too old."
HOW_THERE = "The cloud has an image of this name, or somebody brings one in."


def expand_image(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    name = f"{said['os']}-{said['version']}"
    regions = [
        component.id,
        *(region for region in said["copied_to"] if region in context.document.components),
    ]
    if not said.get("url"):
        how = HOW_GOLDEN if said["golden"] else HOW_THERE
        stored = said["size_gb"] * len(regions)
        properties = {"service": "image", "size_gb": stored, "by_hand": bool(said["golden"]), "how": how}
        return [context.resource(component, "external", EXTERNAL, properties, name=context.name(component))]
    return [_image(component, context, name, region) for region in dict.fromkeys(regions)]


def _image(component: Component, context: Context, name: str, region: str) -> Resource:
    said = component.properties
    is_copy = region != component.id
    return context.resource(
        component,
        f"image[{region}]" if is_copy else "image",
        IMAGE,
        {
            "os": said["os"],
            "version": said["version"],
            "url": said["url"],
            "size_gb": said["size_gb"],
            "image_name": name,
        },
        name=context.name(component, "in", context.name(context.component(region)))
        if is_copy
        else context.name(component),
        region=context.topology.region(region),
    )
