import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { errorSentence } from "@/api/client";
import { compareBooks } from "@/api/estimates";
import { keys } from "@/api/keys";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { Rates } from "@/estimate/Rates";
import { SidePanel } from "@/estimate/SidePanel";

import { BookBars } from "./BookBars";
import { BookPicker } from "./BookPicker";
import { type SortBy, sortedColumns } from "./bookColumns";
import styles from "./BooksScreen.module.css";
import { BookTable } from "./BookTable";
import { TermsSelect } from "./TermsSelect";
import { useDesignQuery } from "./useDesignQuery";

/** One design, any number of price books, side by side. */
export function BooksScreen() {
  const [params, setParams] = useSearchParams();
  const [sortBy, setSortBy] = useState<SortBy>("cheapest");
  const [areRatesOpen, setRatesOpen] = useState(false);
  const chosen = params.get("books")?.split(",").filter(Boolean) ?? [];
  const customer = params.get("customer") ?? "";
  const { data, error, refetch } = useDesignQuery(keys.comparison, (id, signal) => compareBooks(id, chosen, customer, signal), [...chosen, customer]);
  const chooseCustomer = (id: string) =>
    setParams(
      (before) => {
        if (id) before.set("customer", id);
        else before.delete("customer");
        return before;
      },
      { replace: true },
    );
  const choose = (books: readonly string[]) =>
    setParams(
      (before) => {
        if (books.length > 0) before.set("books", books.join(","));
        else before.delete("books");
        return before;
      },
      { replace: true },
    );
  const columns = data ? sortedColumns(data, sortBy) : [];
  const currency = columns.find(({ comparable }) => comparable)?.comparable?.currency ?? "this design’s currency";
  const unconverted = [...new Set(columns.filter(({ comparable }) => !comparable).map(({ currency }) => currency))];
  return (
    <>
      <div className={styles.toolbar}>
        <BookPicker chosen={data?.map(({ book }) => book.key) ?? []} isAll={chosen.length === 0} onChoose={choose} />
        <NativeSelect
          size="xs"
          aria-label="Order"
          value={sortBy}
          onChange={(event) => setSortBy(event.currentTarget.value as SortBy)}
          data={[
            { value: "cheapest", label: "Cheapest complete price first" },
            { value: "coverage", label: "Most prices first" },
            { value: "asked", label: "This design’s book first" },
          ]}
        />
        <TermsSelect value={customer} onChange={chooseCustomer} />
        <Button size="xs" aria-expanded={areRatesOpen} onClick={() => setRatesOpen(!areRatesOpen)}>
          Currency rates
        </Button>
        {customer && <span className={styles.hint}>Totals are what this customer pays; rows are list prices.</span>}
        {unconverted.length > 0 && (
          <span className={styles.hint}>Books in {unconverted.join(", ")} have no rank: no rate to {currency} is known. Say one under Currency rates; until then their own totals stand below.</span>
        )}
      </div>
      {areRatesOpen && (
        <div className={styles.rates}>
          <SidePanel title="Currencies" onClose={() => setRatesOpen(false)}>
            <Rates />
          </SidePanel>
        </div>
      )}
      {error && <ErrorNotice title={errorSentence(error)} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Loading label="The comparison is loading">
          <div className={styles.skeleton}>
            <Skeleton width="100%" height={160} />
            <Skeleton width="100%" height={240} />
          </div>
        </Loading>
      )}
      {data && (data.every(({ rows }) => rows.length === 0) ? (
        <EmptyState title="Nothing to compare yet">
          <p>Draw something that a provider charges for, and every price book shows here what it would ask.</p>
        </EmptyState>
      ) : (
        <>
          <BookBars columns={columns} first={data[0]?.book.key ?? ""} />
          <BookTable columns={columns} />
        </>
      ))}
    </>
  );
}
