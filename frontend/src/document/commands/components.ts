import { CONTAINER_HEADER, cardSize, EMPTY_CONTAINER } from "../cards";
import { freeAddressRange } from "../addressRanges";
import { freeSpot } from "../geometry";
import { nameOf, placementRefusal, withContents } from "../queries";
import { isObject } from "../mergePatch";
import type { Catalogue, Component, DesignDocument, Json, JsonObject, MergePatch, Point, PropertySchema } from "../types";
import { type Command, Draft, EditNotPossible, NOTHING } from "./command";
import { insideContainer, makeRoom } from "./room";

type NewComponent = {
  id: string;
  type: string;
  /** Container to put it into; absent for the open canvas. */
  parent?: string | undefined;
  /** Where, measured from that container; absent for the first free spot. */
  position?: Point | undefined;
  label?: string | undefined;
};

export const addComponent: Command<NewComponent> = {
  label: "Add component",
  run: (design, { id, type: key, parent, position, label }, catalogue) => {
    const type = catalogue.get(key);
    if (!type) throw new EditNotPossible(`There is no component type ${key}.`);
    if (id in design.components) throw new EditNotPossible(`There is already a component with the id ${id}.`);
    const container = parent === undefined ? undefined : design.components[parent];
    if (parent !== undefined && !container) throw new EditNotPossible("The container was removed meanwhile.");
    const refusal = placementRefusal(type, container && catalogue.get(container.type), catalogue);
    if (refusal) throw new EditNotPossible(refusal);

    // The first of its type goes by the type's name, in whatever words the reader chose.
    const name = label ?? freshLabel(design, type.label, catalogue);
    const component: Component = { type: key, ...(name === type.label ? {} : { label: name }) };
    if (parent !== undefined) component.parent = parent;
    const cidr = freeAddressRange(design, key, parent, catalogue);
    if (cidr !== undefined) component.properties = { cidr };
    const size = type.container ? EMPTY_CONTAINER : cardSize(component, catalogue);
    if (type.container) component.size = size;
    const place = position ?? freeSpot(design, catalogue, parent, { ...size, height: size.height + 12 });
    component.position = parent === undefined ? place : insideContainer(place);

    const draft = new Draft(design);
    draft.apply({ components: { [id]: component } });
    makeRoom(draft, design, [id], catalogue);
    return draft.patch;
  },
};

/** Contents and links go in the same edit, so that nothing is left hanging. */
export const removeComponents: Command<{ ids: string[] }> = {
  label: "Remove",
  run: (design, { ids }, catalogue) => {
    const gone = new Set(withContents(design, ids));
    if (gone.size === 0) return NOTHING;
    const links = Object.entries(design.links).filter(([, link]) => gone.has(link.source) || gone.has(link.target));
    const components: JsonObject = Object.fromEntries([...gone].map((id) => [id, null]));
    for (const [id, component] of Object.entries(design.components)) {
      const type = catalogue.get(component.type);
      if (gone.has(id) || !type || !component.properties) continue;
      const change = withoutReferences(component.properties, type.properties, gone);
      if (Object.keys(change).length > 0) components[id] = { properties: change };
    }
    const patch: MergePatch = { components };
    if (links.length > 0) patch.links = Object.fromEntries(links.map(([id]) => [id, null]));
    const callouts = calloutsWithout(design, gone);
    if (callouts !== undefined) patch.callouts = callouts;
    return patch;
  },
};

/** What has to change in these properties so that none names a component that is gone. */
function withoutReferences(
  properties: JsonObject,
  schemas: Readonly<Record<string, PropertySchema>>,
  gone: ReadonlySet<string>,
): JsonObject {
  const change: JsonObject = {};
  for (const [name, value] of Object.entries(properties)) {
    const schema = schemas[name];
    if (schema?.["x-refers-to"] && typeof value === "string" && gone.has(value)) change[name] = null;
    else if (schema?.items?.["x-refers-to"] && Array.isArray(value)) {
      const left = value.filter((one) => typeof one !== "string" || !gone.has(one));
      if (left.length < value.length) change[name] = left.length > 0 ? left : null;
    } else if (schema?.items?.properties && Array.isArray(value)) {
      const left = value.filter((row) => !isObject(row) || !namesGone(row, schema.items?.properties ?? {}, gone));
      if (left.length < value.length) change[name] = left.length > 0 ? left : null;
    } else if (schema?.properties && isObject(value)) {
      const inner = withoutReferences(value, schema.properties, gone);
      if (Object.keys(inner).length > 0) change[name] = inner;
    }
  }
  return change;
}

