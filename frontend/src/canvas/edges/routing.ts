import type { Point, Rect } from "@/document/types";

export type Side = "top" | "right" | "bottom" | "left";
export type Route = readonly Point[];

/** How far a link runs straight out of a card before it may turn. */
const STUB = 18;
const CORNER = 8;
/** Off the middle, for links that leave on the left or arrive on the right: most do the opposite. */
const ASIDE = 8;

type Ends = { from: Side; to: Side };
/** Where along its side a link starts and ends: 0 is the middle. */
type Offsets = { from: number; to: number };

/**
 * An orthogonal way from one card to another. Several are drawn up and the one that crosses the fewest other cards,
 * turns least and is shortest is taken. Pure: the same cards give the same way.
 */
export function routeLink(source: Rect, target: Rect, others: readonly Rect[] = [], spread: Offsets = { from: 0, to: 0 }): Route {
  const candidates = [...sidesFor(source, target).flatMap((ends) => waysBetween(source, target, ends, spread)), ...detours(source, target, spread)];
  let best: { route: Route; cost: number } | undefined;
  for (const [preference, route] of candidates.entries()) {
    const cost = costOf(route, others) + preference * 6;
    if (!best || cost < best.cost) best = { route, cost };
  }
  return best?.route ?? [centre(source), centre(target)];
}

/** Pairs of sides worth trying, the natural one first. */
function sidesFor(source: Rect, target: Rect): Ends[] {
  const down = target.y - (source.y + source.height);
  const up = source.y - (target.y + target.height);
  const right = target.x - (source.x + source.width);
  const left = source.x - (target.x + target.width);
  const vertical: Ends[] = down >= STUB ? [{ from: "bottom", to: "top" }] : up >= STUB ? [{ from: "top", to: "bottom" }] : [];
  const horizontal: Ends[] = right >= 12 ? [{ from: "right", to: "left" }] : left >= 12 ? [{ from: "left", to: "right" }] : [];
  const around: Ends[] = [
    { from: "right", to: "right" },
    { from: "left", to: "left" },
  ];
  const corner: Ends[] =
    vertical.length > 0 && horizontal.length > 0
      ? [{ from: horizontal[0]?.from ?? "right", to: vertical[0]?.to ?? "top" }, { from: vertical[0]?.from ?? "bottom", to: horizontal[0]?.to ?? "left" }]
      : [];
  return [...vertical, ...horizontal, ...corner, ...around];
}

function waysBetween(source: Rect, target: Rect, { from, to }: Ends, spread: Offsets): Route[] {
  const [a, b] = [port(source, from, spread.from - (from === "left" ? ASIDE : 0)), port(target, to, spread.to + (to === "right" ? ASIDE : 0))];
  if (isVertical(from) && isVertical(to)) {
    const straight = straightenX(source, target, a.x, b.x, spread);
    if (straight !== undefined) return [[{ x: straight, y: a.y }, { x: straight, y: b.y }]];
    return between(a.y, b.y).map((y) => [a, { x: a.x, y }, { x: b.x, y }, b]);
  }
  if (!isVertical(from) && !isVertical(to) && from !== to) {
    const straight = straightenY(source, target, a.y, b.y);
    if (straight !== undefined) return [[{ x: a.x, y: straight }, { x: b.x, y: straight }]];
    return between(a.x, b.x).map((x) => [a, { x, y: a.y }, { x, y: b.y }, b]);
  }
  if (from === to) {
    const x = from === "right" ? Math.max(a.x, b.x) + STUB + 10 : Math.min(a.x, b.x) - STUB - 10;
    return [[a, { x, y: a.y }, { x, y: b.y }, b]];
  }
  return [isVertical(from) ? [a, { x: a.x, y: b.y }, b] : [a, { x: b.x, y: a.y }, b]];
}

/** Out at a flank and past what stands right below or above, for cards whose way straight ahead is taken. */
function detours(source: Rect, target: Rect, spread: Offsets): Route[] {
  const isDown = target.y - (source.y + source.height) >= 2 * STUB;
  if (!isDown && source.y - (target.y + target.height) < 2 * STUB) return [];
  const end = port(target, isDown ? "top" : "bottom", spread.to);
  const y = isDown ? end.y - STUB : end.y + STUB;
  return (["left", "right"] as const).map((side) => {
    const start = port(source, side, spread.from - (side === "left" ? ASIDE : 0));
    const x = side === "left" ? start.x - STUB : start.x + STUB;
    return [start, { x, y: start.y }, { x, y }, { x: end.x, y }, end];
  });
}

/** Middle first, then close to either end. */
function between(from: number, to: number): number[] {
  const stub = Math.sign(to - from) * Math.min(STUB, Math.abs(to - from) / 2);
  return [(from + to) / 2, from + stub, to - stub];
}

