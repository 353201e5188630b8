import { Button, NativeSelect } from "@mantine/core";
import { IconSnowflake } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";

import { errorSentence } from "@/api/client";
import { createRevision, getDifferences, listRevisions } from "@/api/estimates";
import { keys } from "@/api/keys";
import type { Revision } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatChange } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { formatAgo } from "@/ui/times";

import styles from "./ChangesScreen.module.css";
import { DifferenceTable } from "./DifferenceTable";
import { useDesignQuery } from "./useDesignQuery";

const CURRENT = "current";

/** Two states of one design, and line by line what leads from one total to the other. */
export function ChangesScreen() {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const revisions = useQuery({ queryKey: keys.revisions(designId), queryFn: () => listRevisions(designId), enabled: designId !== "" });
  const [params, setParams] = useSearchParams();
  const known = [...(revisions.data ?? [])].sort((left, right) => right.number - left.number);
  const from = params.get("from") ?? String(known[0]?.number ?? "");
  const to = params.get("to") ?? CURRENT;
  const { data, error } = useDesignQuery(keys.differences, (id, signal) => getDifferences(id, from, to, signal), [from, to], from !== "");
  const choose = (name: "from" | "to", value: string) =>
    setParams(
      (before) => {
        before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const choices = [{ value: CURRENT, label: "As it is now" }, ...known.map((revision) => ({ value: String(revision.number), label: nameOf(revision) }))];
  const labelOf = (value: string) => choices.find((choice) => choice.value === value)?.label ?? value;

  if (revisions.isError) return <ErrorNotice title={errorSentence(revisions.error)} onRetry={() => void revisions.refetch()} />;
  if (!revisions.data)
    return (
      <Loading label="Revisions are loading">
        <Skeleton width="100%" height={160} />
      </Loading>
    );
  if (known.length === 0)
    return (
      <EmptyState title="No revision yet" actions={<Freeze designId={designId} />}>
        <p>Freeze the design as it is. From then on this page says line by line what your edits do to the cost.</p>
      </EmptyState>
    );
  return (
    <>
      <div className={styles.toolbar}>
        <NativeSelect size="xs" label="From" value={from} onChange={(event) => choose("from", event.currentTarget.value)} data={choices} />
        <NativeSelect size="xs" label="To" value={to} onChange={(event) => choose("to", event.currentTarget.value)} data={choices} />
        <Freeze designId={designId} />
      </div>
      {error && <ErrorNotice title={errorSentence(error)} />}
      {data && !error && (
        <>
          <p className={styles.outcome} role="status">
            {data.lines.length === 0 ? "No line differs. Both cost the same." : `${formatChange(data.monthly, data.currency)} a month, at today’s prices.`}
          </p>
          {data.lines.length > 0 && <DifferenceTable differences={data} from={labelOf(from)} to={labelOf(to)} />}
        </>
      )}
    </>
  );
}

function Freeze({ designId }: { designId: string }) {
  const client = useQueryClient();
  const freeze = useMutation({
    mutationFn: async () => {
      await useDesignStore.getState().flush();
      return createRevision(designId, "");
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.revisions(designId) }),
  });
  return (
    <span className={styles.freeze}>
      <Button size="xs" leftSection={<IconSnowflake size={16} stroke={1.75} />} loading={freeze.isPending} onClick={() => freeze.mutate()}>
        Freeze a revision
      </Button>
      {freeze.isError && (
        <span className={styles.error} role="alert">
          {errorSentence(freeze.error)}
        </span>
      )}
    </span>
  );
}

function nameOf({ number, name, created_at }: Revision): string {
  return [`r${String(number)}`, name, formatAgo(created_at)].filter(Boolean).join(", ");
}
