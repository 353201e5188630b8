import type { Estimate } from "@/api/types";
import { formatChange, formatMoney, isZero } from "@/ui/money";

import styles from "./HowTheTotalIsMade.module.css";

/** From the book's prices to what is charged. Only the seller sees this; the customer's files leave it out. */
export function HowTheTotalIsMade({ estimate }: { estimate: Estimate }) {
  const { list, markup, discounts, tax, totals, currency, rate } = estimate;
  const hasMarkup = !isZero(markup.monthly) || !isZero(markup.one_time);
  if (!hasMarkup && discounts.length === 0 && !tax && !rate) return null;
  return (
    <section className={styles.how} aria-labelledby="how-the-total">
      <h2 id="how-the-total">
        How the total is made{estimate.customer ? ` for ${estimate.customer}` : ""}
        <span className={styles.hint}>Only you see mark-up and discounts apart.</span>
      </h2>
      <table>
        <tbody>
          <tr>
            <th scope="row">By the book’s prices</th>
            <td>{formatMoney(list.monthly, currency)}</td>
          </tr>
          {hasMarkup && (
            <tr>
              <th scope="row">Mark-up, {markup.percent}%</th>
              <td>{formatChange(markup.monthly, currency)}</td>
            </tr>
          )}
          {discounts.map((taken, index) => (
            <tr key={`${taken.title} ${String(index)}`}>
              <th scope="row">
                {taken.title.includes("%") ? taken.title : `${taken.title}, ${taken.percent}%`}
              </th>
              <td>{formatChange(taken.monthly.startsWith("-") ? taken.monthly : `-${taken.monthly}`, currency)}</td>
            </tr>
          ))}
          <tr className={styles.total}>
            <th scope="row">A month{tax && !tax.included ? ", without tax" : ""}</th>
            <td>{formatMoney(totals.monthly, currency)}</td>
          </tr>
          {tax && (
            <>
              <tr>
                <th scope="row">
                  {tax.included ? "Of it " : ""}
                  {tax.name || "Tax"}, {tax.rate_percent}%
                </th>
                <td>{tax.included ? formatMoney(tax.tax.monthly, currency) : formatChange(tax.tax.monthly, currency)}</td>
              </tr>
              {!tax.included && (
                <tr className={styles.total}>
                  <th scope="row">A month, with {tax.name || "tax"}</th>
                  <td>{formatMoney(tax.total.monthly, currency)}</td>
                </tr>
              )}
            </>
          )}
        </tbody>
      </table>
      {rate && (
        <p className={styles.rate}>
          1 {rate.from} = {String(Number(Number(rate.rate).toPrecision(6)))} {rate.to}, {rate.date}, {rate.source}
        </p>
      )}
    </section>
  );
}
