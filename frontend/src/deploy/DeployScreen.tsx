import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";

import { errorSentence } from "@/api/client";
import { listDeployments } from "@/api/deployer";
import { keys } from "@/api/keys";
import { RunningView } from "@/running/RunningView";
import { useStays } from "@/running/useStays";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./DeployScreen.module.css";
import { DeploymentView } from "./DeploymentView";
import { NewPlan } from "./NewPlan";
import { isOver } from "./progress";

/** Where a design stands in the clouds: its latest deployment, or the way to the first one. */
export function DeployScreen() {
  const { design_id: designId = "" } = useParams();
  const deployments = useQuery({
    queryKey: keys.deployments(designId),
    queryFn: () => listDeployments(designId),
    staleTime: 0,
  });
  const stays = useStays(designId);
  if (deployments.isPending) return <main className={styles.page} />;
  if (deployments.isError) {
    return (
      <main className={styles.page}>
        <div className={styles.centre}>
          <ErrorNotice title={errorSentence(deployments.error)} onRetry={() => void deployments.refetch()} />
        </div>
      </main>
    );
  }
  const latest = deployments.data[0];
  // What runs is of interest once all is over; a failure is told by its own deployment.
  const isQuiet = deployments.data.every(({ status }) => isOver(status)) && latest?.status === "succeeded";
  if (isQuiet && latest.intent !== "destroy") {
    if (stays.isPending) return <main className={styles.page} />;
    if (stays.data && stays.data.length > 0) return <RunningView designId={designId} stays={stays.data} />;
  }
  return latest ? <DeploymentView key={latest.id} id={latest.id} /> : <NewPlan designId={designId} />;
}
