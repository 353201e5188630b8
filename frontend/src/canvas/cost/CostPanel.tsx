import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import type { Estimate } from "@/api/types";
import { ComponentTile } from "@/catalog/ComponentTile";
import { BudgetBar, isTight } from "@/estimate/BudgetBar";
import { CategoryBar } from "@/estimate/CategoryBar";
import { doubtWords } from "@/estimate/doubtWords";
import { type EstimateRow, estimateRows, openLines } from "@/estimate/estimateRows";
import { LineItems } from "@/estimate/LineItems";
import { NewPrices, NewPricesInALine } from "@/estimate/NewPrices";
import { PriceBookMenu } from "@/estimate/PriceBookMenu";
import type { PriceChange } from "@/estimate/usePriceChanges";
import { useCountedAmount } from "@/estimate/useCountedAmount";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";
import { formatChange, formatCoverage, formatMoney, isZero } from "@/ui/money";

import styles from "./CostPanel.module.css";

/** The dearest; a long list is what the Estimate screen is for. */
const MOST_ROWS = 50;

type Props = { estimate: Estimate | undefined; error: Error | null; change: PriceChange | undefined };

/** Money is always in sight. The panel folds to one line, never to nothing. */
export function CostPanel({ estimate, error, change }: Props) {
  const isOpen = useSessionStore((state) => state.isCostOpen);
  const toggle = useSessionStore((state) => state.toggleCost);
  return (
    <section className={styles.cost} aria-label="Monthly cost" data-open={isOpen || undefined}>
      <div className={styles.head}>
        <div className={styles.headLine}>
          <span>Monthly cost</span>
          {isOpen && <PriceBookMenu />}
        </div>
        <div className={styles.totalLine}>
          {estimate ? <Total estimate={estimate} change={change} /> : <span className={styles.waiting}>…</span>}
          {!isOpen && estimate && <Coverage estimate={estimate} />}
          <UnstyledButton className={styles.fold} onClick={toggle} aria-expanded={isOpen} aria-label={isOpen ? "Show less of the cost" : "Show more of the cost"}>
            {isOpen ? <IconChevronDown size={14} stroke={1.75} /> : <IconChevronUp size={14} stroke={1.75} />}
          </UnstyledButton>
        </div>
      </div>
      {error && <p className={styles.error}>{errorSentence(error)}</p>}
      {estimate?.new_prices && <div className={styles.limits}>{isOpen ? <NewPrices estimate={estimate} /> : <NewPricesInALine estimate={estimate} />}</div>}
      {estimate && <Limits estimate={estimate} isOpen={isOpen} />}
      {isOpen && estimate && <Rows estimate={estimate} />}
    </section>
  );
}

function Total({ estimate, change }: { estimate: Estimate; change: PriceChange | undefined }) {
  const counted = useCountedAmount(estimate.totals.monthly);
  return (
    <>
      <span className={styles.total} data-testid="monthly-total" data-amount={estimate.totals.monthly}>
        {formatMoney(counted, estimate.currency)}
      </span>
      {change && !isZero(change.amount) && (
        <span className={styles.change}>
          {formatChange(change.amount, estimate.currency)} <span className={styles.since}>since v{change.since}</span>
        </span>
      )}
      <SpokenTotal text={`${formatMoney(estimate.totals.monthly, estimate.currency)} a month`} />
    </>
  );
}

/** The total for those who listen: at most once a second, and never on opening the page. */
function SpokenTotal({ text }: { text: string }) {
  const [spoken, setSpoken] = useState("");
  const first = useRef(text);
  useEffect(() => {
    if (text === first.current) return undefined;
    const timer = setTimeout(() => setSpoken(text), 1000);
    return () => clearTimeout(timer);
  }, [text]);
  return <VisuallyHidden aria-live="polite">{spoken}</VisuallyHidden>;
}

function Coverage({ estimate }: { estimate: Estimate }) {
  const open = openLines(estimate);
  return (
    <span className={styles.coverage} data-open={open > 0 || undefined}>
      {open > 0 && <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />}
      {formatCoverage(estimate.coverage)}
    </span>
  );
}

/** How far a month may go, and how it stands to the budget. A budget that is nearly used shows in the folded panel too. */
function Limits({ estimate, isOpen }: { estimate: Estimate; isOpen: boolean }) {
  const { range, currency, budget } = estimate;
  const isWide = range.low !== range.high;
  if (!(isOpen && (isWide || budget)) && !isTight(budget)) return null;
  return (
    <div className={styles.limits}>
      {isOpen && isWide && (
        <p>
          {formatMoney(range.low, currency)} to {formatMoney(range.high, currency)} with low to high use
        </p>
      )}
      {budget && <BudgetBar budget={budget} />}
    </div>
  );
}

function Rows({ estimate }: { estimate: Estimate }) {
  const document = useDesignStore((state) => state.document);
  const designId = useDesignStore((state) => state.designId);
  const catalogue = useDesignStore((state) => state.catalogue);
  const rows = useMemo(() => estimateRows(estimate, document, catalogue), [estimate, document, catalogue]);
  const open = openLines(estimate);
  const doubt = doubtWords(estimate.doubt);
  return (
    <>
      <div className={styles.chart}>
        <CategoryBar estimate={estimate} />
      </div>
      <div className={styles.rows}>
        {rows.slice(0, MOST_ROWS).map((row) => (
          <CostRow key={row.id} row={row} estimate={estimate} />
        ))}
        {rows.length > MOST_ROWS && <p className={styles.more}>{rows.length - MOST_ROWS} more are in the full estimate.</p>}
      </div>
      {doubt && (
        <p className={styles.doubt} data-kind={estimate.doubt?.kind}>
          {doubt}
        </p>
      )}
      <div className={styles.foot}>
        <span className={styles.coverage} data-open={open > 0 || undefined}>
          {open > 0 && <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />}
          {formatCoverage(estimate.coverage)}
          {open > 0 && `, ${String(open)} of ${String(estimate.line_items.length)} lines open`}
        </span>
        <Link to={`/designs/${designId ?? ""}/estimate`} className={styles.full}>
          Full estimate
        </Link>
      </div>
    </>
  );
}

function CostRow({ row, estimate }: { row: EstimateRow; estimate: Estimate }) {
  const [isOpen, setOpen] = useState(false);
  const isSelected = useSessionStore((state) => state.selection.length === 1 && state.selection[0] === row.id);
  const book = `${estimate.price_book_title}, version ${String(estimate.price_book_version)}`;
  return (
    <div className={styles.row} data-open={isOpen || undefined} data-selected={isSelected || undefined}>
      <UnstyledButton className={styles.rowHead} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ComponentTile icon={row.icon} category={row.category} size={24} />
        <span className={styles.name}>{row.name}</span>
        {row.monthly === null || (isZero(row.monthly) && row.unpriced > 0) ? (
          <span className={styles.missing}>No price in this book</span>
        ) : (
          <span className={styles.amount}>
            {row.unpriced > 0 && <IconAlertTriangle size={12} stroke={2} aria-label={`${String(row.unpriced)} lines without a price`} />}
            {formatMoney(row.monthly, estimate.currency)}
          </span>
        )}
      </UnstyledButton>
      {isOpen && (
        <div className={styles.lines}>
          <LineItems lines={row.lines} currency={estimate.currency} book={book} />
        </div>
      )}
    </div>
  );
}
