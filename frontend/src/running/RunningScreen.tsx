import { useParams } from "react-router";

import { errorSentence } from "@/api/client";
import styles from "@/deploy/DeployScreen.module.css";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";

import { RunningView } from "./RunningView";
import { useStays } from "./useStays";

/** The address of what runs, whatever was deployed last. */
export function RunningScreen() {
  const { design_id: designId = "" } = useParams();
  const stays = useStays(designId);
  if (stays.data && stays.data.length > 0) return <RunningView designId={designId} stays={stays.data} />;
  return (
    <main className={styles.page}>
      <div className={styles.centre}>
        {stays.isError && <ErrorNotice title={errorSentence(stays.error)} onRetry={() => void stays.refetch()} />}
        {stays.data && (
          <EmptyState title="Nothing runs" level={1}>
            <p>What is deployed is looked after here: what differs in the cloud, power, snapshots, hours and its end.</p>
          </EmptyState>
        )}
      </div>
    </main>
  );
}
