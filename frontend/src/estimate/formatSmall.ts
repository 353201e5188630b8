import { formatMoney } from "@/ui/money";

/** An amount with as many digits as it needs: $0.0128 an hour is not $0.01. */
export function formatSmall(amount: string, currency: string, digits = 8): string {
  const value = Number(amount);
  if (!Number.isFinite(value)) return `${currency} ${amount}`;
  try {
    const shown = new Intl.NumberFormat("en-US", {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: 2,
      maximumFractionDigits: Math.abs(value) >= 100 ? 2 : digits,
    }).format(Math.abs(value));
    return value < 0 ? `\u2212${shown}` : shown;
  } catch {
    return formatMoney(amount, currency);
  }
}