/** A route to nowhere says nothing: an entry goes with the component that it names. */
function namesGone(row: JsonObject, schemas: Readonly<Record<string, PropertySchema>>, gone: ReadonlySet<string>): boolean {
  return Object.entries(row).some(([name, value]) => schemas[name]?.["x-refers-to"] && typeof value === "string" && gone.has(value));
}

/** A callout keeps its text when what it explains goes. */
function calloutsWithout({ callouts = {} }: DesignDocument, gone: ReadonlySet<string>): JsonObject | undefined {
  const changed = Object.entries(callouts).filter(([, { components = [] }]) => components.some((id) => gone.has(id)));
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map(([number, { components = [] }]) => [number, { components: components.filter((id) => !gone.has(id)) }]));
}

export const renameComponent: Command<{ id: string; label: string }> = {
  label: "Rename",
  run: (design, { id, label }) => {
    if (label.trim() === "") throw new EditNotPossible("A component needs a name.");
    return id in design.components ? { components: { [id]: { label } } } : NOTHING;
  },
};

/** `null` goes back to the type's default. An object says only the members that change. */
export const setProperty: Command<{ id: string; name: string; value: Json }> = {
  label: "Change property",
  run: (design, { id, name, value }) =>
    id in design.components ? { components: { [id]: { properties: { [name]: value } } } } : NOTHING,
};

type Clip = { components: Record<string, Component>; links: DesignDocument["links"] };

/** The components with their contents and the links among them, as a design of their own. */
export function clipOf(design: DesignDocument, ids: Iterable<string>): Clip {
  const chosen = new Set(withContents(design, ids));
  return {
    components: Object.fromEntries([...chosen].flatMap((id) => (design.components[id] ? [[id, design.components[id]]] : []))),
    links: Object.fromEntries(Object.entries(design.links).filter(([, link]) => chosen.has(link.source) && chosen.has(link.target))),
  };
}

/**
 * Put a copied clip back into the design under new ids. `freshIds` maps every id of the clip to its copy's.
 * A copy goes into the container of its original while that is there and takes it, else to `parent`.
 */
export const pasteClip: Command<{ clip: Clip; freshIds: Readonly<Record<string, string>>; offset: number; parent?: string | undefined }> = {
  label: "Paste",
  run: (design, { clip, freshIds, offset, parent }, catalogue) => {
    const draft = new Draft(design);
    const copies: string[] = [];
    for (const [id, original] of Object.entries(clip.components)) {
      const fresh = freshIds[id];
      const type = catalogue.get(original.type);
      if (fresh === undefined || !type) continue;
      const inside = original.parent !== undefined && original.parent in clip.components;
      const container = inside ? freshIds[original.parent ?? ""] : placeFor(draft.design, original, parent, catalogue);
      const copy: Component = structuredClone(original);
      if (container === undefined) delete copy.parent;
      else copy.parent = container;
      if (!inside) {
        copy.label = freshLabel(draft.design, nameOf(original, catalogue), catalogue);
        const at = original.position ?? { x: 0, y: CONTAINER_HEADER };
        copy.position = { x: at.x + offset, y: at.y + offset };
      }
      draft.apply({ components: { [fresh]: copy } });
      copies.push(fresh);
    }
    for (const [id, link] of Object.entries(clip.links)) {
      const [fresh, source, target] = [freshIds[id], freshIds[link.source], freshIds[link.target]];
      if (fresh !== undefined && source !== undefined && target !== undefined) {
        draft.apply({ links: { [fresh]: { ...structuredClone(link), source, target } as JsonObject } });
      }
    }
    makeRoom(draft, design, copies, catalogue);
    return draft.patch;
  },
};

function placeFor(design: DesignDocument, original: Component, parent: string | undefined, catalogue: Catalogue): string | undefined {
  const type = catalogue.get(original.type);
  const takes = (id: string | undefined): boolean => {
    const container = id === undefined ? undefined : design.components[id];
    if (!type || (id !== undefined && !container)) return false;
    return placementRefusal(type, container && catalogue.get(container.type), catalogue) === undefined;
  };
  const place = [original.parent, parent, undefined].find(takes);
  if (place === undefined && !takes(undefined)) {
    throw new EditNotPossible(type ? (placementRefusal(type, undefined, catalogue) ?? "") : "Its type is not known here.");
  }
  return place;
}

/** `Web server`, then `Web server 2`, and so on. */
export function freshLabel(design: DesignDocument, wanted: string, catalogue: Catalogue): string {
  const taken = new Set(Object.values(design.components).map((component) => nameOf(component, catalogue)));
  const stem = wanted.replace(/ \d+$/, "");
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? stem : `${stem} ${String(number)}`;
    if (!taken.has(label)) return label;
  }
}
