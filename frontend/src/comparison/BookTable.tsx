import type { ComparedBook } from "@/api/types";
import { ComponentTile } from "@/catalog/ComponentTile";
import { countOf } from "@/document/queries";
import { sizeLine } from "@/document/sizeLine";
import { useDesignStore } from "@/stores/designStore";
import { formatCoverage, formatMoney } from "@/ui/money";

import { comparedComponents } from "./bookColumns";
import styles from "./BookTable.module.css";
import { ScrollTable } from "./ScrollTable";
import shared from "./ScrollTable.module.css";

/** Component by component: what each book asks, for which flavor, and how well that fits. */
export function BookTable({ columns }: { columns: readonly ComparedBook[] }) {
  return (
    <ScrollTable label="Components in each price book" className={styles.books}>
      <thead>
        <tr>
          <th scope="col">Component</th>
          {columns.map(({ book, currency }) => (
            <th scope="col" key={`${book.key}@${String(book.version)}`} className={shared.number}>
              {book.title}
              <span className={shared.about}>{currency}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {comparedComponents(columns).map(({ id, label }) => (
          <tr key={id}>
            <ComponentHead id={id} label={label} />
            {columns.map((column) => (
              <Cell key={`${column.book.key}@${String(column.book.version)}`} column={column} id={id} />
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Monthly total</th>
          {columns.map(({ book, totals, currency, coverage, unpriced }) => (
            <td key={`${book.key}@${String(book.version)}`} className={shared.number}>
              {formatMoney(totals.monthly, currency)}
              <span className={shared.about} data-warn={unpriced > 0 || undefined}>
                {formatCoverage(coverage)}
              </span>
            </td>
          ))}
        </tr>
      </tfoot>
    </ScrollTable>
  );
}

function ComponentHead({ id, label }: { id: string; label: string }) {
  const component = useDesignStore((state) => state.document.components[id]);
  const catalogue = useDesignStore((state) => state.catalogue);
  const type = component && catalogue.get(component.type);
  const count = component ? countOf(component, catalogue) : 1;
  return (
    <th scope="row">
      <span className={styles.component}>
        <ComponentTile icon={type?.icon ?? ""} category={type?.category ?? "account"} size={24} />
        <span>
          <span className={styles.name}>{label}</span>
          <span className={shared.about}>{[count === 1 ? "" : `${String(count)} ×`, component ? sizeLine(component, catalogue) : ""].filter(Boolean).join(" ")}</span>
        </span>
      </span>
    </th>
  );
}

function Cell({ column, id }: { column: ComparedBook; id: string }) {
  const row = column.rows.find(({ component }) => component === id);
  if (!row) return <td className={shared.number} aria-label="Nothing charged" />;
  const { fit } = row;
  const isOff = ["spare", "no_match"].includes(fit.kind);
  // The flavor's name is enough here: what it has beyond the size asked for is what the fit says.
  const flavor = row.match?.split(",")[0];
  // What lacks a price is counted beside the amount; why it does stands in the title.
  const fitText = row.monthly === null || fit.kind === "as_asked" || fit.kind === "no_price" ? "" : fit.kind === "exact" ? "fits exactly" : fit.text;
  return (
    <td className={shared.number} title={row.monthly === null || fit.kind === "no_price" ? fit.text : (row.match ?? undefined)}>
      {row.monthly === null ? (
        <span className={shared.missing}>No price</span>
      ) : (
        <span className={styles.amount}>
          {formatMoney(row.monthly, column.currency)}
          {row.unpriced > 0 && <span className={styles.warn}>, {row.unpriced} open</span>}
        </span>
      )}
      {(flavor ?? fitText) && (
        <span className={shared.about}>
          {flavor}
          {flavor && fitText && ", "}
          {fitText && <span className={isOff ? styles.warn : undefined}>{fitText}</span>}
        </span>
      )}
    </td>
  );
}
