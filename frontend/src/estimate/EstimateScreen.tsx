import { SegmentedControl, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Fragment, useEffect, useMemo, useState } from "react";

import { errorSentence } from "@/api/client";
import type { Estimate } from "@/api/types";
import { categoryLabel } from "@/catalog/categories";
import { ComponentTile } from "@/catalog/ComponentTile";
import { useComponentTypes, usePriceBooks } from "@/catalog/useCatalogue";
import { sizeLine } from "@/document/sizeLine";
import { countOf } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { addAmounts, formatCoverage, formatMoney, isZero } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { CategoryBar } from "./CategoryBar";
import { type EstimateRow, estimateRows, isOpen, openLines } from "./estimateRows";
import styles from "./EstimateScreen.module.css";
import { LineItems } from "./LineItems";
import { PriceBookMenu } from "./PriceBookMenu";
import { useEstimate } from "./useEstimate";

type Grouping = "component" | "category";

/** The whole estimate: what it comes to, what it consists of, and where every figure stands. */
export function EstimateScreen() {
  const types = useComponentTypes();
  const { estimate, error } = useEstimate();
  const [grouping, setGrouping] = useState<Grouping>("component");
  useEffect(() => {
    if (types.data) useDesignStore.getState().setCatalogue(types.data);
  }, [types.data]);

  return (
    <main className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>Estimate</h1>
        <SegmentedControl
          aria-label="Group by"
          value={grouping}
          onChange={(value) => setGrouping(value as Grouping)}
          data={[
            { value: "component", label: "By component" },
            { value: "category", label: "By category" },
          ]}
        />
        <span className={styles.book}>
          Price book <PriceBookMenu />
        </span>
      </header>
      {error && <ErrorNotice title={errorSentence(error)} />}
      {!estimate && !error && (
        <Loading label="The estimate is loading">
          <div className={styles.skeleton}>
            <Skeleton width={320} height={32} />
            <Skeleton width="100%" height={120} />
            <Skeleton width="100%" height={240} />
          </div>
        </Loading>
      )}
      {estimate && (
        <>
          <Summary estimate={estimate} />
          {estimate.line_items.length === 0 ? (
            <EmptyState title="Nothing to price yet">
              <p>Draw a server, a volume or anything else that a provider charges for, and its cost shows here.</p>
            </EmptyState>
          ) : (
            <Table estimate={estimate} grouping={grouping} />
          )}
          <Sources estimate={estimate} />
        </>
      )}
    </main>
  );
}

function Summary({ estimate }: { estimate: Estimate }) {
  const { totals, currency } = estimate;
  const open = openLines(estimate);
  const figures = [
    { label: "A month", amount: formatMoney(totals.monthly, currency), note: `${formatMoney(totals.hourly, currency)} an hour` },
    { label: "A year", amount: formatMoney(totals.yearly, currency), note: "Twelve months as drawn" },
    { label: "Once", amount: formatMoney(totals.one_time, currency), note: isZero(totals.one_time) ? "No set-up charges" : "When it is set up" },
  ];
  return (
    <section className={styles.summary} aria-label="Totals">
      <dl className={styles.figures}>
        {figures.map(({ label, amount, note }, index) => (
          <div key={label} className={styles.figure}>
            <dt>{label}</dt>
            <dd>
              <span className={styles.amount} {...(index === 0 ? { "data-testid": "monthly-total", "data-amount": totals.monthly } : {})}>
                {amount}
              </span>
              <span className={styles.note}>{note}</span>
            </dd>
          </div>
        ))}
        <div className={styles.figure}>
          <dt>Coverage</dt>
          <dd>
            <span className={styles.amount}>{formatCoverage(estimate.coverage)}</span>
            <span className={styles.note} data-open={open > 0 || undefined}>
              {open > 0 ? `${String(open)} of ${String(estimate.line_items.length)} lines have no price in this book` : "Every line has a price"}
            </span>
          </dd>
        </div>
      </dl>
      <div className={styles.chart}>
        <CategoryBar estimate={estimate} height={16} />
      </div>
    </section>
  );
}

