import { IconExternalLink } from "@tabler/icons-react";

import type { LineItem } from "@/api/types";
import { formatMoney, isZero } from "@/ui/money";

import { SOURCE_WORDS } from "./doubtWords";
import { isOpen } from "./estimateRows";
import { formatSmall } from "./formatSmall";
import styles from "./LineItems.module.css";

type Props = { lines: readonly LineItem[]; currency: string; book: string };

/** Every line explains itself: quantity × unit price = amount, the price row, the book, where it stands, what was assumed. */
export function LineItems({ lines, currency, book }: Props) {
  return (
    <ul className={styles.lines}>
      {lines.map((line, index) => (
        <Line key={`${line.key} ${line.sku ?? ""} ${String(index)}`} line={line} currency={currency} book={book} />
      ))}
    </ul>
  );
}

function Line({ line, currency, book }: { line: LineItem; currency: string; book: string }) {
  const amount = line.monthly ?? line.one_time ?? "0";
  return (
    <li className={styles.line}>
      <div className={styles.sum}>
        <span>{line.description}</span>
        {isOpen(line) ? (
          <span className={styles.missing}>No price in this book</span>
        ) : (
          <span className={styles.amount}>
            {formatMoney(amount, currency)}
            {line.monthly === null && line.one_time !== null ? " once" : ""}
          </span>
        )}
      </div>
      <div className={styles.detail}>
        {line.unit_price !== null && (
          <span>
            {quantityText(line.quantity)} {line.unit === "hour" ? "h" : line.unit} × {formatSmall(line.unit_price, currency)} = {formatSmall(amount, currency, 4)}
            {line.monthly !== null && line.one_time !== null && !isZero(line.one_time) && `, and ${formatMoney(line.one_time, currency)} once`}
          </span>
        )}
        <code className={styles.key}>{line.key}</code>
      </div>
      {line.range && (
        <div className={styles.detail}>
          From {formatMoney(line.range.low.monthly, currency)} for {quantityText(line.range.low.quantity)} to {formatMoney(line.range.high.monthly, currency)} for{" "}
          {quantityText(line.range.high.quantity)} {line.unit === "hour" ? "h" : line.unit}
        </div>
      )}
      {line.due_at_start !== null && !isZero(line.due_at_start) && (
        <div className={styles.detail}>{formatMoney(line.due_at_start, currency)} a month of it is paid in advance.</div>
      )}
      {(line.sku !== null || line.source) && (
        <div className={styles.detail}>
          <span>
            Price row {line.sku !== null && <code className={styles.key}>{line.sku}</code>} · {book}
            {line.source && (
              <>
                {" · "}
                <a href={line.source.url} target="_blank" rel="noreferrer noopener">
                  Source
                  <IconExternalLink size={11} stroke={1.75} aria-label="opens in a new tab" />
                </a>
                {line.source.locator && ` ${line.source.locator}`}
                <span className={styles.kind} data-kind={line.source.kind}>
                  {", "}
                  {SOURCE_WORDS[line.source.kind] ?? line.source.kind}
                  {line.source.confidence === "derived" && ", worked out from it"}
                </span>
              </>
            )}
          </span>
        </div>
      )}
      {line.assumption && <p className={styles.assumption}>{line.assumption}</p>}
    </li>
  );
}

export function quantityText(quantity: string): string {
  const value = Number(quantity);
  return Number.isFinite(value) ? value.toLocaleString("en-US", { maximumFractionDigits: 4 }) : quantity;
}
