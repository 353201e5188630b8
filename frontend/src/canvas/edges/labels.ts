import { textWidth } from "@/document/cards";
import { overlaps } from "@/document/geometry";
import type { Point, Rect, Size } from "@/document/types";

import { distance, type Route } from "./routing";

export type LabelledRoute = { id: string; route: Route; size: Size };

const STEP = 6;
/** Badges and price chips stick out of their card by this much. */
const CARD_MARGIN = 11;

/**
 * A place for each link's label: as near to the middle of its line as nothing else stands. A label slides along
 * its line; it never leaves it. Where no place is free it takes the one that covers least.
 */
export function placeLabels(
  routes: readonly LabelledRoute[],
  cards: readonly Rect[],
  headers: readonly Rect[] = [],
  labels: readonly Rect[] = [],
): Map<string, Point> {
  const places = new Map<string, Point>();
  const standing = [...cards.map((card) => grow(card, CARD_MARGIN)), ...labels.map((label) => grow(label, 3))];
  for (const { id, route, size } of routes) {
    const reach = reachOf(route, size);
    const taken = standing.filter((rect) => overlaps(rect, reach));
    const avoided = headers.filter((rect) => overlaps(rect, reach));
    let best: { point: Point; rect: Rect; cover: number } | undefined;
    for (const point of pointsFromTheMiddle(route)) {
      const rect = labelRect(point, size);
      const cover = coverOf(rect, taken) * 4 + coverOf(rect, avoided);
      if (!best || cover < best.cover) best = { point, rect, cover };
      if (cover === 0) break;
    }
    if (!best) continue;
    places.set(id, best.point);
    standing.push(grow(best.rect, 3));
  }
  return places;
}

/** As LinkEdge.module.css draws it: padding, border, a gap before the port, which is a little bolder. */
export function labelSize(text: string, port: string): Size {
  const [furniture, gap] = [14, text && port ? 4 : 0];
  return { width: Math.ceil(furniture + textWidth(text, 11) + gap + textWidth(port, 11) * 1.04), height: 18 };
}

export function labelRect(point: Point, size: Size): Rect {
  return { x: point.x - size.width / 2, y: point.y - size.height / 2, ...size };
}

/** Everywhere a label could come to lie. */
function reachOf(route: Route, size: Size): Rect {
  const xs = route.map((point) => point.x);
  const ys = route.map((point) => point.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return {
    x: x - size.width / 2,
    y: y - size.height / 2,
    width: Math.max(...xs) - x + size.width,
    height: Math.max(...ys) - y + size.height,
  };
}

/** Points along the line, beginning in the middle and going out to both sides. */
function pointsFromTheMiddle(route: Route): Point[] {
  const length = route.reduce((sum, point, index) => sum + (index === 0 ? 0 : distance(route[index - 1] ?? point, point)), 0);
  const points: Point[] = [];
  for (let out = 0; out <= length / 2; out += STEP) {
    points.push(pointAt(route, length / 2 + out));
    if (out > 0) points.push(pointAt(route, length / 2 - out));
  }
  return points;
}

export function pointAt(route: Route, along: number): Point {
  let left = along;
  for (const [index, to] of route.entries()) {
    const from = route[index - 1];
    if (!from) continue;
    const length = distance(from, to);
    if (left <= length && length > 0) {
      return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length };
    }
    left -= length;
  }
  return route.at(-1) ?? { x: 0, y: 0 };
}

function coverOf(rect: Rect, obstacles: readonly Rect[]): number {
  let cover = 0;
  for (const other of obstacles) {
    if (!overlaps(rect, other)) continue;
    const width = Math.min(rect.x + rect.width, other.x + other.width) - Math.max(rect.x, other.x);
    const height = Math.min(rect.y + rect.height, other.y + other.height) - Math.max(rect.y, other.y);
    cover += width * height;
  }
  return cover;
}

function grow(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by };
}
