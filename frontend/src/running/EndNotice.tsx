import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "react-router";

import type { Stay } from "@/api/types";
import { formatClock, formatDate } from "@/ui/times";
import { useNow } from "@/ui/useNow";

import styles from "./EndNotice.module.css";

const WARNING_MS = 3 * 86_400_000;

/** In the last three days, and after: what happens, and the way to change it. */
export function EndNotice({ stay, onSee }: { stay: Stay; onSee: () => void }) {
  const now = useNow(30);
  if (!stay.expires_at || Date.parse(stay.expires_at) - now > WARNING_MS) return null;
  const when = `${formatDate(stay.expires_at)} at ${formatClock(stay.expires_at).slice(0, 5)}`;
  const then = stay.on_expiry === "destroy" ? "everything is destroyed" : "nothing is removed";
  return (
    <div className={styles.notice} role="status">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
      <p className={styles.text}>
        {Date.parse(stay.expires_at) <= now ? `The stay ended on ${when}.` : `The stay ends on ${when}; then ${then}.`}{" "}
        {stay.expiry_plan && (
          <Link to={`/designs/${stay.design}/deploy/plans/${stay.expiry_plan}`}>See the plan that removes everything</Link>
        )}
      </p>
      <Button size="compact-xs" onClick={onSee}>
        Change
      </Button>
    </div>
  );
}
