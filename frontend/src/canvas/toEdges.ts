import { overlaps } from "@/document/geometry";
import { linkWords } from "@/document/linkRules";
import { nameOf } from "@/document/queries";
import { quietLinks } from "@/document/quietLinks";
import type { Catalogue, DesignDocument, Link, Point, Rect } from "@/document/types";

import { type LabelledRoute, labelRect, labelSize, placeLabels } from "./edges/labels";
import { landingsOf, lanesOf, type Route, routeLink } from "./edges/routing";
import { isSame, LAYERS, type LinkEdge } from "./toReactFlow";

/** Links as they were drawn last, to be kept where nothing that they depend on has changed. */
export type Drawing = { rects: ReadonlyMap<string, Rect>; landings: ReadonlyMap<string, string>; edges: LinkEdge[] };

/** Near enough to a way or a label to matter to it. */
const NEAR = 24;
/** A label so close to another one, to its left or right, is read together with it. */
const BESIDE = 32;
const DASHED = new Set(["publish", "origin", "deliver", "backup", "growth", "burst"]);

/**
 * The links as edges with their ways and label places. A way is found anew only where one of its ends moved or
 * something came into or left its surroundings: a drag and an edit cost what they touch, not what there is.
 */
export function toEdges(document: DesignDocument, catalogue: Catalogue, rects: ReadonlyMap<string, Rect>, before?: Drawing): Drawing {
  const cards = new Map<string, Rect>();
  const headers: Rect[] = [];
  for (const [id, component] of Object.entries(document.components)) {
    const rect = rects.get(id);
    if (!rect) continue;
    if (catalogue.get(component.type)?.container) headers.push({ ...rect, width: Math.min(rect.width, 240), height: 26 });
    else cards.set(id, rect);
  }
  const links = Object.entries(document.links).map(([id, { source, target }]) => ({ id, source, target }));
  const quiet = quietLinks(document).ids;
  const back = thereAndBack(document);
  const seen = links.filter(({ id }) => !back.has(id));
  const [arriving, lanes] = [landingsOf(seen.filter(({ id }) => !quiet.has(id)), rects), lanesOf(seen)];
  const spread = (id: string) => ({ from: lanes.get(id) ?? 0, to: (arriving.get(id) ?? 0) + (lanes.get(id) ?? 0) });
  const landings = new Map(links.map(({ id }) => [id, JSON.stringify(spread(id))]));
  const changes = before ? changedRects(before.rects, rects) : [];
  const earlier = new Map(before?.edges.map((edge) => [edge.id, edge]));

  const routes = new Map<string, Route>();
  for (const link of links) {
    const [source, target] = [rects.get(link.source), rects.get(link.target)];
    if (!source || !target) continue;
    const known = earlier.get(link.id);
    const keeps =
      known?.data !== undefined &&
      known.source === link.source &&
      known.target === link.target &&
      before?.landings.get(link.id) === landings.get(link.id) &&
      isSame(before?.rects.get(link.source), source) &&
      isSame(before?.rects.get(link.target), target) &&
      !changes.some((rect) => overlaps(rect, boundsOf(known.data?.route ?? []), NEAR));
    if (keeps && known.data) routes.set(link.id, known.data.route);
    else if (!back.has(link.id)) {
      const others = [...cards].flatMap(([id, rect]) => (id === link.source || id === link.target ? [] : [rect]));
      routes.set(link.id, routeLink(source, target, others, spread(link.id)));
    }
  }

  for (const [id, there] of back) {
    const route = routes.get(there);
    const known = earlier.get(id)?.data?.route.toReversed();
    if (route) routes.set(id, known && isSame(known, route) ? (earlier.get(id)?.data?.route ?? route.toReversed()) : route.toReversed());
  }

  const labels = labelPlaces(document, new Set([...quiet, ...back.keys()]), routes, earlier, changes, [...cards.values()], headers);
  const edges = Object.entries(document.links).flatMap(([id, link]) => {
    const route = routes.get(id);
    return route ? [toEdge(id, link, route, labels.get(id), quiet.has(id), document, catalogue)] : [];
  });
  return { rects, landings, edges };
}

