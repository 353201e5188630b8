import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { listSnapshots, removeSnapshot } from "@/api/running";
import type { Snapshot } from "@/api/types";
import { ResourceTile } from "@/deploy/ResourceTile";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconButton } from "@/ui/IconButton";
import { formatMoney } from "@/ui/money";
import { formatDate } from "@/ui/times";

import styles from "./OperateTab.module.css";
import own from "./RunningAside.module.css";

/** Snapshots outlive what they were made of, so each says what it costs until it is removed. */
export function SnapshotList({ designId, cloud }: { designId: string; cloud: string }) {
  const queryClient = useQueryClient();
  const snapshots = useQuery({
    queryKey: keys.snapshots(designId),
    queryFn: () => listSnapshots(designId),
    staleTime: 0,
  });
  const remove = useMutation({
    mutationFn: removeSnapshot,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.snapshots(designId) }),
  });
  const here = snapshots.data?.filter((one) => one.cloud === cloud) ?? [];
  return (
    <section className={own.section} aria-labelledby="snapshots-title">
      <h2 className={own.sectionTitle} id="snapshots-title">
        Snapshots
      </h2>
      {snapshots.isError && (
        <ErrorNotice title={errorSentence(snapshots.error)} onRetry={() => void snapshots.refetch()} />
      )}
      {remove.isError && <ErrorNotice title={errorSentence(remove.error)} />}
      {snapshots.data && here.length === 0 && (
        <p className={own.hint}>None. A snapshot of a server or a volume is kept here until it is removed.</p>
      )}
      <ul className={styles.list} aria-label="Snapshots">
        {here.map((one) => (
          <li key={one.id} className={styles.row}>
            <ResourceTile kind={one.kind} component={one.component} />
            <div className={styles.text}>
              <div className={styles.label}>{one.name}</div>
              <div className={styles.key}>
                {one.size_gib === null ? "size not known" : `${one.size_gib} GiB`}, {formatDate(one.created_at)}
              </div>
            </div>
            <Amount snapshot={one} />
            <IconButton
              label={`Remove ${one.name}`}
              size={28}
              disabled={remove.isPending && remove.variables === one.id}
              onClick={() => remove.mutate(one.id)}
            >
              <IconTrash size={16} stroke={1.75} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Amount({ snapshot: { monthly, currency } }: { snapshot: Snapshot }) {
  if (monthly === null) return <span className={styles.unpriced}>No price</span>;
  return <span className={styles.amount}>{formatMoney(monthly, currency)} a month</span>;
}
