import { type Edge, type Node, Position } from "@xyflow/react";

import type { ComponentState } from "@/api/types";
import { isCompact } from "@/document/cards";
import { absoluteRect, type Placements, placementsOf } from "@/document/geometry";
import { calloutsByComponent, childrenOf, countOf, nameOf, type NumberedCallout, parentOf, typeLabel, withContents } from "@/document/queries";
import { quietLinks } from "@/document/quietLinks";
import { addressRange, sizeLine } from "@/document/sizeLine";
import type { Catalogue, Component, DesignDocument, Point, Rect } from "@/document/types";
import { addAmounts, formatChange, formatMoney, isZero } from "@/ui/money";

import type { Route } from "./edges/routing";
import { type DriftMark, type Facts, type FindingCount, findingCounts, SEVERITY_WORDS, STATE_WORDS } from "./facts";

export type Price = { text: string; isMissing: boolean; isNew: boolean };

type Drawn = {
  name: string;
  icon: string;
  category: string;
  count: number;
  price: Price | undefined;
  callouts: readonly NumberedCallout[];
  findings: FindingCount | undefined;
  state: ComponentState | undefined;
  drift: DriftMark | undefined;
};

/** `reach`: what the card says about its quiet links. */
export type CardData = Drawn & { sizeLine: string; isCompact: boolean; reach: string | undefined };
export type ContainerData = Drawn & { kind: string; family: string; range: string };
export type CardNode = Node<CardData, "card">;
export type ContainerNode = Node<ContainerData, "container">;
export type CanvasNode = CardNode | ContainerNode;

export type LinkData = { route: Route; label: Point | undefined; kind: string; text: string; port: string; isDashed: boolean; isQuiet: boolean };
export type LinkEdge = Edge<LinkData, "link">;

/** Containers below, links above them, cards on top. Link labels lie between links and cards. */
export const LAYERS = { container: 0, link: 20, card: 30 } as const;

/** The document's components as nodes, containers first, then in reading order: also the order of the Tab key. */
export function toNodes(document: DesignDocument, catalogue: Catalogue, facts: Facts): CanvasNode[] {
  const placements = placementsOf(document, catalogue);
  const context = { document, catalogue, facts, placements, callouts: calloutsByComponent(document), findings: findingCounts(facts.findings), reach: quietLinks(document).said };
  const nodes: CanvasNode[] = [];
  const add = (containerId: string | undefined, depth: number): void => {
    const inReadingOrder = childrenOf(document, containerId).toSorted((left, right) => {
      const [a, b] = [placements.get(left), placements.get(right)];
      return a && b ? a.y - b.y || a.x - b.x : 0;
    });
    for (const id of inReadingOrder) {
      const component = document.components[id];
      const rect = placements.get(id);
      if (!component || !rect) continue;
      nodes.push(toNode(id, component, rect, depth, context));
      add(id, depth + 1);
    }
  };
  add(undefined, 0);
  return nodes;
}

const NO_CALLOUTS: readonly NumberedCallout[] = [];

type Context = {
  document: DesignDocument;
  catalogue: Catalogue;
  facts: Facts;
  placements: Placements;
  callouts: Map<string, NumberedCallout[]>;
  findings: Map<string, FindingCount>;
  reach: ReadonlyMap<string, string>;
};

function toNode(id: string, component: Component, rect: Rect, depth: number, context: Context): CanvasNode {
  const { document, catalogue, facts } = context;
  const type = catalogue.get(component.type);
  const isContainer = type?.container ?? false;
  const drawn: Drawn = {
    name: nameOf(component, catalogue),
    icon: type?.icon ?? "box",
    category: type?.category ?? "external",
    count: countOf(component, catalogue),
    price: isContainer ? priceOfContents(id, context) : priceOf(id, facts),
    callouts: context.callouts.get(id) ?? NO_CALLOUTS,
    findings: context.findings.get(id),
    state: facts.states?.[id],
    drift: facts.drifts?.[id],
  };
  const size = sizeLine(component, catalogue);
  const parentId = parentOf(document, id);
  const common = {
    id,
    position: { x: rect.x, y: rect.y },
    ...(parentId === undefined ? {} : { parentId }),
    width: rect.width,
    height: rect.height,
    // Sizes are ours, and ends stand in until a node is mounted: links to what is out of sight are drawn too.
    measured: { width: rect.width, height: rect.height },
    handles: (["source", "target"] as const).map((kind) => ({
      type: kind, position: Position.Bottom, x: rect.width / 2, y: rect.height / 2, width: 1, height: 1,
    })),
    ariaLabel: spoken(typeLabel(component, catalogue), drawn, size, addressRange(component, catalogue), context.reach.get(id)),
  };
  return isContainer
    ? {
        ...common,
        type: "container",
        data: { ...drawn, kind: type?.archetype ?? component.type, family: type?.family ?? "", range: addressRange(component, catalogue) },
        zIndex: LAYERS.container + Math.min(depth, 15),
        dragHandle: ".container-header",
        style: { pointerEvents: "none" },
      }
    : { ...common, type: "card", data: { ...drawn, sizeLine: size, isCompact: isCompact(component, catalogue), reach: context.reach.get(id) }, zIndex: LAYERS.card };
}

