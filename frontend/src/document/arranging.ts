import { CONTAINER_HEADER, CONTAINER_PADDING, cardSize, EMPTY_CONTAINER, snap } from "./cards";
import { ancestorsOf, childrenOf, isContainer } from "./queries";
import type { Catalogue, DesignDocument, Rect, Size } from "./types";

export type Arrangement = ReadonlyMap<string, Rect>;

/** Kinds that lead downwards in the picture. The others join things that belong beside each other. */
const FLOWS = new Set(["traffic", "replication", "tunnel"]);
const ROW_GAP = 52;
const COLUMN_GAP = 36;
const STACK_GAP = 28;
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

  const sizeOf = (id: string): Size => sizes.get(id) ?? EMPTY_CONTAINER;
  const edges = edgesAmong(document, ids);
  const rows = breakLongRows(orderRows(layersOf(ids, edges), edges)).map((row) => columnsOf(row, sizeOf));
  const widths = rows.map((columns) => columns.reduce((sum, column) => sum + column.width, COLUMN_GAP * (columns.length - 1)));
  const widest = Math.max(...widths);
  const inset = containerId === undefined ? { x: 0, y: 0 } : { x: CONTAINER_PADDING + 4, y: CONTAINER_HEADER + 12 };

  let y = inset.y;
  rows.forEach((columns, index) => {
    const height = Math.max(...columns.map((column) => column.height));
    let x = inset.x + (widest - (widths[index] ?? 0)) / 2;
    for (const column of columns) {
      let top = y + (height - column.height) / 2;
      for (const id of column.ids) {
        const size = sizeOf(id);
        rects.set(id, { x: snap(x + (column.width - size.width) / 2), y: snap(top), ...size });
        top += size.height + STACK_GAP;
      }
      x += column.width + COLUMN_GAP;
    }
    y += height + ROW_GAP;
  });
  return {
    width: snap(Math.max(EMPTY_CONTAINER.width, widest + 2 * inset.x)),
    height: snap(Math.max(EMPTY_CONTAINER.height, y - ROW_GAP + CONTAINER_PADDING + 8)),
  };
}

type Column = Size & { ids: string[] };

/** Small things beside a large one are stacked, so that a network doesn't stand at the end of a long row of cards. */
function columnsOf(row: string[], sizeOf: (id: string) => Size): Column[] {
  const tallest = Math.max(...row.map((id) => sizeOf(id).height));
  const columns: Column[] = [];
  for (const id of row) {
    const size = sizeOf(id);
    const last = columns.at(-1);
    const isSmall = size.height * 2 <= tallest;
    if (isSmall && last && last.height + STACK_GAP + size.height <= tallest && last.ids.every((one) => sizeOf(one).height * 2 <= tallest)) {
      last.ids.push(id);
      last.width = Math.max(last.width, size.width);
      last.height += STACK_GAP + size.height;
    } else columns.push({ ids: [id], ...size });
  }
  return columns;
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
  const flowing = withoutCircles(ids, edges.filter((edge) => edge.flows));
  const depth = new Map<string, number>();
  const measure = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    const above = flowing.filter((edge) => edge.to === id).map((edge) => measure(edge.from) + 1);
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

/** The links without those that lead back to where one came from, going in at what nothing leads to. */
function withoutCircles(ids: readonly string[], edges: Edge[]): Edge[] {
  const entered = new Set(edges.map((edge) => edge.to));
  const entrances = [...ids.filter((id) => !entered.has(id)), ...ids];
  const kept: Edge[] = [];
  const done = new Set<string>();
  const way = new Set<string>();
  const follow = (id: string): void => {
    if (done.has(id)) return;
    done.add(id);
    way.add(id);
    for (const edge of edges) {
      if (edge.from !== id || way.has(edge.to)) continue;
      kept.push(edge);
      follow(edge.to);
    }
    way.delete(id);
  };
  entrances.forEach(follow);
  return kept;
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
