import { subtractAmounts } from "@/ui/money";

export type Budget = { monthly: string; currency: string };
export type BudgetState = "within" | "near" | "over" | "unknown";
export type Standing = { state: BudgetState; used: number | null; left: string | null };

/** From here on the budget deserves a look. */
const NEAR = 80;

/** Where a monthly total stands. Another currency leaves it open: an amount is never compared without a rate. */
export function standing(budget: Budget, monthly: string, currency: string): Standing {
  if (currency !== budget.currency) return { state: "unknown", used: null, left: null };
  const left = subtractAmounts(budget.monthly, monthly);
  const used = (Number(monthly) / Number(budget.monthly)) * 100;
  const isOver = Number(left) <= 0;
  return { state: isOver ? "over" : used >= NEAR ? "near" : "within", used, left };
}
