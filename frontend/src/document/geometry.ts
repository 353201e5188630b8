import { arrange, type Arrangement } from "./arranging";
import { cardSize, CONTAINER_HEADER, CONTAINER_PADDING, EMPTY_CONTAINER, snap } from "./cards";
import { ancestorsOf, childrenOf, isContainer, parentOf } from "./queries";
import type { Catalogue, DesignDocument, Point, Rect, Size } from "./types";

export type Placements = ReadonlyMap<string, Rect>;
const remembered = new WeakMap<DesignDocument, { catalogue: Catalogue; placements: Placements }>();

/**
 * Where everything is, measured from its parent's inside corner. What the document does not place is arranged,
 * and a container is never smaller than its contents.
 */
export function placementsOf(document: DesignDocument, catalogue: Catalogue): Placements {
  const known = remembered.get(document);
  if (known?.catalogue === catalogue) return known.placements;
  const placements = new Map<string, Rect>();
  const arranged = Object.values(document.components).every((component) => component.position)
    ? undefined
    : arrange(document, catalogue);
  placeChildren(document, catalogue, undefined, placements, arranged);
  remembered.set(document, { catalogue, placements });
  return placements;
}

function placeChildren(
  document: DesignDocument,
  catalogue: Catalogue,
  containerId: string | undefined,
  placements: Map<string, Rect>,
  arranged: Arrangement | undefined,
): void {
  const ids = childrenOf(document, containerId);
  for (const id of ids) {
    const component = document.components[id];
    if (!component) continue;
    let size: Size;
    if (isContainer(component, catalogue)) {
      placeChildren(document, catalogue, id, placements, arranged);
      const own = component.size ?? (component.position ? EMPTY_CONTAINER : arranged?.get(id)) ?? EMPTY_CONTAINER;
      const needed = spaceFor(childrenOf(document, id).map((child) => placements.get(child)));
      size = { width: Math.max(own.width, needed.width), height: Math.max(own.height, needed.height) };
    } else {
      size = cardSize(component, catalogue);
    }
    placements.set(id, { ...(component.position ?? arranged?.get(id) ?? { x: 0, y: 0 }), ...size });
  }
  // A newcomer without a place goes below what the document has placed, instead of on top of it.
  const placed = ids.filter((id) => document.components[id]?.position);
  const unplaced = ids.filter((id) => !document.components[id]?.position);
  if (placed.length > 0 && unplaced.length > 0) {
    const bottom = Math.max(...placed.map((id) => bottomOf(placements.get(id))));
    const top = Math.min(...unplaced.map((id) => placements.get(id)?.y ?? 0));
    for (const id of unplaced) {
      const rect = placements.get(id);
      if (rect) placements.set(id, { ...rect, y: rect.y - top + bottom + 24 });
    }
  }
}

/** The least a container may measure around these contents. */
export function spaceFor(rects: Iterable<Rect | undefined>): Size {
  let { width, height } = { width: 0, height: 0 };
  for (const rect of rects) {
    if (!rect) continue;
    width = Math.max(width, rect.x + rect.width + CONTAINER_PADDING);
    height = Math.max(height, rect.y + rect.height + CONTAINER_PADDING);
  }
  return width === 0 ? { width: 120, height: 64 } : { width, height };
}

export function absoluteRect(document: DesignDocument, placements: Placements, id: string): Rect | undefined {
  const rect = placements.get(id);
  if (!rect) return undefined;
  const origin = originOf(document, placements, parentOf(document, id));
  return { ...rect, x: rect.x + origin.x, y: rect.y + origin.y };
}

/** Where a container's inside corner is on the canvas. */
export function originOf(document: DesignDocument, placements: Placements, containerId: string | undefined): Point {
  if (containerId === undefined) return { x: 0, y: 0 };
  return [containerId, ...ancestorsOf(document, containerId)].reduce<Point>((sum, id) => {
    const rect = placements.get(id);
    return { x: sum.x + (rect?.x ?? 0), y: sum.y + (rect?.y ?? 0) };
  }, { x: 0, y: 0 });
}

/** The innermost container under a point of the canvas, leaving out those in `except`. */
export function containerAt(
  document: DesignDocument,
  catalogue: Catalogue,
  point: Point,
  except: ReadonlySet<string> = new Set(),
): string | undefined {
  const placements = placementsOf(document, catalogue);
  const find = (containerId: string | undefined, at: Point): string | undefined => {
    for (const id of childrenOf(document, containerId).toReversed()) {
      const component = document.components[id];
      const rect = placements.get(id);
      if (!component || !rect || except.has(id) || !isContainer(component, catalogue) || !contains(rect, at)) continue;
      return find(id, { x: at.x - rect.x, y: at.y - rect.y }) ?? id;
    }
    return undefined;
  };
  return find(undefined, point);
}

/** The component under a point, cards before the containers they lie on. */
export function componentAt(document: DesignDocument, catalogue: Catalogue, point: Point): string | undefined {
  const placements = placementsOf(document, catalogue);
  const card = Object.entries(document.components)
    .filter(([, component]) => !isContainer(component, catalogue))
    .findLast(([id]) => {
      const rect = absoluteRect(document, placements, id);
      return rect !== undefined && contains(rect, point);
    });
  return card?.[0] ?? containerAt(document, catalogue, point);
}

/** A place for a new card: as near to `wanted` as nothing else covers, row by row. */
export function freeSpot(document: DesignDocument, catalogue: Catalogue, containerId: string | undefined, size: Size, wanted?: Point): Point {
  const placements = placementsOf(document, catalogue);
  const taken = childrenOf(document, containerId).flatMap((id) => placements.get(id) ?? []);
  const start = wanted ?? { x: CONTAINER_PADDING * 2, y: CONTAINER_HEADER + CONTAINER_PADDING };
  const room = containerId === undefined ? 1200 : Math.max(placements.get(containerId)?.width ?? 0, size.width + 48);
  const rowHeight = size.height + 28;
  for (let row = 0; row < 40; row += 1) {
    const y = start.y + row * rowHeight;
    for (let x = start.x; x === start.x || x + size.width + CONTAINER_PADDING <= room; x += 24) {
      const spot = { x: snap(x), y: snap(y), ...size };
      if (!taken.some((rect) => overlaps(rect, spot, 12))) return { x: spot.x, y: spot.y };
    }
  }
  return { x: snap(start.x), y: snap(Math.max(start.y, ...taken.map((rect) => bottomOf(rect) + 24))) };
}

export function contains(rect: Rect, point: Point): boolean {
  return point.x >= rect.x && point.x <= rect.x + rect.width && point.y >= rect.y && point.y <= rect.y + rect.height;
}

export function overlaps(left: Rect, right: Rect, gap = 0): boolean {
  return (
    left.x < right.x + right.width + gap &&
    right.x < left.x + left.width + gap &&
    left.y < right.y + right.height + gap &&
    right.y < left.y + left.height + gap
  );
}

function bottomOf(rect: Rect | undefined): number {
  return rect ? rect.y + rect.height : 0;
}