/** `Drift`, with the money where it adds or saves some. */
export function driftText({ monthly, currency }: DriftMark): string {
  if (monthly === null) return "Drift, no price";
  return isZero(monthly) ? "Drift" : `Drift ${formatChange(monthly, currency)}`;
}

function priceOf(id: string, { estimate, justChanged }: Facts): Price | undefined {
  const cost = estimate?.components[id];
  if (!estimate || !cost) return undefined;
  const isNew = justChanged?.has(id) ?? false;
  if (cost.monthly === null) return cost.unpriced > 0 ? { text: "No price", isMissing: true, isNew } : undefined;
  const isFree = Number(cost.monthly) === 0;
  if (isFree) return cost.unpriced > 0 ? { text: "No price", isMissing: true, isNew } : undefined;
  return { text: formatMoney(cost.monthly, estimate.currency), isMissing: false, isNew };
}

function priceOfContents(id: string, { document, facts: { estimate } }: Context): Price | undefined {
  if (!estimate) return undefined;
  const amounts = withContents(document, [id]).flatMap((inside) => estimate.components[inside]?.monthly ?? []);
  const total = addAmounts(amounts);
  return Number(total) === 0 ? undefined : { text: formatMoney(total, estimate.currency), isMissing: false, isNew: false };
}

/** Type, name, count, size, price, state, findings, callouts: in that order. */
function spoken(type: string, { name, count, price, state, drift, findings, callouts }: Drawn, size: string, range: string, reach?: string): string {
  return [
    type,
    name,
    count === 1 ? "" : `${String(count)} of them`,
    size || range,
    reach && `links: ${reach}`,
    price && (price.isMissing ? "no price in this book" : `${price.text} a month`),
    state && [STATE_WORDS[state.status], state.detail].filter(Boolean).join(", "),
    drift && `differs from what was deployed, ${driftText(drift)}`,
    findings && `${String(findings.count)} ${findings.count === 1 ? "finding" : "findings"}, gravest ${SEVERITY_WORDS[findings.severity].one}`,
    callouts.length > 0 && `${callouts.length === 1 ? "callout" : "callouts"} ${callouts.map(({ number }) => number).join(" and ")}`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** Nodes that say the same as before stay the same objects, so that only what changed is drawn again. */
export function reuseUnchanged<T extends { id: string }>(before: readonly T[], now: T[]): T[] {
  const known = new Map(before.map((one) => [one.id, one]));
  let same = before.length === now.length;
  const result = now.map((one, index) => {
    const earlier = known.get(one.id);
    const kept = earlier && isSame(earlier, one) ? earlier : one;
    if (kept !== before[index]) same = false;
    return kept;
  });
  return same ? (before as T[]) : result;
}

export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  const [a, b] = [Object.entries(left), right as Record<string, unknown>];
  return a.length === Object.keys(b).length && a.every(([name, value]) => name in b && isSame(value, b[name]));
}

/** Where every component is on the canvas, with `moved` standing in for those under the pointer. */
export function absoluteRects(document: DesignDocument, catalogue: Catalogue, moved?: ReadonlyMap<string, Partial<Rect>>): Map<string, Rect> {
  const placements = placementsOf(document, catalogue);
  const preview = moved && moved.size > 0 ? new Map([...placements].map(([id, rect]) => [id, { ...rect, ...moved.get(id) }])) : placements;
  return new Map(
    Object.keys(document.components).flatMap((id) => {
      const rect = absoluteRect(document, preview, id);
      return rect ? [[id, rect] as const] : [];
    }),
  );
}
