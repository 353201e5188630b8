import type { ComponentType } from "@/document/types";

/** Types by what people call them, best first: by the shown name, by any provider's, by key, then by what they are for. */
export function searchTypes(types: readonly ComponentType[], sought: string): ComponentType[] {
  const ranked = types.map((type) => ({ type, rank: rankOf(type, sought.toLocaleLowerCase()) }));
  return ranked
    .filter(({ rank }) => rank < Infinity)
    .sort((left, right) => left.rank - right.rank)
    .map(({ type }) => type);
}

function rankOf(type: ComponentType, sought: string): number {
  const label = type.label.toLocaleLowerCase();
  if (label.startsWith(sought)) return 0;
  if (label.includes(sought)) return 1;
  const named = [type.key.replaceAll("_", " "), ...Object.values(type.labels)];
  if (named.some((name) => name.toLocaleLowerCase().includes(sought))) return 2;
  if ([type.summary, type.category].some((text) => text.toLocaleLowerCase().includes(sought))) return 3;
  return Infinity;
}
