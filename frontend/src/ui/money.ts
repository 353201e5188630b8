/** Amounts as people read them. They arrive as decimal text and are only ever shown, never added up here. */

const MINUS = "\u2212";

/** `$1,347.90`; the sign stands before the currency. */
export function formatMoney(amount: string, currency: string): string {
  const negative = amount.startsWith("-");
  return (negative && !isZero(amount) ? MINUS : "") + formatAbsolute(amount, currency);
}

/** `+$335.37`, `−$10.95` or `±$0.00`: a change always carries its sign. */
export function formatChange(amount: string, currency: string): string {
  const shown = formatAbsolute(amount, currency);
  if (isZero(amount)) return `±${shown}`;
  return (amount.startsWith("-") ? MINUS : "+") + shown;
}

/** `92% priced`. Never says 100% while something is missing. */
export function formatCoverage(coverage: string): string {
  const share = Number(coverage);
  const percent = share >= 1 ? 100 : Math.min(99, Math.floor(share * 100));
  return `${percent}% priced`;
}

/** True for what a person would read as nothing: less than half a cent. */
export function isZero(amount: string): boolean {
  return Math.abs(Number(amount)) < 0.005;
}

function formatAbsolute(amount: string, currency: string): string {
  const value = Math.abs(Number(amount));
  try {
    return new Intl.NumberFormat("en-US", {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    }).format(value);
  } catch {
    // A price book may name a currency that the browser doesn't know.
    return `${currency} ${value.toFixed(2)}`;
  }
}
