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

export function isCompact(component: Component): boolean {
  return COMPACT.has(component.type);
}

/** The size of a card follows its words, so that two people see the same picture. */
export function cardSize(component: Component, catalogue: Catalogue): Size {
  const card = isCompact(component) ? COMPACT_CARD : CARD;
  const words = Math.max(nameOf(component, catalogue).length * 6.8, sizeLine(component, catalogue).length * 5.6);
  const width = Math.ceil((card.furniture + words) / GRID) * GRID;
  return { width: Math.min(card.maximum, Math.max(card.minimum, width)), height: card.height };
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
