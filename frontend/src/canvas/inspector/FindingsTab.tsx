import { Button } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";

import type { Finding } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import styles from "./Inspector.module.css";

const SIGNS = { error: IconAlertOctagon, warning: IconAlertTriangle, info: IconInfoCircle };

export function FindingsTab({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <p className={styles.hint}>Nothing to say about this component.</p>;
  return (
    <div className={styles.list}>
      {findings.map((finding) => (
        <FindingRow key={`${finding.rule} ${finding.detail}`} finding={finding} />
      ))}
    </div>
  );
}

function FindingRow({ finding: { rule, severity, summary, detail, fix } }: { finding: Finding }) {
  const Sign = SIGNS[severity];
  const repair = (): void => {
    if (!fix) return;
    const outcome = useDesignStore.getState().applyPatch(fix, summary);
    if (!outcome.done) useSessionStore.getState().say(outcome.reason);
  };
  return (
    <article className={styles.finding}>
      <Sign size={16} stroke={1.75} className={styles.findingSign ?? ""} data-severity={severity} aria-label={severity} role="img" />
      <div className={styles.grow}>
        <p className={styles.strong}>{summary}</p>
        <p className={styles.quiet}>{detail}</p>
        <p className={styles.rule}>{rule}</p>
        {fix && (
          <Button size="xs" onClick={repair}>
            Fix it
          </Button>
        )}
      </div>
    </article>
  );
}
