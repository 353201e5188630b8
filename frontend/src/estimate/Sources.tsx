import type { Estimate } from "@/api/types";
import { formatDate } from "@/ui/times";

import styles from "./Sources.module.css";

const TAXES: Record<string, string> = {
  net: "prices are without tax",
  gross: "prices hold the tax",
  unstated: "the source doesn’t say whether prices hold tax",
};

/** Where the figures stand: the book, the pages that its prices were read from, and what was assumed. */
export function Sources({ estimate }: { estimate: Estimate }) {
  const { book } = estimate;
  const pages = [...new Set(estimate.line_items.flatMap((line) => line.source?.url ?? []))];
  return (
    <section className={styles.sources}>
      {estimate.assumptions.length > 0 && (
        <>
          <h2>Assumptions</h2>
          <ul>
            {estimate.assumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </>
      )}
      <h2>Sources</h2>
      <p>
        {book.title}, version {book.version}
        {book.region && `, ${book.region}`}, {book.valid_to ? `valid ${book.valid_from} to ${book.valid_to}` : `valid from ${book.valid_from}`}, collected{" "}
        {formatDate(book.collected_at)}. A month is {book.month_rule.hours} hours; {TAXES[book.tax.kind] ?? book.tax.kind}.
      </p>
      <ul>
        {pages.map((page) => (
          <li key={page}>
            <a href={page} target="_blank" rel="noreferrer noopener">
              {page}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