/** One x for both ends where the cards overlap enough, so that near neighbours get no jog. */
function straightenX(source: Rect, target: Rect, a: number, b: number, spread: Offsets): number | undefined {
  if (a === b) return a;
  const low = Math.max(source.x, target.x) + 12;
  const high = Math.min(source.x + source.width, target.x + target.width) - 12;
  if (low > high || (spread.to !== 0 && Math.abs(a - b) > 48)) return undefined;
  const x = spread.to !== 0 ? b : (a + b) / 2;
  return Math.abs(a - b) <= 64 ? Math.min(high, Math.max(low, x)) : undefined;
}

function straightenY(source: Rect, target: Rect, a: number, b: number): number | undefined {
  const low = Math.max(source.y, target.y) + 10;
  const high = Math.min(source.y + source.height, target.y + target.height) - 10;
  return low <= high ? Math.min(high, Math.max(low, (a + b) / 2)) : undefined;
}

function port(rect: Rect, side: Side, offset: number): Point {
  switch (side) {
    case "top":
      return { x: rect.x + rect.width / 2 + offset, y: rect.y };
    case "bottom":
      return { x: rect.x + rect.width / 2 + offset, y: rect.y + rect.height };
    case "left":
      return { x: rect.x, y: rect.y + rect.height / 2 + clamp(offset, rect.height / 2 - 8) };
    case "right":
      return { x: rect.x + rect.width, y: rect.y + rect.height / 2 + clamp(offset, rect.height / 2 - 8) };
  }
}

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
const isVertical = (side: Side): boolean => side === "top" || side === "bottom";

function costOf(route: Route, others: readonly Rect[]): number {
  let cost = (route.length - 2) * 40;
  for (const [index, to] of route.entries()) {
    const from = route[index - 1];
    if (!from) continue;
    cost += (Math.abs(to.x - from.x) + Math.abs(to.y - from.y)) * 0.25;
    for (const rect of others) if (crosses(from, to, rect)) cost += 1000;
  }
  return cost;
}

function crosses(from: Point, to: Point, rect: Rect): boolean {
  return (
    Math.max(from.x, to.x) > rect.x &&
    Math.min(from.x, to.x) < rect.x + rect.width &&
    Math.max(from.y, to.y) > rect.y &&
    Math.min(from.y, to.y) < rect.y + rect.height
  );
}

function centre(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

/** Between two links that join the same two cards. */
const LANE = 16;

/** Several links between the same two cards, there or back, run beside each other: how far each is off the middle. */
export function lanesOf(links: readonly RoutedLink[]): Map<string, number> {
  const pairs = new Map<string, string[]>();
  for (const { id, source, target } of links) {
    const pair = JSON.stringify([source, target].sort());
    pairs.set(pair, [...(pairs.get(pair) ?? []), id]);
  }
  const lanes = new Map<string, number>();
  for (const ids of pairs.values()) {
    if (ids.length > 1) ids.forEach((id, index) => lanes.set(id, (index - (ids.length - 1) / 2) * LANE));
  }
  return lanes;
}

export type RoutedLink = { id: string; source: string; target: string };

/**
 * How far from the middle of its side each link lands. Links that arrive from different cards at one side of a card
 * land beside each other, in the order of where they come from; those that leave one card share their start.
 */
export function landingsOf(links: readonly RoutedLink[], rects: ReadonlyMap<string, Rect>): Map<string, number> {
  const arrivals = new Map<string, { target: string; arriving: { id: string; from: number }[] }>();
  for (const { id, source: from, target: to } of links) {
    const [source, target] = [rects.get(from), rects.get(to)];
    if (!source || !target) continue;
    const side = sidesFor(source, target)[0]?.to ?? "top";
    if (!isVertical(side)) continue;
    const place = JSON.stringify([to, side]);
    const known = arrivals.get(place) ?? { target: to, arriving: [] };
    known.arriving.push({ id, from: centre(source).x });
    arrivals.set(place, known);
  }
  const landings = new Map<string, number>();
  for (const { target, arriving } of arrivals.values()) {
    const step = Math.min(48, ((rects.get(target)?.width ?? 0) - 48) / arriving.length);
    arriving.sort((left, right) => left.from - right.from);
    arriving.forEach(({ id }, index) => landings.set(id, (index - (arriving.length - 1) / 2) * step));
  }
  return landings;
}

/** An SVG path with rounded corners. */
export function pathOf(route: Route): string {
  const [start, ...rest] = route;
  if (!start) return "";
  let path = `M${xy(start)}`;
  for (const [index, point] of rest.entries()) {
    const before = route[index] ?? start;
    const after = rest[index + 1];
    if (!after) {
      path += `L${xy(point)}`;
      continue;
    }
    const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2);
    path += `L${xy(towards(point, before, radius))}Q${xy(point)} ${xy(towards(point, after, radius))}`;
  }
  return path;
}

export function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}

function xy({ x, y }: Point): string {
  return `${String(Math.round(x * 10) / 10)} ${String(Math.round(y * 10) / 10)}`;
}
