import { errorSentence } from "@/api/client";
import type { Deployment } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatMoney } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { formatDuration } from "@/ui/times";
import { useNow } from "@/ui/useNow";

import { DeploymentAside } from "./DeploymentAside";
import styles from "./DeploymentView.module.css";
import { PlanDrawing } from "./PlanDrawing";
import { elapsedSeconds, isOver } from "./progress";
import { useDeployment } from "./useDeployment";

/** A deployment as it happens, or as it ended: the drawing fills up, the panel says what goes on. */
export function DeploymentView({ id }: { id: string }) {
  const deployment = useDeployment(id);
  if (!deployment.data) {
    return (
      <main className={styles.canvas}>
        {deployment.isError ? (
          <div className={styles.notice}>
            <ErrorNotice title={errorSentence(deployment.error)} onRetry={() => void deployment.refetch()} />
          </div>
        ) : (
          <Loading label="The deployment is loading">
            <div className={styles.notice}>
              <Skeleton height={160} />
            </div>
          </Loading>
        )}
      </main>
    );
  }
  return (
    <>
      <main className={styles.canvas} aria-label="Drawing">
        <PlanDrawing planId={deployment.data.plan} states={deployment.data.components} />
        <Facts deployment={deployment.data} />
      </main>
      <DeploymentAside deployment={deployment.data} isStale={deployment.isError} />
    </>
  );
}

function Facts({ deployment }: { deployment: Deployment }) {
  const isRunning = !isOver(deployment.status);
  const now = useNow(1, isRunning);
  const done = deployment.steps.filter((step) => step.status === "succeeded").length;
  const { cost } = deployment;
  return (
    <dl className={styles.facts}>
      {deployment.started_at && (
        <div>
          <dt>{isRunning ? "Elapsed" : "Took"}</dt>
          <dd>{formatDuration(elapsedSeconds(deployment, now))}</dd>
        </div>
      )}
      <div>
        <dt>Steps done</dt>
        <dd>
          {done} of {deployment.steps.length}
        </dd>
      </div>
      <div>
        <dt>{costWords(deployment)}, a month</dt>
        <dd>{formatMoney(cost.after, cost.currency)}</dd>
      </div>
    </dl>
  );
}

function costWords({ status, intent }: Deployment): string {
  if (!isOver(status)) return "When done";
  if (status !== "succeeded") return "As planned";
  return intent === "destroy" ? "What is left" : "As deployed";
}
