import { IconHourglass } from "@tabler/icons-react";
import { Link } from "react-router";

import type { Deployment } from "@/api/types";
import { countOf } from "@/ui/count";

import styles from "./Troubles.module.css";

/** What a queued deployment waits for, that nobody is at work on it, or why one ended before its first step. */
export function Queue({ deployment }: { deployment: Deployment }) {
  if (deployment.stalled) return <Notice title="Nobody is at work on it" words={deployment.stalled} />;
  if (deployment.status === "queued") return <Waiting deployment={deployment} />;
  if (!deployment.reason) return null;
  return <Notice title="It did not begin" words={deployment.reason} />;
}

function Notice({ title, words }: { title: string; words: string }) {
  return (
    <div className={styles.trouble} data-tone="warn" role="alert">
      <p className={styles.title}>
        <IconHourglass size={16} stroke={1.75} aria-hidden="true" />
        {title}
      </p>
      <p className={styles.advice}>{words}</p>
    </div>
  );
}

function Waiting({ deployment }: { deployment: Deployment }) {
  const [next] = deployment.waits_for;
  if (!next) return deployment.reason ? <p className={styles.advice}>{deployment.reason}</p> : null;
  const more = deployment.waits_for.length - 1;
  const what = next.intent === "destroy" ? "destroying it" : `the deployment of revision ${next.revision}`;
  return (
    <div className={styles.trouble} data-tone="idle">
      <p className={styles.title}>
        <IconHourglass size={16} stroke={1.75} aria-hidden="true" />
        Number {deployment.waits_for.length} in the queue
      </p>
      <p className={styles.advice}>
        Waits for <Link to={`/designs/${deployment.design}/deploy/deployments/${next.id}`}>{what}</Link>
        {more > 0 && ` and ${countOf(more, "more deployment")}`}. Then its plan is looked at again: what is done by then
        falls away, and what nobody approved is not done.
      </p>
    </div>
  );
}
