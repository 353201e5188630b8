import type { DeploymentStep } from "@/api/types";
import { useNow } from "@/ui/useNow";

import { ActionWord } from "./ActionWord";
import { keyText } from "./keyText";
import styles from "./Lists.module.css";
import { stepWords } from "./progress";
import { ResourceTile } from "./ResourceTile";

// What needs somebody, then what moves, then what waits, then what is done.
const ORDER: Record<DeploymentStep["status"], number> = {
  failed: 0,
  retrying: 1,
  running: 2,
  ready: 3,
  waiting: 4,
  skipped: 5,
  cancelled: 6,
  succeeded: 7,
};

export function StepList({ steps, isRunning }: { steps: readonly DeploymentStep[]; isRunning: boolean }) {
  const now = useNow(1, isRunning);
  const ordered = [...steps].sort((left, right) => ORDER[left.status] - ORDER[right.status]);
  return (
    <ol className={styles.list} aria-label="Steps">
      {ordered.map((step) => (
        <li key={`${step.key} ${step.action}`} className={styles.step}>
          <ResourceTile kind={step.kind} component={step.component} />
          <div className={styles.text}>
            <div className={styles.label}>{step.label}</div>
            <div className={styles.key}>{keyText(step.key)}</div>
            {step.error && step.status !== "succeeded" && <div className={styles.error}>{step.error}</div>}
          </div>
          <div className={styles.state}>
            <ActionWord action={step.action} />
            <span className={styles.stateWord} data-status={step.status}>
              {stepWords(step, now)}
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}
