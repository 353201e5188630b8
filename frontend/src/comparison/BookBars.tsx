import { useMemo } from "react";

import type { ComparedBook } from "@/api/types";
import { categoryLabel } from "@/catalog/categories";
import { categoryColour } from "@/estimate/categoryColour";
import { doubtWords } from "@/estimate/doubtWords";
import { useDesignStore } from "@/stores/designStore";
import { formatCoverage, formatMoney, isZero } from "@/ui/money";

import styles from "./BookBars.module.css";
import { categoryParts } from "./bookColumns";
import { StackedBar } from "./StackedBar";

/** Each book's total as a bar by category, with the amounts beside it. */
export function BookBars({ columns, first }: { columns: readonly ComparedBook[]; first: string }) {
  const design = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const bars = useMemo(() => columns.map((column) => ({ column, parts: categoryParts(column, design, catalogue) })), [columns, design, catalogue]);
  const most = Math.max(0, ...bars.map(({ parts }) => parts.reduce((sum, { amount }) => sum + amount, 0)));
  const categories = [...new Set(bars.flatMap(({ parts }) => parts.map(({ category }) => category)))];
  const currency = columns.find(({ comparable }) => comparable)?.comparable?.currency;
  return (
    <section className={styles.bars} aria-labelledby="books-side-by-side">
      <header className={styles.head}>
        <h2 id="books-side-by-side">Same design, {columns.length} price {columns.length === 1 ? "book" : "books"}</h2>
        <ul className={styles.legend} aria-label="Categories">
          {categories.map((category) => (
            <li key={category}>
              <i style={{ background: categoryColour(category) }} /> {category === "account" ? "Account" : categoryLabel(category)}
            </li>
          ))}
          <li>
            <i className={styles.unpriced} /> Unpriced line
          </li>
        </ul>
      </header>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Price book</th>
            <th scope="col">By category</th>
            <th scope="col" className={styles.number}>
              A month
            </th>
            <th scope="col" className={styles.number}>
              Like for like
            </th>
            <th scope="col" className={styles.number}>
              Coverage
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ column, parts }) => (
            <Row key={`${column.book.key}@${String(column.book.version)}`} column={column} parts={parts} most={most} isFirst={column.book.key === first} />
          ))}
        </tbody>
      </table>
      {currency && <p className={styles.hint}>Bars are without tax, in {currency}. Like for like counts only the components that both books price in full.</p>}
    </section>
  );
}

type RowProps = { column: ComparedBook; parts: { category: string; amount: number }[]; most: number; isFirst: boolean };

function Row({ column, parts, most, isFirst }: RowProps) {
  const { book, totals, currency, comparable, rank, like_for_like: like } = column;
  const percent = typeof like?.percent === "string" ? Number(like.percent) : null;
  const isConverted = comparable !== null && (comparable.currency !== currency || comparable.monthly !== totals.monthly);
  const doubt = doubtWords(column.doubt);
  const account = column.rows.find(({ component }) => component === "");
  return (
    <tr data-own={isFirst || undefined}>
      <th scope="row">
        {book.title}
        <span className={styles.about}>
          {[book.region || book.provider, currency, `version ${String(book.version)}`].filter(Boolean).join(", ")}
        </span>
      </th>
      <td className={styles.drawn}>
        {comparable ? <StackedBar parts={parts} most={most} unpriced={column.unpriced} /> : <span className={styles.warn}>No rate from {currency}</span>}
      </td>
      <td className={styles.number}>
        <span className={styles.amount}>{formatMoney(totals.monthly, currency)}</span>
        {isConverted && <span className={styles.about}>{formatMoney(comparable.monthly, comparable.currency)} without tax</span>}
        {comparable?.rate && (
          <span className={styles.about}>
            at {String(Number(Number(comparable.rate.rate).toPrecision(6)))}, {comparable.rate.date}, {comparable.rate.source}
          </span>
        )}
      </td>
      <td className={styles.number}>
        {isFirst ? (
          <span className={styles.about}>this design</span>
        ) : percent === null ? (
          <span className={styles.about}>{comparable ? "nothing in common" : ""}</span>
        ) : (
          <span data-tone={percent < 0 ? "ok" : percent > 0 ? "bad" : undefined}>
            {percent > 0 ? "+" : percent < 0 ? "\u2212" : "±"}
            {Math.abs(percent).toFixed(1)}%
          </span>
        )}
        {percent !== null && account?.monthly && !isZero(account.monthly) && <span className={styles.about}>without {formatMoney(account.monthly, currency)} for the account</span>}
        {rank === 1 && <span className={styles.about}>cheapest of those that price all</span>}
        {rank === null && column.basket && (
          <span className={styles.about} title={column.basket.left_out.length > 0 ? `Without ${column.basket.left_out.join(", ")}` : undefined}>
            {column.basket.rank}. of {column.basket.of} for the {column.basket.components} components that most books price
          </span>
        )}
      </td>
      <td className={styles.number}>
        <span className={column.unpriced > 0 ? styles.warn : styles.ok}>{formatCoverage(column.coverage)}</span>
        {doubt && (
          <span className={styles.about} data-tone={column.doubt?.kind === "secondary" ? "warn" : undefined}>
            {column.doubt?.lines} of {column.doubt?.of} lines from {column.doubt?.kind === "secondary" ? "one third party" : "third parties that agree"}
          </span>
        )}
      </td>
    </tr>
  );
}
