import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { getImpact, lookAgainAtImpact } from "@/api/prices";
import type { PriceBookVersion } from "@/api/types";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatChange, formatCoverage, formatMoney } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./Impact.module.css";

/** Which designs cost something else once this version counts, and how much. */
export function Impact({ version }: { version: PriceBookVersion }) {
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: keys.impact(version.id),
    queryFn: () => getImpact(version.id),
    // Many designs are looked at in the background; until then the list grows.
    refetchInterval: ({ state }) => (state.data && !state.data.is_done ? 2000 : false),
    retry: false,
  });
  const again = useMutation({
    mutationFn: () => lookAgainAtImpact(version.id),
    onSuccess: (report) => client.setQueryData(keys.impact(version.id), report),
  });
  if (error) return <ErrorNotice title={errorSentence(error)} />;
  if (!data)
    return (
      <Loading label="Designs are looked at">
        <Skeleton width="100%" height={48} />
      </Loading>
    );
  return (
    <section className={styles.impact} aria-label={`What version ${String(version.version)} changes`}>
      <p role="status">
        {data.is_done
          ? data.designs.length === 0
            ? data.total === 0
              ? "No design is priced with this book, so no total changes."
              : `${countOf(data.total, "design")} on this book, and no total changes.`
            : `${String(data.designs.length)} of the ${countOf(data.total, "design")} on this book ${data.designs.length === 1 ? "gets" : "get"} another total.`
          : `${String(data.looked_at)} of ${countOf(data.total, "design")} looked at so far.`}{" "}
        {data.is_done && (
          <Button size="compact-xs" loading={again.isPending} onClick={() => again.mutate()}>
            Look again
          </Button>
        )}
      </p>
      {data.designs.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Design</th>
              <th scope="col" className={styles.number}>
                Before
              </th>
              <th scope="col" className={styles.number}>
                After
              </th>
              <th scope="col" className={styles.number}>
                A month
              </th>
            </tr>
          </thead>
          <tbody>
            {data.designs.map((row) => (
              <tr key={row.design}>
                <th scope="row">
                  <Link to={`/designs/${row.design}/estimate`}>{row.name}</Link>
                  <span className={styles.about}>{row.owner}</span>
                </th>
                {row.change === null ? (
                  <td colSpan={3}>{row.reason}</td>
                ) : (
                  <>
                    <Side amount={row.before} coverage={row.coverage_before} currency={row.currency} />
                    <Side amount={row.after} coverage={row.coverage_after} currency={row.currency} />
                    <td className={styles.number}>{formatChange(row.change, row.currency)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Side({ amount, coverage, currency }: { amount: string | null; coverage: string | null; currency: string }) {
  return (
    <td className={styles.number}>
      {amount === null ? "No price" : formatMoney(amount, currency)}
      {coverage !== null && <span className={styles.about}>{formatCoverage(coverage)}</span>}
    </td>
  );
}
