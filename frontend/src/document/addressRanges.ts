import { childrenOf, propertiesOf } from "./queries";
import type { Catalogue, DesignDocument } from "./types";

export type AddressRange = { first: number; last: number; prefix: number };

/** Parse IPv4 CIDR such as 10.0.10.0/24; undefined when it is none. */
export function parseRange(text: unknown): AddressRange | undefined {
  const match = typeof text === "string" ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text.trim()) : null;
  if (!match) return undefined;
  const [a, b, c, d, prefix] = match.slice(1).map(Number) as [number, number, number, number, number];
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const length = 2 ** (32 - prefix);
  const first = Math.floor(address / length) * length;
  return { first, last: first + length - 1, prefix };
}

/** An address range for a new network or subnet that meets none beside it; undefined for other types. */
export function freeAddressRange(design: DesignDocument, key: string, parent: string | undefined, catalogue: Catalogue): string | undefined {
  const family = catalogue.get(key)?.family ?? key;
  if (family !== "network" && family !== "subnet") return undefined;
  const rangeOf = (id: string): AddressRange | undefined => {
    const component = design.components[id];
    return component && parseRange(propertiesOf(component, catalogue).cidr);
  };
  const taken = (family === "network" ? Object.keys(design.components).filter((id) => catalogue.get(design.components[id]?.type ?? "")?.family === "network") : childrenOf(design, parent))
    .flatMap((id) => rangeOf(id) ?? []);
  const outer = (family === "subnet" && parent !== undefined && rangeOf(parent)) || parseRange("10.0.0.0/8");
  const prefix = family === "network" ? 16 : 24;
  if (!outer || outer.prefix >= prefix) return undefined;
  const length = 2 ** (32 - prefix);
  const room = Math.min(256, (outer.last - outer.first + 1) / length);
  const tens = Array.from({ length: 25 }, (_, index) => (index + 1) * 10);
  const numbers = [...(family === "subnet" ? tens : []), ...Array.from({ length: room }, (_, index) => index)];
  for (const number of numbers) {
    const first = outer.first + number * length;
    const last = first + length - 1;
    if (last <= outer.last && !taken.some((range) => first <= range.last && range.first <= last)) return `${dotted(first)}/${String(prefix)}`;
  }
  return undefined;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
