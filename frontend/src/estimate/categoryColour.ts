/** Colour of a category in charts. Charges of the account itself, such as support, belong to none and stay grey. */
const COLOURED = new Set(["edge", "compute", "data", "storage", "network", "security", "messaging", "observability", "external", "dedicated", "container"]);

export function categoryColour(category: string): string {
  return COLOURED.has(category) ? `var(--sd-cat-${category})` : "var(--sd-idle)";
}
