import type { ComparedBook } from "@/api/types";
import { CATEGORIES } from "@/catalog/categories";
import type { Catalogue, DesignDocument } from "@/document/types";

import type { Part } from "./StackedBar";

export type SortBy = "asked" | "cheapest" | "coverage";

/** What a book's total is made of, in the currency that all are compared in. Empty where no rate leads there. */
export function categoryParts(column: ComparedBook, design: DesignDocument, catalogue: Catalogue): Part[] {
  const factor = comparableFactor(column);
  if (factor === null) return [];
  const sums = new Map<string, number>();
  for (const row of column.rows) {
    const type = design.components[row.component]?.type;
    const category = (type !== undefined && catalogue.get(type)?.category) || "account";
    sums.set(category, (sums.get(category) ?? 0) + Math.max(0, Number(row.monthly ?? 0)) * factor);
  }
  const order = [...CATEGORIES.map(({ key }) => key), "account"];
  return [...sums]
    .filter(([, amount]) => amount > 0)
    .sort(([left], [right]) => order.indexOf(left) - order.indexOf(right))
    .map(([category, amount]) => ({ category, amount }));
}

/** From the book's own amounts to comparable ones: without tax, in one currency. */
export function comparableFactor({ comparable, totals }: ComparedBook): number | null {
  if (!comparable) return null;
  const own = Number(totals.monthly);
  return own === 0 ? 1 : Number(comparable.monthly) / own;
}

export function sortedColumns(columns: readonly ComparedBook[], by: SortBy): ComparedBook[] {
  const amount = ({ comparable }: ComparedBook) => (comparable ? Number(comparable.monthly) : Infinity);
  switch (by) {
    case "asked":
      return [...columns];
    case "cheapest":
      // A total that lacks prices is not cheap: it stands behind those that hold everything.
      // Those that lack few prices follow by what they ask for the components that most books price.
      return [...columns].sort((a, b) => orderOf(a.rank) - orderOf(b.rank) || orderOf(a.basket?.rank) - orderOf(b.basket?.rank) || a.unpriced - b.unpriced || amount(a) - amount(b));
    case "coverage":
      return [...columns].sort((a, b) => a.unpriced - b.unpriced || amount(a) - amount(b));
  }
}

/** Two books without a rank are equal: infinities would subtract to no number. */
const orderOf = (rank: number | null | undefined): number => rank ?? Number.MAX_SAFE_INTEGER;

/** Components in the order of the columns, each once: books differ in what they charge for. */
export function comparedComponents(columns: readonly ComparedBook[]): { id: string; label: string }[] {
  const found = new Map<string, string>();
  for (const column of columns) for (const { component, label } of column.rows) found.set(component, label);
  const ids = [...found.keys()].filter((id) => id !== "");
  return [...ids, ...(found.has("") ? [""] : [])].map((id) => ({ id, label: found.get(id) ?? id }));
}