function Table({ estimate, grouping }: { estimate: Estimate; grouping: Grouping }) {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const rows = useMemo(() => estimateRows(estimate, document, catalogue), [estimate, document, catalogue]);
  const groups = grouping === "component" ? [{ category: undefined, rows }] : byCategory(rows);
  return (
    <div className={styles.tableFrame}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Matched</th>
            <th scope="col" className={styles.number}>
              Lines
            </th>
            <th scope="col" className={styles.number}>
              A month
            </th>
            <th scope="col" className={styles.number}>
              A year
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group.category ?? "all"}>
              {group.category !== undefined && (
                <tr className={styles.group}>
                  <th scope="colgroup" colSpan={3}>
                    {categoryLabel(group.category)}
                  </th>
                  <td className={styles.number}>{formatMoney(totalOf(group.rows), estimate.currency)}</td>
                  <td className={styles.number}>{formatMoney(times12(totalOf(group.rows)), estimate.currency)}</td>
                </tr>
              )}
              {group.rows.map((row) => (
                <Row key={row.id} row={row} estimate={estimate} />
              ))}
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Total
            </th>
            <td className={styles.number}>{formatMoney(estimate.totals.monthly, estimate.currency)}</td>
            <td className={styles.number}>{formatMoney(estimate.totals.yearly, estimate.currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Row({ row, estimate }: { row: EstimateRow; estimate: Estimate }) {
  const [isExpanded, setExpanded] = useState(false);
  const component = useDesignStore((state) => state.document.components[row.id]);
  const catalogue = useDesignStore((state) => state.catalogue);
  const count = component ? countOf(component, catalogue) : 1;
  const size = component ? sizeLine(component, catalogue) : "";
  const matches = [...new Set(row.lines.flatMap((line) => line.match ?? []))];
  const hasPrice = row.monthly !== null && !(isZero(row.monthly) && row.unpriced > 0);
  const Chevron = isExpanded ? IconChevronDown : IconChevronRight;
  return (
    <>
      <tr data-open={isExpanded || undefined}>
        <th scope="row">
          <UnstyledButton className={styles.expand} aria-expanded={isExpanded} onClick={() => setExpanded(!isExpanded)}>
            <Chevron size={14} stroke={1.75} aria-hidden="true" />
            <ComponentTile icon={row.icon} category={row.category} size={24} />
            <span>
              <span className={styles.name}>{row.name}</span>
              <span className={styles.size}>{[count === 1 ? "" : `${String(count)} ×`, size].filter(Boolean).join(" ")}</span>
            </span>
          </UnstyledButton>
        </th>
        <td className={styles.match}>{matches.join("; ")}</td>
        <td className={styles.number}>
          {row.lines.length}
          {row.unpriced > 0 && <span className={styles.open}>, {row.unpriced} open</span>}
        </td>
        <td className={styles.number}>
          {hasPrice && row.monthly !== null ? formatMoney(row.monthly, estimate.currency) : <span className={styles.missing}>No price in this book</span>}
        </td>
        <td className={styles.number}>{hasPrice && row.monthly !== null ? formatMoney(times12(row.monthly), estimate.currency) : ""}</td>
      </tr>
      {isExpanded && (
        <tr className={styles.details}>
          <td colSpan={5}>
            <LineItems lines={row.lines} currency={estimate.currency} book={`${estimate.price_book_title}, version ${String(estimate.price_book_version)}`} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Where the figures stand: the book, and the pages that its prices were read from. */
function Sources({ estimate }: { estimate: Estimate }) {
  const books = usePriceBooks();
  const book = books.data?.find(({ key }) => key === estimate.price_book);
  const pages = [...new Set(estimate.line_items.flatMap((line) => line.source?.url ?? []))];
  const assumptions = [...new Set(estimate.line_items.filter((line) => !isOpen(line)).flatMap((line) => line.assumption ?? []))];
  return (
    <section className={styles.sources}>
      <h2>Sources</h2>
      <p>
        {estimate.price_book_title}, version {estimate.price_book_version}
        {book && `, valid from ${book.valid_from}, a month is ${String(book.month_hours)} hours, ${book.tax}`}.
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
      {assumptions.length > 0 && (
        <>
          <h2>Assumptions</h2>
          <ul>
            {assumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function byCategory(rows: EstimateRow[]): { category: string; rows: EstimateRow[] }[] {
  const groups = new Map<string, EstimateRow[]>();
  for (const row of rows) groups.set(row.category, [...(groups.get(row.category) ?? []), row]);
  return [...groups].map(([category, own]) => ({ category, rows: own })).sort((a, b) => Number(totalOf(b.rows)) - Number(totalOf(a.rows)));
}

function totalOf(rows: EstimateRow[]): string {
  return addAmounts(rows.flatMap((row) => row.monthly ?? []));
}

function times12(amount: string): string {
  return addAmounts(Array.from({ length: 12 }, () => amount));
}
