import { Tabs } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useNavigate } from "react-router";

import type { PriceBook } from "@/api/types";
import { IconButton } from "@/ui/IconButton";
import { formatDate } from "@/ui/times";

import styles from "./BookDetails.module.css";
import { DoubtPill } from "./BooksTable";
import { PriceRows } from "./PriceRows";
import { KIND_WORDS } from "./priceWords";
import { Versions } from "./Versions";

type Props = { bookKey: string; book: PriceBook | undefined };

/** One price book: what it says about itself, its rows, and its versions. A new book is only versions until one is published. */
export function BookDetails({ bookKey, book }: Props) {
  const navigate = useNavigate();
  return (
    <section className={styles.details} aria-label={book?.title ?? bookKey}>
      <header className={styles.head}>
        <div>
          <h2>{book?.title ?? bookKey}</h2>
          <code className={styles.key}>{bookKey}</code>
        </div>
        <IconButton label="Close" onClick={() => void navigate("/prices")}>
          <IconX size={16} stroke={1.75} />
        </IconButton>
      </header>
      {book ? <Facts book={book} /> : <p className={styles.none}>Nothing of this book is published yet.</p>}
      <Tabs defaultValue={book ? "prices" : "versions"} keepMounted={false}>
        <Tabs.List>
          {book && <Tabs.Tab value="prices">Prices</Tabs.Tab>}
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          {book && <Tabs.Tab value="sources">Sources</Tabs.Tab>}
        </Tabs.List>
        {book && (
          <Tabs.Panel value="prices">
            <PriceRows book={book} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="versions">
          <Versions bookKey={bookKey} isShipped={book?.state === "shipped"} />
        </Tabs.Panel>
        {book && (
          <Tabs.Panel value="sources">
            <Sources book={book} />
          </Tabs.Panel>
        )}
      </Tabs>
    </section>
  );
}

function Facts({ book }: { book: PriceBook }) {
  const facts = [
    ["Provider", book.provider],
    ["Region", book.region],
    ["Currency", book.currency],
    ["Valid", book.valid_to ? `${book.valid_from ?? ""} to ${book.valid_to}` : `from ${book.valid_from ?? "no date"}`],
    ["Month", `${book.month.hours} hours${book.month.rule === "fixed_hours" ? "" : `, ${book.month.rule.replaceAll("_", " ")}`}`],
    ["Metering", `by the ${book.metering.replaceAll("_", " ")}`],
    ["Tax", book.tax === "unstated" ? "not stated by the source" : `${book.tax}${book.tax_rate ? `, ${String(Number((Number(book.tax_rate) * 100).toFixed(4)))}%` : ""}`],
    ["Version", `${String(book.version)}, ${book.state}, collected ${formatDate(book.collected_at)}`],
  ].filter(([, value]) => value);
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Sources</dt>
          <dd>
            <DoubtPill kind={book.doubt.kind} />
          </dd>
        </div>
      </dl>
      {book.note && <p className={styles.note}>{book.note}</p>}
    </>
  );
}

function Sources({ book }: { book: PriceBook }) {
  return (
    <>
      <p className={styles.counts}>
        {Object.entries(book.doubt.counts)
          .filter(([, count]) => count > 0)
          .map(([kind, count]) => `${count.toLocaleString("en-US")} ${count === 1 ? "row" : "rows"}: ${(KIND_WORDS[kind]?.word ?? kind).toLowerCase()}`)
          .join(". ")}
        .
      </p>
      <ul className={styles.sources}>
        {book.sources.map((source) => (
          <li key={source.id}>
            <a href={source.url} target="_blank" rel="noreferrer noopener">
              {source.url}
            </a>
            <span className={styles.about}>
              {[KIND_WORDS[source.kind]?.word ?? source.kind, `read ${source.retrieved}`, source.licence, source.note].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
