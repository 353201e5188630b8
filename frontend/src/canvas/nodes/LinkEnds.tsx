import { Handle, Position } from "@xyflow/react";

import styles from "./LinkEnds.module.css";

/** React Flow draws a link only between nodes with handles. Ours find their own way, so these are never seen. */
export function LinkEnds() {
  return (
    <>
      <Handle type="source" position={Position.Bottom} isConnectable={false} className={styles.end ?? ""} />
      <Handle type="target" position={Position.Top} isConnectable={false} className={styles.end ?? ""} />
    </>
  );
}
