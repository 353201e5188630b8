import { CONTAINER_HEADER, CONTAINER_PADDING, cardSize, EMPTY_CONTAINER, snap } from "./cards";
import { ancestorsOf, childrenOf, isContainer } from "./queries";
import type { Catalogue, DesignDocument, Rect, Size } from "./types";

export type Arrangement = ReadonlyMap<string, Rect>;

/** Kinds that lead downwards in the picture. The others join things that belong beside each other. */
const FLOWS = new Set(["traffic", "replication", "tunnel"]);
const ROW_GAP = 52;
const COLUMN_GAP = 36;
const LONGEST_ROW = 6;

/**
 * A layered drawing from top to bottom, container by container: traffic flows down, attached things stand beside
 * their owner, crossing links are reduced by ordering each row by its neighbours. Positions are relative to parents.
 */
export function arrange(document: DesignDocument, catalogue: Catalogue, within?: string): Arrangement {
  const rects = new Map<string, Rect>();
  arrangeChildren(document, catalogue, within, rects);
  return rects;
}

function arrangeChildren(document: DesignDocument, catalogue: Catalogue, containerId: string | undefined, rects: Map<string, Rect>): Size {
  const ids = childrenOf(document, containerId);
  const sizes = new Map<string, Size>();
  for (const id of ids) {
    const component = document.components[id];
    if (!component) continue;
    sizes.set(id, isContainer(component, catalogue) ? arrangeChildren(document, catalogue, id, rects) : cardSize(component, catalogue));
  }
  if (ids.length === 0) return EMPTY_CONTAINER;

  const edges = edgesAmong(document, ids);
  const rows = breakLongRows(orderRows(layersOf(ids, edges), edges));
  const sizeOf = (id: string): Size => sizes.get(id) ?? EMPTY_CONTAINER;
  const widths = rows.map((row) => row.reduce((sum, id) => sum + sizeOf(id).width, 0) + COLUMN_GAP * (row.length - 1));
  const widest = Math.max(...widths);
  const inset = containerId === undefined ? { x: 0, y: 0 } : { x: CONTAINER_PADDING + 4, y: CONTAINER_HEADER + 12 };

  let y = inset.y;
  rows.forEach((row, index) => {
    const height = Math.max(...row.map((id) => sizeOf(id).height));
    let x = inset.x + (widest - (widths[index] ?? 0)) / 2;
    for (const id of row) {
      const size = sizeOf(id);
      rects.set(id, { x: snap(x), y: snap(y + (height - size.height) / 2), ...size });
      x += size.width + COLUMN_GAP;
    }
    y += height + ROW_GAP;
  });
  return {
    width: snap(Math.max(EMPTY_CONTAINER.width, widest + 2 * inset.x)),
    height: snap(Math.max(EMPTY_CONTAINER.height, y - ROW_GAP + CONTAINER_PADDING + 8)),
  };
}

type Edge = { from: string; to: string; flows: boolean };

/** The links between these siblings, or between what is inside them. */
function edgesAmong(document: DesignDocument, siblings: readonly string[]): Edge[] {
  const chosen = new Set(siblings);
  const lift = (id: string): string | undefined => [id, ...ancestorsOf(document, id)].find((at) => chosen.has(at));
  return Object.values(document.links).flatMap((link) => {
    const [from, to] = [lift(link.source), lift(link.target)];
    return from === undefined || to === undefined || from === to ? [] : [{ from, to, flows: FLOWS.has(link.kind) }];
  });
}

/** Longest path over the flowing links; what has none stands in the row of a neighbour. */
function layersOf(ids: readonly string[], edges: Edge[]): string[][] {
  const flowing = edges.filter((edge) => edge.flows);
  const depth = new Map<string, number>();
  const visiting = new Set<string>();
  const measure = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    if (visiting.has(id)) return 0; // a circle: cut it where we came in
    visiting.add(id);
    const above = flowing.filter((edge) => edge.to === id).map((edge) => measure(edge.from) + 1);
    visiting.delete(id);
    const layer = Math.max(0, ...above);
    depth.set(id, layer);
    return layer;
  };
  const inFlow = new Set(flowing.flatMap((edge) => [edge.from, edge.to]));
  ids.filter((id) => inFlow.has(id)).forEach(measure);

  let waiting = ids.filter((id) => !inFlow.has(id));
  for (let progress = true; progress && waiting.length > 0; ) {
    progress = false;
    for (const id of waiting) {
      const neighbour = edges.flatMap((edge) => (edge.from === id ? [edge.to] : edge.to === id ? [edge.from] : [])).find((other) => depth.has(other));
      if (neighbour === undefined) continue;
      depth.set(id, depth.get(neighbour) ?? 0);
      progress = true;
    }
    waiting = waiting.filter((id) => !depth.has(id));
  }
  waiting.forEach((id) => depth.set(id, 0));

  const layers: string[][] = [];
  for (const id of ids) (layers[depth.get(id) ?? 0] ??= []).push(id);
  return layers.filter((layer) => layer.length > 0);
}

/** A few sweeps of the barycentre rule. */
function orderRows(layers: string[][], edges: Edge[]): string[][] {
  let rows = layers;
  for (let sweep = 0; sweep < 4; sweep += 1) {
    const place = new Map(rows.flatMap((row) => row.map((id, index) => [id, (index + 0.5) / row.length] as const)));
    rows = rows.map((row) => {
      const weight = new Map(
        row.map((id) => {
          const around = edges.flatMap((edge) => (edge.from === id ? [place.get(edge.to)] : edge.to === id ? [place.get(edge.from)] : []));
          const known = around.filter((at) => at !== undefined);
          return [id, known.length > 0 ? known.reduce((sum, at) => sum + at, 0) / known.length : (place.get(id) ?? 0.5)] as const;
        }),
      );
      return [...row].sort((left, right) => (weight.get(left) ?? 0) - (weight.get(right) ?? 0));
    });
  }
  return rows.map((row) => besideTheirOwner(row, edges));
}

/** Attached things stand right next to what they are attached to. */
function besideTheirOwner(row: string[], edges: Edge[]): string[] {
  const result = row.filter((id) => !ownerInRow(id, row, edges));
  for (const id of row.filter((one) => !result.includes(one))) {
    const owner = ownerInRow(id, row, edges);
    const at = owner === undefined ? -1 : result.indexOf(owner);
    result.splice(at < 0 ? result.length : at + 1, 0, id);
  }
  return result;
}

function ownerInRow(id: string, row: string[], edges: Edge[]): string | undefined {
  const joins = edges.filter((edge) => edge.from === id || edge.to === id);
  if (joins.length !== 1 || joins[0]?.flows !== false) return undefined;
  const owner = joins[0].from === id ? joins[0].to : joins[0].from;
  const ownersJoins = edges.filter((edge) => edge.from === owner || edge.to === owner);
  return row.includes(owner) && ownersJoins.length > 1 ? owner : undefined;
}

function breakLongRows(rows: string[][]): string[][] {
  return rows.flatMap((row) => {
    const parts = Math.ceil(row.length / LONGEST_ROW);
    const length = Math.ceil(row.length / parts);
    return Array.from({ length: parts }, (_, part) => row.slice(part * length, (part + 1) * length));
  });
}
