import type { Estimate } from "@/api/types";
import { categoryLabel } from "@/catalog/categories";
import { type Catalogue, type DesignDocument } from "@/document/types";
import { addAmounts } from "@/ui/money";

import type { EstimateRow } from "./estimateRows";

export type GroupBy = "component" | "tier" | "service" | "region" | "category";

export const GROUPINGS: readonly { value: GroupBy; label: string }[] = [
  { value: "component", label: "component" },
  { value: "tier", label: "tier" },
  { value: "service", label: "service" },
  { value: "region", label: "region" },
  { value: "category", label: "category" },
];

export type GroupRow = { key: string; label: string; monthly: string | null; unpriced: number; rows: EstimateRow[] };

// As the server calls them; no component has such an id.
const ACCOUNT = "-account";
const NONE = "-none";

/** The parts of an estimate, the dearest first, each with the components in it. Totals are the server's. */
export function groupRows(estimate: Estimate, by: GroupBy, rows: readonly EstimateRow[], design: DesignDocument, catalogue: Catalogue): GroupRow[] {
  if (by === "component") return [];
  if (by === "category") return largestFirst(byCategory(rows));
  const members = rowsBy(rows, (row) => (by === "service" ? "" : placeOf(row.id, by, design, catalogue)));
  return largestFirst(
    Object.entries(estimate.groups[by]).map(([key, total]) => ({ key, ...total, rows: by === "service" ? [] : (members.get(key) ?? []) })),
  );
}

function rowsBy(rows: readonly EstimateRow[], keyOf: (row: EstimateRow) => string): Map<string, EstimateRow[]> {
  const found = new Map<string, EstimateRow[]>();
  for (const row of rows) found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row]);
  return found;
}

function byCategory(rows: readonly EstimateRow[]): GroupRow[] {
  return [...rowsBy(rows, (row) => row.category)].map(([category, own]) => {
    const known = own.flatMap((row) => row.monthly ?? []);
    return {
      key: category,
      label: category === "account" ? "For the whole account" : categoryLabel(category),
      monthly: known.length > 0 ? addAmounts(known) : null,
      unpriced: own.reduce((sum, row) => sum + row.unpriced, 0),
      rows: own,
    };
  });
}

/** The nearest tier or region around a component, itself included. */
function placeOf(id: string, kind: "tier" | "region", design: DesignDocument, catalogue: Catalogue): string {
  if (id === "") return ACCOUNT;
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = design.components[at]?.parent) {
    seen.add(at);
    const type = design.components[at]?.type;
    if (type !== undefined && (catalogue.get(type)?.archetype ?? type) === kind) return at;
  }
  return NONE;
}

function largestFirst(groups: GroupRow[]): GroupRow[] {
  return groups.sort((left, right) => Number(right.monthly ?? -1) - Number(left.monthly ?? -1));
}
