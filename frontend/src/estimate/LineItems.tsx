import type { LineItem } from "@/api/types";
import { formatMoney } from "@/ui/money";

import { isOpen } from "./estimateRows";
import styles from "./LineItems.module.css";

type Props = { lines: readonly LineItem[]; currency: string; book: string };

/** Every line explains itself: quantity × unit price = amount, the price row, the book, where it stands, what was assumed. */
export function LineItems({ lines, currency, book }: Props) {
  return (
    <ul className={styles.lines}>
      {lines.map((line, index) => (
        <li key={`${line.key} ${line.sku ?? ""} ${String(index)}`} className={styles.line}>
          <div className={styles.sum}>
            <span>{line.description}</span>
            {isOpen(line) ? (
              <span className={styles.missing}>No price in this book</span>
            ) : (
              <span className={styles.amount}>{formatMoney(line.monthly ?? line.one_time ?? "0", currency)}</span>
            )}
          </div>
          <div className={styles.detail}>
            {line.unit_price !== null && (
              <span>
                {quantityText(line.quantity)} {line.unit === "hour" ? "h" : line.unit} × {unitPriceText(line.unit_price, currency)}
                {line.one_time !== null && line.monthly === null ? ", once" : ""}
              </span>
            )}
            <code className={styles.key}>{line.key}</code>
          </div>
          {(line.sku !== null || line.source) && (
            <div className={styles.detail}>
              <span>
                {line.source ? (
                  <a href={line.source.url} target="_blank" rel="noreferrer noopener" title={[line.source.kind, line.source.locator, line.source.confidence].filter(Boolean).join(", ")}>
                    Price row
                  </a>
                ) : (
                  "Price row"
                )}
                {line.sku !== null && <code className={styles.key}> {line.sku}</code>} · {book}
              </span>
            </div>
          )}
          {line.assumption && <p className={styles.assumption}>{line.assumption}</p>}
        </li>
      ))}
    </ul>
  );
}

function quantityText(quantity: string): string {
  const value = Number(quantity);
  return Number.isFinite(value) ? value.toLocaleString("en-US", { maximumFractionDigits: 4 }) : quantity;
}

/** A unit price keeps all its digits: $0.128 an hour is not $0.13. */
function unitPriceText(price: string, currency: string): string {
  try {
    return new Intl.NumberFormat("en-US", {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: 2,
      maximumFractionDigits: 8,
    }).format(Number(price));
  } catch {
    return `${currency} ${price}`;
  }
}
