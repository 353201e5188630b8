import { IconAlertTriangle } from "@tabler/icons-react";

import type { DriftMark } from "../facts";
import { driftText } from "../toReactFlow";
import styles from "./DriftBadge.module.css";

/** On what is not in the cloud as it was deployed: that it drifted, and what it costs. */
export function DriftBadge({ drift }: { drift: DriftMark }) {
  return (
    <span className={styles.drift}>
      <IconAlertTriangle size={11} stroke={2.2} />
      {driftText(drift)}
    </span>
  );
}
