import { UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Fragment, useMemo, useState } from "react";

import type { Estimate } from "@/api/types";
import { ComponentTile } from "@/catalog/ComponentTile";
import { countOf } from "@/document/queries";
import { sizeLine } from "@/document/sizeLine";
import { useDesignStore } from "@/stores/designStore";
import { formatMoney, isZero } from "@/ui/money";

import { type EstimateRow, estimateRows } from "./estimateRows";
import styles from "./EstimateTable.module.css";
import { formatSmall } from "./formatSmall";
import { type GroupBy, type GroupRow, groupRows } from "./groupRows";
import { LineItems } from "./LineItems";
import { columnOf, forPeriod, type Period } from "./periods";

type Props = { estimate: Estimate; groupBy: GroupBy; period: Period };

/** Every part of the estimate. A component opens to its lines, and each line explains itself. */
export function EstimateTable({ estimate, groupBy, period }: Props) {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const rows = useMemo(() => estimateRows(estimate, document, catalogue), [estimate, document, catalogue]);
  const groups = useMemo(() => groupRows(estimate, groupBy, rows, document, catalogue), [estimate, groupBy, rows, document, catalogue]);
  const say = (amount: string) => amountText(forPeriod(amount, period, estimate), period, estimate.currency);
  return (
    <div className={styles.frame} role="region" aria-label="Lines of the estimate">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{groupBy === "service" ? "Service" : "Component"}</th>
            <th scope="col">{groupBy === "service" ? "" : "Matched"}</th>
            <th scope="col" className={styles.number}>
              Lines
            </th>
            <th scope="col" className={styles.number}>
              {columnOf(period)}
            </th>
            <th scope="col" className={styles.number}>
              Once
            </th>
          </tr>
        </thead>
        <tbody>
          {groupBy === "component"
            ? rows.map((row) => <ComponentRows key={row.id} row={row} estimate={estimate} say={say} />)
            : groups.map((group) => (
                <Fragment key={group.key}>
                  <GroupHead group={group} estimate={estimate} say={say} />
                  {group.rows.map((row) => (
                    <ComponentRows key={row.id} row={row} estimate={estimate} say={say} />
                  ))}
                </Fragment>
              ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {estimate.list.monthly === estimate.totals.monthly ? "Total" : "Total by the book’s prices"}
            </th>
            <td className={styles.number}>{say(estimate.list.monthly)}</td>
            <td className={styles.number}>{isZero(estimate.list.one_time) ? "" : formatMoney(estimate.list.one_time, estimate.currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type RowProps = { estimate: Estimate; say: (amount: string) => string };

function GroupHead({ group, estimate, say }: RowProps & { group: GroupRow }) {
  const share = group.monthly === null ? 0 : Number(group.monthly) / (Number(estimate.list.monthly) || 1);
  return (
    <tr className={styles.group}>
      <th scope={group.rows.length > 0 ? "rowgroup" : "row"} colSpan={2}>
        {group.label}
        <span className={styles.share}> {Math.round(share * 100)}%</span>
      </th>
      <td className={styles.number}>{group.unpriced > 0 && <span className={styles.open}>{group.unpriced} open</span>}</td>
      <td className={styles.number}>{group.monthly === null ? <span className={styles.missing}>No price in this book</span> : say(group.monthly)}</td>
      <td />
    </tr>
  );
}

function ComponentRows({ row, estimate, say }: RowProps & { row: EstimateRow }) {
  const [isExpanded, setExpanded] = useState(false);
  const component = useDesignStore((state) => state.document.components[row.id]);
  const catalogue = useDesignStore((state) => state.catalogue);
  const count = component ? countOf(component, catalogue) : 1;
  const size = component ? sizeLine(component, catalogue) : "";
  const matches = [...new Set(row.lines.flatMap((line) => line.match ?? []))];
  const isUnknown = row.monthly === null || (isZero(row.monthly) && row.unpriced > 0);
  const once = row.lines.flatMap((line) => (line.one_time !== null && !isZero(line.one_time) ? [Number(line.one_time)] : []));
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
          {isUnknown || row.monthly === null ? <span className={styles.missing}>No price in this book</span> : say(row.monthly)}
        </td>
        <td className={styles.number}>{once.length > 0 ? formatMoney(String(once.reduce((sum, one) => sum + one, 0)), estimate.currency) : ""}</td>
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

function amountText(amount: string, period: Period, currency: string): string {
  return period === "monthly" || period === "yearly" ? formatMoney(amount, currency) : formatSmall(amount, currency, 4);
}
