import type { Estimate } from "@/api/types";
import { formatChange, formatMoney } from "@/ui/money";
import { formatDate } from "@/ui/times";

import styles from "./NewPrices.module.css";

/** The same in a line, for a panel that is folded. */
export function NewPricesInALine({ estimate }: { estimate: Estimate }) {
  const { new_prices: news } = estimate;
  if (!news?.change) return null;
  return (
    <p role="status">
      {formatChange(news.change, news.currency)} a month with version {news.book_version} of the price book
    </p>
  );
}

/** What the newest version of the price book did to this design. Nothing where it did nothing, or a month ago. */
export function NewPrices({ estimate }: { estimate: Estimate }) {
  const { new_prices: news } = estimate;
  if (!news) return null;
  const since = `Version ${String(news.book_version)} of the price book, since ${formatDate(news.published_at)}`;
  return (
    <p className={styles.news} role="status">
      {news.change === null || news.before === null || news.after === null ? (
        <>
          {since}: {news.reason || "some of this design has a price in only one of the two versions."}
        </>
      ) : (
        <>
          {since}: <b>{formatChange(news.change, news.currency)}</b> a month, from {formatMoney(news.before, news.currency)} to {formatMoney(news.after, news.currency)} at list prices.
        </>
      )}
    </p>
  );
}
