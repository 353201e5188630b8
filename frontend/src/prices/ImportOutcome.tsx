import { Link } from "react-router";

import type { ImportReport, PriceChange } from "@/api/types";
import { countOf } from "@/ui/count";

import styles from "./ImportOutcome.module.css";

/** A list of thousands says no more than its first few hundred. */
const SHOWN = 200;

/** What a price list adds, changes and removes, and what is wrong with it by row. */
export function ImportOutcome({ report }: { report: ImportReport }) {
  const { added, changed, removed, terms, errors, left_out: leftOut, books } = report;
  return (
    <section aria-label="Report">
      <h2 className={styles.title}>
        {errors.length > 0
          ? `${countOf(errors.length, "thing is", "things are")} wrong in ${report.file}. Nothing was kept.`
          : report.dry_run
            ? `${report.file} can be imported`
            : `${report.file} is kept as ${countOf(books.length, "draft")}`}
      </h2>
      {errors.length > 0 && (
        <Part title="Errors" count={errors.length}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Column</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {errors.slice(0, SHOWN).map((problem, index) => (
              <tr key={index}>
                <th scope="row">{problem.row ?? problem.at}</th>
                <td>{problem.column}</td>
                <td>{problem.reason}</td>
              </tr>
            ))}
          </tbody>
        </Part>
      )}
      {books.map((book) => (
        <p key={book.key} className={styles.book}>
          {report.dry_run && book.before === null ? book.title : <Link to={`/prices/${encodeURIComponent(book.key)}`}>{book.title}</Link>}, version {book.version}, {book.currency}: {countOf(book.price_count, "price")}
          {book.before === null ? ", a new book" : `, compared with version ${String(book.before)}`}
          {book.unchanged > 0 && `, ${String(book.unchanged)} unchanged`}
          {book.reworded > 0 && `, ${String(book.reworded)} with other words at the same price`}.
        </p>
      ))}
      {terms.length > 0 && (
        <Part title="Header" count={terms.length}>
          <tbody>
            {terms.map((term, index) => (
              <tr key={index}>
                <th scope="row">{term.name}</th>
                <td>{term.before}</td>
                <td>{term.after}</td>
              </tr>
            ))}
          </tbody>
        </Part>
      )}
      <Changes title="Changed" changes={changed} />
      <Changes title="Added" changes={added} />
      <Changes title="Removed" changes={removed} />
      {leftOut.length > 0 && (
        <Part title="Left out" count={leftOut.length}>
          <tbody>
            {leftOut.slice(0, SHOWN).map((one, index) => (
              <tr key={index}>
                <th scope="row">{one.what}</th>
                <td>{one.reason}</td>
              </tr>
            ))}
          </tbody>
        </Part>
      )}
    </section>
  );
}

function Changes({ title, changes }: { title: string; changes: readonly PriceChange[] }) {
  if (changes.length === 0) return null;
  return (
    <Part title={title} count={changes.length}>
      <thead>
        <tr>
          <th scope="col">SKU</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.slice(0, SHOWN).map((change, index) => (
          <tr key={index}>
            <th scope="row">
              <code>{change.sku}</code>
            </th>
            <td>{change.before ?? "—"}</td>
            <td>{change.after ?? "—"}</td>
          </tr>
        ))}
      </tbody>
    </Part>
  );
}

function Part({ title, count, children }: { title: string; count: number; children: React.ReactNode }) {
  return (
    <details className={styles.part} open={count <= 40 || title === "Errors"}>
      <summary>
        {title} <span className={styles.count}>{count.toLocaleString("en-US")}</span>
      </summary>
      <table className={styles.table}>{children}</table>
      {count > SHOWN && <p className={styles.more}>The first {SHOWN} are shown.</p>}
    </details>
  );
}
