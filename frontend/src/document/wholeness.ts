import type { DesignDocument, MergePatch } from "./types";

/** Whether what a patch touched still hangs together: no half component, no parent or link end that is gone. */
export function isWhole(document: DesignDocument, patch: MergePatch): boolean {
  const touchedComponents = Object.keys((patch.components ?? {}) as object);
  const touchedLinks = Object.keys((patch.links ?? {}) as object);
  const removed = touchedComponents.some((id) => !(id in document.components));
  const components = removed ? Object.keys(document.components) : touchedComponents;
  const links = removed ? Object.keys(document.links) : touchedLinks;
  return (
    components.every((id) => {
      const component = document.components[id];
      if (!component) return true;
      return typeof component.type === "string" && (component.parent === undefined || component.parent in document.components);
    }) &&
    links.every((id) => {
      const link = document.links[id];
      return !link || (link.source in document.components && link.target in document.components);
    })
  );
}

