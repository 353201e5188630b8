import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { listChanges } from "@/api/proposals";
import type { ProposalVersion } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

import { Changes } from "./Changes";
import styles from "./ProposalEditor.module.css";

const DRAFT = 0;

/** Two versions, or a version and the draft, side by side: what a customer would see changed. */
export function ChangesSince({ proposalId, versions }: { proposalId: string; versions: readonly ProposalVersion[] }) {
  const newest = versions.at(-1)?.number ?? 0;
  const [before, setBefore] = useState(newest);
  const [after, setAfter] = useState(DRAFT);
  const changes = useQuery({
    queryKey: keys.proposal_changes(proposalId, before, after || undefined),
    queryFn: ({ signal }) => listChanges(proposalId, before, after || undefined, signal),
    placeholderData: (shown) => shown,
    staleTime: 0,
  });
  const words = versions.map(({ number }) => ({ value: String(number), label: `version ${number}` }));
  return (
    <section className={styles.changes} aria-label="What changed">
      <header className={styles.compared}>
        <h2 className={styles.heading}>What changed</h2>
        <NativeSelect
          aria-label="From"
          size="xs"
          value={String(before)}
          data={words.map(({ value, label }) => ({ value, label: `From ${label}` }))}
          onChange={(event) => setBefore(Number(event.currentTarget.value))}
        />
        <NativeSelect
          aria-label="To"
          size="xs"
          value={String(after)}
          data={[
            { value: String(DRAFT), label: "to the draft" },
            ...words.map(({ value, label }) => ({ value, label: `to ${label}` })),
          ]}
          onChange={(event) => setAfter(Number(event.currentTarget.value))}
        />
      </header>
      {changes.isError && <ErrorNotice title={errorSentence(changes.error)} />}
      {changes.data?.length === 0 && <p className={styles.note}>Nothing that a customer would see.</p>}
      {changes.data && changes.data.length > 0 && <Changes rows={changes.data} />}
    </section>
  );
}
