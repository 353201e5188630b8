import type { Estimate, LineItem } from "@/api/types";
import { nameOf } from "@/document/queries";
import type { Catalogue, DesignDocument } from "@/document/types";
import { addAmounts } from "@/ui/money";

export type EstimateRow = {
  id: string;
  name: string;
  typeLabel: string;
  icon: string;
  category: string;
  /** Null while nothing of it is priced. */
  monthly: string | null;
  unpriced: number;
  lines: LineItem[];
};

/** One row for each component that costs something or should: the dearest first, what has no price last. */
export function estimateRows(estimate: Estimate, design: DesignDocument, catalogue: Catalogue): EstimateRow[] {
  const lines = new Map<string, LineItem[]>();
  for (const line of estimate.line_items) lines.set(line.component, [...(lines.get(line.component) ?? []), line]);
  const rows = [...lines].map(([id, own]): EstimateRow => {
    const component = design.components[id];
    const type = component && catalogue.get(component.type);
    const cost = estimate.components[id];
    return {
      id,
      name: component ? nameOf(component, catalogue) : id === "" ? "Account" : id,
      typeLabel: type?.label ?? "",
      icon: type?.icon ?? "",
      category: type?.category ?? "account",
      monthly: cost ? cost.monthly : amountOf(own),
      unpriced: cost?.unpriced ?? own.filter(isOpen).length,
      lines: own,
    };
  });
  return rows.sort((left, right) => Number(right.monthly ?? -1) - Number(left.monthly ?? -1));
}

/** Charges of the account itself belong to no component, so nothing but their lines says what they come to. */
function amountOf(lines: readonly LineItem[]): string | null {
  const amounts = lines.flatMap((line) => line.monthly ?? []);
  return amounts.length > 0 ? addAmounts(amounts) : null;
}

/** A line without a price: unknown, which is not the same as free. */
export function isOpen(line: LineItem): boolean {
  return line.unit_price === null && line.monthly === null && line.one_time === null;
}

export function openLines(estimate: Estimate): number {
  return estimate.line_items.filter(isOpen).length;
}

/** Categories with their amounts, the largest first. */
export function categoryShares(estimate: Estimate): { category: string; amount: string; share: number }[] {
  const entries = Object.entries(estimate.categories).map(([category, amount]) => ({ category, amount, value: Number(amount) }));
  const total = entries.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  return entries
    .filter(({ value }) => value > 0)
    .sort((left, right) => right.value - left.value)
    .map(({ category, amount, value }) => ({ category, amount, share: value / total }));
}
