import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { listPrices } from "@/api/prices";
import type { PriceBook, PriceRow } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./PriceRows.module.css";
import { KIND_WORDS, priceWords, serviceWords } from "./priceWords";

/** A longer list is scrolled by nobody; the search is quicker. */
const SHOWN_AT_FIRST = 150;

/** Every row of a book with where it stands in its source. */
export function PriceRows({ book }: { book: PriceBook }) {
  const [service, setService] = useState("");
  const [search, setSearch] = useState("");
  const [isAll, setAll] = useState(false);
  const sought = useDeferredValue(search.trim().toLowerCase());
  const { data, error, refetch } = useQuery({
    queryKey: keys.price_rows(book.key, String(book.version)),
    queryFn: ({ signal }) => listPrices(book.key, "", signal),
    staleTime: Infinity,
  });
  if (error) return <ErrorNotice title={errorSentence(error)} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Loading label="Prices are loading">
        <Skeleton width="100%" height={200} />
      </Loading>
    );
  const found = data.filter((row) => (!service || row.service === service) && (!sought || `${row.sku} ${row.description} ${row.product}`.toLowerCase().includes(sought)));
  const shown = isAll ? found : found.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <div className={styles.toolbar}>
        <NativeSelect
          size="xs"
          aria-label="Service"
          value={service}
          onChange={(event) => setService(event.currentTarget.value)}
          data={[{ value: "", label: "All services" }, ...book.services.map((one) => ({ value: one, label: serviceWords(one) }))]}
        />
        <TextInput size="xs" type="search" aria-label="Search prices" placeholder="SKU or description" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <span className={styles.count} role="status">
          {found.length.toLocaleString("en-US")} of {data.length.toLocaleString("en-US")} rows
        </span>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to scroll by keyboard too */}
      <div className={styles.frame} role="region" aria-label="Rows of the price book" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">SKU</th>
              <th scope="col">Service</th>
              <th scope="col">Price</th>
              <th scope="col">Terms</th>
              <th scope="col">Source</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <Row key={`${row.sku} ${String(index)}`} row={row} currency={book.currency} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < found.length && (
        <Button size="xs" className={styles.more} onClick={() => setAll(true)}>
          Show {(found.length - shown.length).toLocaleString("en-US")} more
        </Button>
      )}
    </>
  );
}

function Row({ row, currency }: { row: PriceRow; currency: string }) {
  const kind = KIND_WORDS[row.source.kind];
  return (
    <tr>
      <th scope="row">
        <code className={styles.sku}>{row.sku}</code>
        <span className={styles.about}>{row.description}</span>
      </th>
      <td>{serviceWords(row.service)}</td>
      <td className={styles.price}>
        {priceWords(row, currency)}
        {row.charge !== "usage" && row.charge !== "included" && <span className={styles.about}>{row.charge.replaceAll("_", " ")}</span>}
      </td>
      <td className={styles.terms}>{row.terms}</td>
      <td>
        <a href={row.source.url} target="_blank" rel="noreferrer noopener">
          Source
          <IconExternalLink size={11} stroke={1.75} aria-label="opens in a new tab" />
        </a>
        <span className={styles.about}>
          {row.locator}
          {row.confidence === "derived" && ", worked out"}
        </span>
        {row.source.kind !== "primary" && (
          <span className={styles.about} data-tone={kind?.tone}>
            {kind?.word}
          </span>
        )}
        {row.note && <span className={styles.about}>{row.note}</span>}
      </td>
    </tr>
  );
}
