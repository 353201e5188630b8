import { IconAlertOctagon, IconRefresh } from "@tabler/icons-react";

import type { Deployment, DeploymentStep } from "@/api/types";
import { countOf } from "@/ui/count";
import { useNow } from "@/ui/useNow";

import { isOver, nextTry } from "./progress";
import styles from "./Troubles.module.css";

const SHOWN = 3;

/** Steps that failed for good, then those that the executor tries again by itself, in the cloud's own words. */
export function Troubles({ deployment }: { deployment: Deployment }) {
  const failed = deployment.steps.filter((step) => step.status === "failed");
  const retrying = isOver(deployment.status) ? [] : deployment.steps.filter((step) => step.status === "retrying");
  if (failed.length === 0 && retrying.length === 0) return null;
  return (
    <div className={styles.troubles}>
      {failed.slice(0, SHOWN).map((step) => (
        <Failure key={step.key} step={step} advice={adviceAfter(deployment)} />
      ))}
      {failed.length > SHOWN && (
        <p className={styles.more}>
          {countOf(failed.length - SHOWN, "more step")} failed; the list of steps names each.
        </p>
      )}
      {retrying.slice(0, SHOWN).map((step) => (
        <Retry key={step.key} step={step} />
      ))}
    </div>
  );
}

/** What became of the rest, and what can be done. */
function adviceAfter(deployment: Deployment): string {
  if (deployment.rolled_back) {
    return isOver(deployment.status) ? "What it did was taken back." : "What it did is being taken back.";
  }
  if (!isOver(deployment.status)) {
    return deployment.on_failure === "roll_back"
      ? "What does not depend on it is finished, then everything is taken back."
      : "What does not depend on it is finished.";
  }
  return deployment.can_retry
    ? "What was made before is kept. Retry goes on from here."
    : "What was made before is kept.";
}

function Failure({ step, advice }: { step: DeploymentStep; advice: string }) {
  return (
    <div className={styles.trouble} data-tone="bad" role="alert">
      <p className={styles.title}>
        <IconAlertOctagon size={16} stroke={1.75} aria-hidden="true" />
        {step.label} could not be {PAST[step.action]}
      </p>
      {step.error && <p className={styles.words}>{step.error}</p>}
      <p className={styles.advice}>{advice}</p>
    </div>
  );
}

function Retry({ step }: { step: DeploymentStep }) {
  const now = useNow(1);
  return (
    <div className={styles.trouble} data-tone="warn">
      <p className={styles.title}>
        <IconRefresh size={16} stroke={1.75} aria-hidden="true" />
        {step.label}: the cloud is busy
      </p>
      {step.error && <p className={styles.words}>{step.error}</p>}
      <p className={styles.advice}>{nextTry(step, now)}.</p>
    </div>
  );
}

const PAST: Record<DeploymentStep["action"], string> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  nothing: "checked",
};
