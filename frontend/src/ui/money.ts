/** Amounts as people read them. They arrive as decimal text; a float holds one only for the moment of showing it. */

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
  return formatterFor(currency)?.format(value) ?? `${currency} ${value.toFixed(2)}`;
}

// Making a formatter takes longer than everything else a price chip does, and a canvas has hundreds of chips.
const formatters = new Map<string, Intl.NumberFormat | null>();

/** Null for a currency that the browser doesn't know: a price book may name any. */
function formatterFor(currency: string): Intl.NumberFormat | null {
  let formatter = formatters.get(currency);
  if (formatter === undefined) {
    formatter = newFormatter(currency);
    formatters.set(currency, formatter);
  }
  return formatter;
}

function newFormatter(currency: string): Intl.NumberFormat | null {
  try {
    return new Intl.NumberFormat("en-US", {
      style: "currency",
      currency,
      currencyDisplay: "symbol", // A$ and NZ$ are not $
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
  } catch {
    return null;
  }
}

/** The exact sum of decimal amounts. */
export function addAmounts(amounts: readonly string[]): string {
  const places = Math.max(0, ...amounts.map((amount) => amount.split(".")[1]?.length ?? 0));
  const sum = amounts.reduce((total, amount) => total + scaled(amount, places), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return `${sum < 0n ? "-" : ""}${whole}${places ? `.${digits.slice(-places)}` : ""}`;
}

/** The exact difference of two decimal amounts. */
export function subtractAmounts(from: string, amount: string): string {
  return addAmounts([from, amount.startsWith("-") ? amount.slice(1) : `-${amount}`]);
}

function scaled(amount: string, places: number): bigint {
  const [whole = "0", fraction = ""] = amount.replace(/^[+-]/, "").split(".");
  const value = BigInt(whole + fraction.padEnd(places, "0"));
  return amount.startsWith("-") ? -value : value;
}
