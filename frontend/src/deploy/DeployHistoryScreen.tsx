import { Button } from "@mantine/core";
import { IconArrowBackUp, IconRocket, IconTool, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { errorSentence } from "@/api/client";
import { listDeployments } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { DeploymentShort } from "@/api/types";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatMoney } from "@/ui/money";
import { Pill } from "@/ui/Pill";
import { formatClock, formatDate } from "@/ui/times";

import styles from "./DeployHistoryScreen.module.css";
import { standingNow } from "./deployHistory";
import { neverBegan, statusWords } from "./progress";
import { useMakePlan } from "./useMakePlan";

/** What was deployed when, with what it cost a month then, and the way back to each of it. */
export function DeployHistoryScreen() {
  const { design_id: designId = "" } = useParams();
  const deployments = useQuery({
    queryKey: keys.deployments(designId),
    queryFn: () => listDeployments(designId),
    staleTime: 0,
  });
  const plan = useMakePlan(designId);
  return (
    <main className={styles.main}>
      <header className={styles.head}>
        <h1 className={styles.title}>What was deployed when</h1>
        <p className={styles.lead}>
          Going back makes a plan of that revision, with its price then and now. The drawing stays as it is.
        </p>
      </header>
      {(deployments.isError || plan.isError) && (
        <div className={styles.notice}>
          <ErrorNotice title={errorSentence(deployments.error ?? plan.error ?? new Error())} />
        </div>
      )}
      {deployments.data?.length === 0 && (
        <EmptyState title="Nothing was deployed yet">
          <p>Each deployment is kept here with its revision and its price.</p>
        </EmptyState>
      )}
      {deployments.data && deployments.data.length > 0 && (
        <div className={styles.card}>
          <table className={styles.table} aria-label="Deployments">
            <thead>
              <tr>
                <th scope="col">Revision</th>
                <th scope="col">When</th>
                <th scope="col">Cloud</th>
                <th scope="col">State</th>
                <th scope="col" className={styles.number}>
                  A month then
                </th>
                <th scope="col">
                  <span className={styles.hidden}>Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {deployments.data.map((deployment) => (
                <Row
                  key={deployment.id}
                  deployment={deployment}
                  isStanding={standingNow(deployments.data).has(deployment.id)}
                  isPlanning={plan.isPending && plan.variables.key === deployment.id}
                  onGoBack={() =>
                    plan.mutate({
                      key: deployment.id,
                      cloud: deployment.cloud,
                      intent: "deploy",
                      revision: deployment.revision,
                    })
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  );
}

type RowProps = { deployment: DeploymentShort; isStanding: boolean; isPlanning: boolean; onGoBack: () => void };

function Row({ deployment, isStanding, isPlanning, onGoBack }: RowProps) {
  const status = statusWords(deployment);
  const isDestroy = deployment.intent === "destroy";
  const isRepair = deployment.intent === "repair";
  const Picture = isDestroy ? IconTrash : isRepair ? IconTool : deployment.is_rollback ? IconArrowBackUp : IconRocket;
  const began = !neverBegan(deployment);
  const what = !began ? "Planned" : isDestroy ? "Destroyed" : isRepair ? "Put right" : deployment.is_rollback ? "Went back to" : "Deployed";
  return (
    <tr>
      <td>
        <Link to={`/designs/${deployment.design}/deploy/deployments/${deployment.id}`} className={styles.revision}>
          <Picture size={16} stroke={1.75} aria-hidden="true" />
          <span>
            <span className={styles.what}>{what}</span> Revision {deployment.revision}
          </span>
        </Link>
      </td>
      <td className={styles.quiet}>
        {formatDate(deployment.created_at)}, {formatClock(deployment.created_at).slice(0, 5)}
        {deployment.created_by && ` by ${deployment.created_by}`}
      </td>
      <td className={styles.quiet}>{deployment.cloud_name}</td>
      <td>
        <Pill tone={status.tone}>{isStanding ? "Live now" : status.label}</Pill>
      </td>
      <td className={styles.number}>{began && formatMoney(deployment.cost.after, deployment.cost.currency)}</td>
      <td className={styles.actions}>
        {began && !isDestroy && !isRepair && !isStanding && (
          <Button size="xs" onClick={onGoBack} loading={isPlanning}>
            Roll back to this
          </Button>
        )}
      </td>
    </tr>
  );
}
