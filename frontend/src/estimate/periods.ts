import type { Estimate } from "@/api/types";

/** A length of time that amounts are shown for. Long terms grow, so they have a place of their own. */
export type Period = "hourly" | "daily" | "monthly" | "yearly";

export const PERIODS: readonly { value: Period; label: string; column: string }[] = [
  { value: "hourly", label: "Hour", column: "An hour" },
  { value: "daily", label: "Day", column: "A day" },
  { value: "monthly", label: "Month", column: "A month" },
  { value: "yearly", label: "Year", column: "A year" },
];

export const columnOf = (period: Period): string => PERIODS.find(({ value }) => value === period)?.column ?? "";

/** A monthly amount as it is shown for another period. Only for showing: sums are the server's. */
export function forPeriod(monthly: string, period: Period, estimate: Estimate): string {
  const hours = Number(estimate.book.month_rule.hours) || 730;
  switch (period) {
    case "hourly":
      return (Number(monthly) / hours).toFixed(6);
    case "daily":
      return ((Number(monthly) * 24) / hours).toFixed(6);
    case "monthly":
      return monthly;
    case "yearly":
      return (Number(monthly) * 12).toFixed(4);
  }
}
