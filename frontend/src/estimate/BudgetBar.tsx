import { IconAlertOctagon, IconAlertTriangle } from "@tabler/icons-react";

import { formatMoney } from "@/ui/money";

import { type Budget, standing } from "./budget";
import styles from "./BudgetBar.module.css";

type Props = { budget: Budget; monthly: string; currency: string; unpriced: number };

/** How much of the budget a month takes: the words say it, the bar repeats it. */
export function BudgetBar({ budget, monthly, currency, unpriced }: Props) {
  const { state, used, left } = standing(budget, monthly, currency);
  const limit = formatMoney(budget.monthly, budget.currency);
  return (
    <div className={styles.budget} data-state={state}>
      <div className={styles.words}>
        {state === "over" && <IconAlertOctagon size={14} stroke={1.75} aria-hidden="true" />}
        {state === "near" && <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />}
        <span>
          {left === null || used === null
            ? `Budget ${limit}. The estimate is in ${currency}: give the budget in ${currency} to compare.`
            : state === "over"
              ? `${formatMoney(left.replace("-", ""), currency)} above the budget of ${limit}`
              : `${Math.floor(used).toString()}% of the budget of ${limit}, ${formatMoney(left, currency)} left`}
          {unpriced > 0 && left !== null && ", before what has no price"}
        </span>
      </div>
      {used !== null && (
        <div className={styles.bar} aria-hidden="true">
          <i style={{ width: `${Math.min(100, used).toString()}%` }} />
        </div>
      )}
    </div>
  );
}
