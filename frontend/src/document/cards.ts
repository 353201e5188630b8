import { nameOf } from "./queries";
import { sizeLine } from "./sizeLine";
import type { Catalogue, Component, Size } from "./types";

/** Units: canvas pixels at 100 % zoom. */
export const GRID = 4;
export const CONTAINER_PADDING = 12;
export const CONTAINER_HEADER = 28;
export const EMPTY_CONTAINER: Size = { width: 240, height: 120 };
const CARD = { height: 56, minimum: 176, maximum: 240, furniture: 70 };
const COMPACT_CARD = { height: 44, minimum: 124, maximum: 208, furniture: 56 };

/** Attached things and the edge of the picture: they are there to be seen, not to be read first. */
const COMPACT = new Set([
  "internet", "client", "edge_switch", "public_network", "cdn", "monitoring", "alarm", "volume", "floating_ip",
  "route_table", "nat_gateway", "backup_policy", "dns_zone", "dns_external", "growth_pool", "keypair", "image",
]);

export function isCompact(component: Component, catalogue: Catalogue): boolean {
  return COMPACT.has(catalogue.get(component.type)?.archetype ?? component.type);
}

/** The size of a card follows its words, so that two people see the same picture. */
export function cardSize(component: Component, catalogue: Catalogue): Size {
  const card = isCompact(component, catalogue) ? COMPACT_CARD : CARD;
  const words = Math.max(textWidth(nameOf(component, catalogue), 12.5), textWidth(sizeLine(component, catalogue), 11) * 0.97);
  const width = Math.ceil((card.furniture + words) / GRID) * GRID;
  return { width: Math.min(card.maximum, Math.max(card.minimum, width)), height: card.height };
}

/** Width of a text in our typeface at a size in pixels, near enough to lay cards out without a screen. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) {
    ems += /[ijl.,:;'|!]/.test(letter) ? 0.28 : /[ ftr()[\]·/-]/.test(letter) ? 0.37 : /[mwMW@%]/.test(letter) ? 0.87 : /[A-Z]/.test(letter) ? 0.69 : 0.59;
  }
  return ems * size;
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
