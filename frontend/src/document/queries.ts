import {
  CANVAS,
  type Catalogue,
  type Component,
  type ComponentType,
  type DesignDocument,
  type JsonObject,
  type Link,
} from "./types";

const NO_IDS: readonly string[] = [];
const childrenIndexes = new WeakMap<DesignDocument, Map<string | undefined, string[]>>();

/** The components right inside a container; undefined for those on the open canvas. */
export function childrenOf(document: DesignDocument, containerId: string | undefined): readonly string[] {
  let index = childrenIndexes.get(document);
  if (!index) {
    // Documents are never changed in place, so what was found out about one stays true.
    index = new Map();
    for (const id of Object.keys(document.components)) {
      const parent = parentOf(document, id);
      const siblings = index.get(parent);
      if (siblings) siblings.push(id);
      else index.set(parent, [id]);
    }
    childrenIndexes.set(document, index);
  }
  return index.get(containerId) ?? NO_IDS;
}

/** The container around a component. A parent that is not there counts as the open canvas. */
export function parentOf(document: DesignDocument, id: string): string | undefined {
  const parent = document.components[id]?.parent;
  return parent !== undefined && parent in document.components ? parent : undefined;
}

/** The containers around a component, innermost first. Ends when a damaged document goes in circles. */
export function ancestorsOf(document: DesignDocument, id: string): string[] {
  const found: string[] = [];
  for (let at = parentOf(document, id); at !== undefined && !found.includes(at); at = parentOf(document, at)) {
    found.push(at);
  }
  return found;
}

/** The components and everything inside them, each once, containers before their contents. */
export function withContents(document: DesignDocument, ids: Iterable<string>): string[] {
  const found = new Set<string>();
  const add = (id: string): void => {
    if (found.has(id) || !(id in document.components)) return;
    found.add(id);
    childrenOf(document, id).forEach(add);
  };
  for (const id of ids) add(id);
  return [...found];
}

/** The components without those that sit inside another one of them. */
export function outermost(document: DesignDocument, ids: Iterable<string>): string[] {
  const chosen = new Set(ids);
  return [...chosen].filter((id) => !ancestorsOf(document, id).some((ancestor) => chosen.has(ancestor)));
}

export function linksOf(document: DesignDocument, id: string): [string, Link][] {
  return Object.entries(document.links).filter(([, link]) => link.source === id || link.target === id);
}

export function findLink(document: DesignDocument, source: string, target: string): [string, Link] | undefined {
  return Object.entries(document.links).find(([, link]) => link.source === source && link.target === target);
}

export function typeOf(component: Component, catalogue: Catalogue): ComponentType | undefined {
  return catalogue.get(component.type);
}

/** Which type a component is of, whatever its version. */
export function typeKeyOf(component: Component, catalogue: Catalogue): string {
  return catalogue.get(component.type)?.key ?? component.type;
}

export function isContainer(component: Component, catalogue: Catalogue): boolean {
  return catalogue.get(component.type)?.container ?? false;
}

export function typeLabel(component: Component, catalogue: Catalogue): string {
  return catalogue.get(component.type)?.label ?? component.type;
}

export function nameOf(component: Component, catalogue: Catalogue): string {
  return component.label?.trim() ? component.label : typeLabel(component, catalogue);
}

/** What was said, and the type's defaults for the rest. */
export function propertiesOf(component: Component, catalogue: Catalogue): JsonObject {
  const defaults: JsonObject = {};
  for (const [name, schema] of Object.entries(catalogue.get(component.type)?.properties ?? {})) {
    if (schema.default !== undefined) defaults[name] = schema.default;
  }
  return { ...defaults, ...component.properties };
}

export function countOf(component: Component, catalogue: Catalogue): number {
  const count = propertiesOf(component, catalogue).count;
  return typeof count === "number" && Number.isInteger(count) ? count : 1;
}

/** Why a container (undefined: the open canvas) can't take a component of this type, as a sentence; undefined when it can. */
export function placementRefusal(type: ComponentType, container: ComponentType | undefined, catalogue: Catalogue): string | undefined {
  if (type.parents.includes(container?.key ?? CANVAS)) return undefined;
  const places = type.parents.map((key) => (key === CANVAS ? "on the canvas" : `in ${catalogue.get(key)?.noun ?? key}`));
  const wrong = container ? `in ${container.noun}` : "on the canvas";
  return `${sentenceStart(type.noun)} sits ${either(places)}, not ${wrong}.`;
}

export type NumberedCallout = { number: string; text: string; components: readonly string[] };

/** The callouts in the order of their numbers. */
export function calloutsOf({ callouts = {} }: DesignDocument): NumberedCallout[] {
  return Object.entries(callouts)
    .map(([number, { text, components = [] }]) => ({ number, text, components }))
    .sort((left, right) => Number(left.number) - Number(right.number));
}

/** Component id -> the callouts that explain it. */
export function calloutsByComponent(document: DesignDocument): Map<string, NumberedCallout[]> {
  const found = new Map<string, NumberedCallout[]>();
  for (const callout of calloutsOf(document)) {
    for (const id of callout.components) found.set(id, [...(found.get(id) ?? []), callout]);
  }
  return found;
}

export function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function either(options: string[]): string {
  if (options.length <= 1) return options.join("");
  return `${options.slice(0, -1).join(", ")} or ${options.at(-1) ?? ""}`;
}
