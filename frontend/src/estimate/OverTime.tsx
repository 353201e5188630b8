import { UnstyledButton } from "@mantine/core";
import { lazy, Suspense } from "react";

import type { Estimate } from "@/api/types";
import { formatMoney } from "@/ui/money";

import styles from "./OverTime.module.css";

const GrowthChart = lazy(async () => ({ default: (await import("./GrowthChart")).GrowthChart }));

const TERMS = ["12", "24", "36"] as const;

/** What it comes to over long terms, with growth and with what is paid once. */
export function OverTime({ estimate, onAssume }: { estimate: Estimate; onAssume: () => void }) {
  const { months, periods, currency } = estimate;
  const grows = new Set(months).size > 1;
  return (
    <section className={styles.time} aria-labelledby="over-time">
      <h2 id="over-time">Over time</h2>
      <dl className={styles.terms}>
        {TERMS.map((term) => (
          <div key={term}>
            <dt>{term} months</dt>
            <dd>{formatMoney(periods[term], currency)}</dd>
          </div>
        ))}
      </dl>
      {grows ? (
        <>
          <Suspense fallback={<div className={styles.room} />}>
            <GrowthChart estimate={estimate} />
          </Suspense>
          <details className={styles.table}>
            <summary>The same as a table</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">Month</th>
                  <th scope="col">Expected</th>
                </tr>
              </thead>
              <tbody>
                {months.map((amount, index) => (
                  <tr key={index}>
                    <th scope="row">{index + 1}</th>
                    <td>{formatMoney(amount, currency)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      ) : (
        <p className={styles.flat}>
          Every month costs the same, because no growth is assumed.{" "}
          <UnstyledButton className={styles.link} onClick={onAssume}>
            Assume growth
          </UnstyledButton>
        </p>
      )}
    </section>
  );
}
