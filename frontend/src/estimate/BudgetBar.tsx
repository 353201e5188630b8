import { IconAlertOctagon, IconAlertTriangle } from "@tabler/icons-react";

import type { Estimate } from "@/api/types";
import { formatMoney } from "@/ui/money";

import styles from "./BudgetBar.module.css";

export type Budget = NonNullable<Estimate["budget"]>;

/** Near or passed: worth a look wherever a total stands. */
export const isTight = (budget: Estimate["budget"]): boolean => budget?.state === "near" || budget?.state === "over";

/** How much of the budget a month takes: the words say it, the bar repeats it. */
export function BudgetBar({ budget }: { budget: Budget }) {
  const { state, used_percent: used, left, warning } = budget;
  const limit = formatMoney(budget.monthly, budget.currency);
  const calm = used !== null && left !== null ? `${String(Math.floor(Number(used)))}% of the budget of ${limit}, ${formatMoney(left, budget.currency)} left` : `Budget ${limit}`;
  return (
    <div className={styles.budget} data-state={state}>
      <div className={styles.words}>
        {state === "over" && <IconAlertOctagon size={14} stroke={1.75} aria-hidden="true" />}
        {(state === "near" || state === "unknown") && <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />}
        <span>{state === "within" ? [calm, warning].filter(Boolean).join(". ") : (warning ?? calm)}</span>
      </div>
      {used !== null && (
        <div className={styles.bar} aria-hidden="true">
          <i style={{ width: `${String(Math.min(100, Number(used)))}%` }} />
        </div>
      )}
    </div>
  );
}
