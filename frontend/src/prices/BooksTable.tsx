import { IconAlertTriangle } from "@tabler/icons-react";
import { NavLink } from "react-router";

import type { PriceBook } from "@/api/types";
import { Pill } from "@/ui/Pill";

import styles from "./BooksTable.module.css";
import { KIND_WORDS, serviceWords } from "./priceWords";

type Props = { books: readonly PriceBook[]; chosen: string | undefined };

/** One row for each book: what it prices, and how sure it is. Beside open details only its name stays. */
export function BooksTable({ books, chosen }: Props) {
  const isNarrow = chosen !== undefined;
  return (
    <table className={styles.table}>
      <thead className={isNarrow ? styles.hidden : undefined}>
        <tr>
          <th scope="col">Price book</th>
          {!isNarrow && (
            <>
              <th scope="col">Prices</th>
              <th scope="col">Sources</th>
              <th scope="col">Tax</th>
              <th scope="col">State</th>
              <th scope="col" className={styles.number}>
                Rows
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {books.map((book) => (
          <tr key={book.key} className={styles.row} data-chosen={book.key === chosen || undefined}>
            <td>
              <NavLink to={`/prices/${encodeURIComponent(book.key)}`} className={styles.name}>
                {book.title}
              </NavLink>
              <span className={styles.about}>{[book.provider, book.region, book.currency].filter(Boolean).join(", ")}</span>
            </td>
            {!isNarrow && (
              <>
                <td className={styles.services}>{book.services.map(serviceWords).join(", ")}</td>
                <td>
                  <DoubtPill kind={book.doubt.kind} />
                </td>
                <td className={styles.other}>{book.tax === "unstated" ? "not stated" : book.tax}</td>
                <td className={styles.other}>
                  {book.state === "shipped" ? "Shipped" : "Published"}, version {book.version}
                </td>
                <td className={styles.number}>{book.price_count.toLocaleString("en-US")}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The least certain kind of source that the book rests on. */
export function DoubtPill({ kind }: { kind: string }) {
  const words = KIND_WORDS[kind];
  return (
    <Pill tone={words?.tone ?? "idle"} icon={words?.tone === "warn" ? <IconAlertTriangle size={12} stroke={2} aria-hidden="true" /> : undefined}>
      {words?.word ?? kind}
    </Pill>
  );
}
