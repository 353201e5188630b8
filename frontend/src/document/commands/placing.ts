import { arrange } from "../arranging";
import { snap } from "../cards";
import { placementsOf, spaceFor } from "../geometry";
import { ancestorsOf, childrenOf, parentOf, placementRefusal } from "../queries";
import type { JsonObject, Point, Size } from "../types";
import { type Command, Draft, EditNotPossible, NOTHING } from "./command";
import { insideContainer, makeRoom } from "./room";

/** `parent`: absent keeps the container, null means the open canvas. */
export type Move = { position: Point; parent?: string | null };

/** Move components within their container, or drag them into another one or out of it. */
export const moveComponents: Command<{ moves: Readonly<Record<string, Move>> }> = {
  label: "Move",
  run: (design, { moves }, catalogue) => {
    const draft = new Draft(design);
    for (const [id, { position, parent }] of Object.entries(moves)) {
      const component = design.components[id];
      if (!component) continue;
      const from = parentOf(design, id);
      const to = parent === undefined ? from : (parent ?? undefined);
      const change: JsonObject = {};
      if (to !== from) {
        const type = catalogue.get(component.type);
        const container = to === undefined ? undefined : design.components[to];
        if (to !== undefined && (to === id || ancestorsOf(design, to).includes(id))) {
          throw new EditNotPossible("A container can’t go into itself.");
        }
        const refusal = type && placementRefusal(type, container && catalogue.get(container.type), catalogue);
        if (refusal) throw new EditNotPossible(refusal);
        change.parent = to ?? null;
      }
      const place = to === undefined ? { x: snap(position.x), y: snap(position.y) } : insideContainer(position);
      if (place.x !== component.position?.x || place.y !== component.position.y) change.position = place;
      if (Object.keys(change).length > 0) draft.apply({ components: { [id]: change } });
    }
    makeRoom(draft, design, Object.keys(moves), catalogue);
    return draft.patch;
  },
};

/** Move by a few pixels, exactly: the arrow keys. */
export const nudgeComponents: Command<{ ids: string[]; by: Point }> = {
  label: "Nudge",
  run: (design, { ids, by }, catalogue) => {
    const placements = placementsOf(design, catalogue);
    const draft = new Draft(design);
    for (const id of ids) {
      const rect = placements.get(id);
      if (!rect) continue;
      const wanted = { x: rect.x + by.x, y: rect.y + by.y };
      const least = insideContainer({ x: 0, y: 0 });
      const inside = parentOf(design, id) !== undefined;
      const position = inside ? { x: Math.max(least.x, wanted.x), y: Math.max(least.y, wanted.y) } : wanted;
      if (position.x !== rect.x || position.y !== rect.y) draft.apply({ components: { [id]: { position } } });
    }
    makeRoom(draft, design, ids, catalogue);
    return draft.patch;
  },
};

/** A container never gets smaller than what is in it. */
export const resizeContainer: Command<{ id: string; size: Size }> = {
  label: "Resize",
  run: (design, { id, size }, catalogue) => {
    const now = placementsOf(design, catalogue).get(id);
    if (!now) return NOTHING;
    const least = spaceFor(childrenOf(design, id).map((child) => placementsOf(design, catalogue).get(child)));
    const next = { width: snap(Math.max(size.width, least.width)), height: snap(Math.max(size.height, least.height)) };
    if (next.width === now.width && next.height === now.height) return NOTHING;
    const draft = new Draft(design);
    draft.apply({ components: { [id]: { size: next } } });
    makeRoom(draft, design, [id], catalogue);
    return draft.patch;
  },
};

/** Lay everything out anew, or only what is in one container. */
export const tidyUp: Command<{ within?: string | undefined }> = {
  label: "Tidy up",
  run: (design, { within }, catalogue) => {
    const draft = new Draft(design);
    for (const [id, rect] of arrange(design, catalogue, within)) {
      const component = design.components[id];
      if (!component) continue;
      const change: JsonObject = {};
      if (rect.x !== component.position?.x || rect.y !== component.position.y) change.position = { x: rect.x, y: rect.y };
      if (catalogue.get(component.type)?.container && (rect.width !== component.size?.width || rect.height !== component.size.height)) {
        change.size = { width: rect.width, height: rect.height };
      }
      if (Object.keys(change).length > 0) draft.apply({ components: { [id]: change } });
    }
    if (within !== undefined) makeRoom(draft, design, childrenOf(design, within), catalogue);
    return draft.patch;
  },
};
