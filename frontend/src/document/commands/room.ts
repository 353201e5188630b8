import { CONTAINER_HEADER, CONTAINER_PADDING, snap } from "../cards";
import { placementsOf } from "../geometry";
import { ancestorsOf, childrenOf, parentOf } from "../queries";
import type { Catalogue, DesignDocument, MergePatch, Point, Rect } from "../types";
import { type Draft, NOTHING } from "./command";

/** Keep a child clear of its container's header and edges. */
export function insideContainer(point: Point): Point {
  return { x: Math.max(CONTAINER_PADDING, snap(point.x)), y: Math.max(CONTAINER_HEADER, snap(point.y)) };
}

/**
 * Let the containers around `ids` grow with their contents, and push what stood right of or below a grown
 * container aside, so that nothing ends up under it. Works its way out to the canvas.
 */
export function makeRoom(draft: Draft, before: DesignDocument, ids: Iterable<string>, catalogue: Catalogue): void {
  const containers = new Set([...ids].flatMap((id) => ancestorsOf(draft.design, id)));
  const innermostFirst = [...containers].sort(
    (left, right) => ancestorsOf(draft.design, right).length - ancestorsOf(draft.design, left).length,
  );
  for (const id of innermostFirst) {
    const now = placementsOf(draft.design, catalogue).get(id);
    const was = placementsOf(before, catalogue).get(id);
    const said = draft.design.components[id]?.size;
    if (!now) continue;
    if (!said || said.width < now.width || said.height < now.height) {
      draft.apply({ components: { [id]: { size: { width: snap(now.width), height: snap(now.height) } } } });
    }
    if (was) draft.apply(pushSiblings(draft.design, id, was, now, catalogue));
  }
}

/** Neighbours may have stood a little into the container already. */
const SLACK = 16;

function pushSiblings(design: DesignDocument, id: string, was: Rect, now: Rect, catalogue: Catalogue): MergePatch {
  const placements = placementsOf(design, catalogue);
  const siblings = childrenOf(design, parentOf(design, id)).flatMap((sibling) => {
    const rect = placements.get(sibling);
    return sibling === id || !rect ? [] : [{ id: sibling, rect }];
  });
  const moved = new Map<string, Point>();
  if (now.height > was.height) {
    const below = siblings.filter(({ rect }) => rect.y >= was.y + was.height - SLACK && rect.x < now.x + now.width && now.x < rect.x + rect.width);
    const shift = now.y + now.height + CONTAINER_PADDING - Math.min(...below.map(({ rect }) => rect.y));
    if (shift > 0) below.forEach(({ id: one, rect }) => moved.set(one, { x: rect.x, y: snap(rect.y + shift) }));
  }
  if (now.width > was.width) {
    const beside = siblings.filter(({ rect }) => rect.x >= was.x + was.width - SLACK && rect.y < now.y + now.height && now.y < rect.y + rect.height);
    const shift = now.x + now.width + CONTAINER_PADDING - Math.min(...beside.map(({ rect }) => rect.x));
    if (shift > 0) beside.forEach(({ id: one, rect }) => moved.set(one, { x: snap(rect.x + shift), y: moved.get(one)?.y ?? rect.y }));
  }
  return moved.size === 0 ? NOTHING : { components: Object.fromEntries([...moved].map(([one, position]) => [one, { position }])) };
}
