import type { ComponentState } from "@/api/types";

import styles from "./DeployRing.module.css";

/** Share of the ring that is filled, and how it looks. Dotted and dashed rings go all the way round. */
function ringOf({ status, done, total }: ComponentState): { tone: string; share: number } {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  switch (status) {
    case "waiting":
      return { tone: "track", share: 0 };
    case "working":
      return { tone: "working", share: Math.max(share, 0.04) };
    case "retrying":
      return { tone: "retrying", share: Math.max(share, 0.04) };
    case "active":
      return { tone: "active", share: 1 };
    case "failed":
      return { tone: "failed", share: 1 };
    case "deleting":
      return { tone: "working", share: 1 - share };
    case "gone":
      return { tone: "planned", share: 0 };
  }
}

const DASHES: Record<string, string> = { planned: "1.6 2", drifted: "4 2.5" };

/** The rounded square around a tile that fills up while a component comes to life. */
export function DeployRing({ state, isDrifted = false, isCompact }: { state: ComponentState; isDrifted?: boolean; isCompact: boolean }) {
  const { tone, share } = isDrifted ? { tone: "drifted", share: 1 } : ringOf(state);
  const side = isCompact ? 38 : 46;
  const rect = { x: 1, y: 1, width: side - 2, height: side - 2, rx: 10, pathLength: 100 };
  return (
    <svg className={styles.ring} viewBox={`0 0 ${String(side)} ${String(side)}`} data-tone={tone} aria-hidden="true">
      {tone !== "planned" && <rect {...rect} className={styles.track} />}
      <rect {...rect} className={styles.fill} strokeDasharray={DASHES[tone] ?? `${String(share * 100)} 100`} />
    </svg>
  );
}