/** The second of two links that say the same there and back, with the first: they are drawn as one. */
function thereAndBack({ links }: DesignDocument): Map<string, string> {
  const known = new Map<string, string>();
  const back = new Map<string, string>();
  for (const [id, link] of Object.entries(links)) {
    const { text, port } = linkWords(link);
    const there = known.get(JSON.stringify([link.target, link.source, link.kind, text, port]));
    if (there === undefined) known.set(JSON.stringify([link.source, link.target, link.kind, text, port]), id);
    else back.set(id, there);
  }
  return back;
}

function labelPlaces(
  document: DesignDocument,
  silent: ReadonlySet<string>,
  routes: ReadonlyMap<string, Route>,
  earlier: ReadonlyMap<string, LinkEdge>,
  changes: readonly Rect[],
  cards: readonly Rect[],
  headers: readonly Rect[],
): Map<string, Point> {
  const places = new Map<string, Point>();
  const kept: Rect[] = [];
  const open: LabelledRoute[] = [];
  for (const [id, link] of Object.entries(document.links)) {
    const route = routes.get(id);
    const { text, port } = linkWords(link);
    // An attached disk stands beside its server: the dots at both ends say it all. Silent: a card or the way there speaks for it.
    if (!route || link.kind === "attach" || silent.has(id) || (!text && !port)) continue;
    const size = labelSize(text, port);
    const known = earlier.get(id)?.data;
    const rect = known?.label && labelRect(known.label, size);
    if (known?.label && rect && known.route === route && known.text === text && known.port === port && !changes.some((one) => overlaps(one, rect, NEAR))) {
      places.set(id, known.label);
      kept.push(rect);
    } else open.push({ id, route, size });
  }
  for (const [id, point] of placeLabels(open, cards, headers, kept)) places.set(id, point);
  for (const id of echoes(document, places)) places.delete(id);
  return places;
}

/** Labels that repeat what stands right beside them, of a link from or to the same component: one of them says it. */
function echoes({ links }: DesignDocument, places: ReadonlyMap<string, Point>): string[] {
  const said = new Map<string, { link: Link; rect: Rect }[]>();
  return [...places].flatMap(([id, point]) => {
    const link = links[id];
    if (!link) return [];
    const { text, port } = linkWords(link);
    const rect = labelRect(point, labelSize(text, port));
    const words = JSON.stringify([link.kind, text, port]);
    const before = said.get(words) ?? [];
    const isEcho = before.some(
      (one) => (one.link.source === link.source || one.link.target === link.target) && overlaps({ ...one.rect, x: one.rect.x - BESIDE, width: one.rect.width + 2 * BESIDE }, rect),
    );
    if (isEcho) return [id];
    said.set(words, [...before, { link, rect }]);
    return [];
  });
}

/** What stands elsewhere than before: where it was and where it is. */
function changedRects(before: ReadonlyMap<string, Rect>, now: ReadonlyMap<string, Rect>): Rect[] {
  const changes: Rect[] = [];
  for (const [id, rect] of now) {
    const was = before.get(id);
    if (was && isSame(was, rect)) continue;
    changes.push(rect);
    if (was) changes.push(was);
  }
  for (const [id, rect] of before) if (!now.has(id)) changes.push(rect);
  return changes;
}

function boundsOf(route: Route): Rect {
  const xs = route.map((point) => point.x);
  const ys = route.map((point) => point.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Servers that don't exist yet: the way to them doesn't either. */
function leadsToGrowth(link: Link, { components }: DesignDocument, catalogue: Catalogue): boolean {
  return [link.source, link.target].some((end) => catalogue.get(components[end]?.type ?? "")?.family === "growth_pool");
}

function toEdge(id: string, link: Link, route: Route, label: Point | undefined, isQuiet: boolean, document: DesignDocument, catalogue: Catalogue): LinkEdge {
  const { text, port } = linkWords(link);
  const name = (end: string): string => {
    const component = document.components[end];
    return component ? nameOf(component, catalogue) : end;
  };
  return {
    id,
    type: "link",
    source: link.source,
    target: link.target,
    data: { route, label, kind: link.kind, text, port, isQuiet, isDashed: DASHED.has(link.kind) || link.style === "dashed" || leadsToGrowth(link, document, catalogue) },
    ariaLabel: ["Link", `${name(link.source)} to ${name(link.target)}`, [text, port].filter(Boolean).join(" ")].filter(Boolean).join(", "),
    zIndex: LAYERS.link,
  };
}
