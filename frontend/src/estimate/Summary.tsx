import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { listSuggestions } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { Estimate } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { useSettledVersion } from "@/stores/useSettledVersion";
import { formatCoverage, formatMoney, isZero } from "@/ui/money";

import { BudgetFigure } from "./BudgetFigure";
import { CategoryBar } from "./CategoryBar";
import { doubtWords } from "./doubtWords";
import { openLines } from "./estimateRows";
import { formatSmall } from "./formatSmall";
import { type Period, PERIODS } from "./periods";
import styles from "./Summary.module.css";

/** What the estimate comes to, how sure it is, and what would make it less. */
export function Summary({ estimate, period }: { estimate: Estimate; period: Period }) {
  const { totals, periods, range, currency, tax } = estimate;
  const open = openLines(estimate);
  const doubt = doubtWords(estimate.doubt);
  const isEmpty = estimate.line_items.length === 0;
  const isWide = range.low !== range.high;
  const label = PERIODS.find(({ value }) => value === period)?.column ?? "";
  return (
    <section className={styles.summary} aria-label="Totals">
      <dl className={styles.figures}>
        <Figure
          label={`${label}, ${estimate.profile} use`}
          amount={
            <span data-testid="monthly-total" data-amount={totals.monthly}>
              {period === "monthly" || period === "yearly" ? formatMoney(periods[period], currency) : formatSmall(periods[period], currency)}
            </span>
          }
        >
          {isWide && period === "monthly" ? `${formatMoney(range.low, currency)} to ${formatMoney(range.high, currency)}` : `${formatSmall(periods.hourly, currency)} an hour`}
          {!isZero(estimate.due_at_start) && `, ${formatMoney(estimate.due_at_start, currency)} of a month is paid in advance`}
          {tax && !tax.included && `, ${formatMoney(tax.total.monthly, currency)} a month with ${tax.name || "tax"}`}
        </Figure>
        <Figure label="The first twelve months" amount={formatMoney(periods["12"], currency)}>
          {isZero(totals.one_time) ? "No set-up charges" : `With ${formatMoney(totals.one_time, currency)} once`}
        </Figure>
        <Figure label="Coverage" amount={isEmpty ? "None yet" : formatCoverage(estimate.coverage)} tone={open > 0 || estimate.doubt?.kind === "secondary" ? "warn" : undefined}>
          {isEmpty ? "Nothing to price yet" : open > 0 ? `${String(open)} of ${String(estimate.line_items.length)} lines have no price in this book` : "Every line has a price"}
          {doubt && <span className={styles.doubt}>{doubt}</span>}
        </Figure>
        <BudgetFigure estimate={estimate} />
        <BestSaving priceBook={estimate.price_book} />
      </dl>
      {!isEmpty && (
        <div className={styles.chart}>
          <CategoryBar estimate={estimate} height={16} />
        </div>
      )}
    </section>
  );
}

export function Figure({ label, amount, tone, children }: { label: string; amount: ReactNode; tone?: "warn" | undefined; children?: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd>
        <span className={styles.amount}>{amount}</span>
        <span className={styles.note} data-tone={tone}>
          {children}
        </span>
      </dd>
    </div>
  );
}

function BestSaving({ priceBook }: { priceBook: string }) {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const version = useSettledVersion();
  const { data } = useQuery({
    queryKey: [...keys.suggestions(designId), priceBook, version],
    queryFn: ({ signal }) => listSuggestions(designId, signal),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const best = data?.[0];
  if (!best) return null;
  return (
    <Figure label="Largest saving found" amount={formatMoney(`-${best.saving_monthly}`, best.currency)}>
      <Link to={`/designs/${designId}/estimate/savings`}>{best.title}</Link>
    </Figure>
  );
}
