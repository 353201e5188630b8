import { Button } from "@mantine/core";

import { setProperty } from "@/document/commands";
import { useEstimate } from "@/estimate/useEstimate";
import { useDesignStore } from "@/stores/designStore";
import { addAmounts, formatMoney } from "@/ui/money";

import styles from "./Inspector.module.css";

/** What the asked-for size became in this price book: the flavor, what it has, what it costs. Nothing is rounded in silence. */
export function MatchedFlavor({ id, pinned, count }: { id: string; pinned: string | undefined; count: number }) {
  const { estimate } = useEstimate();
  const lines = estimate?.line_items.filter((line) => line.component === id) ?? [];
  const match = lines.find((line) => line.match !== null)?.match;
  if (!estimate || !match) return null;
  const [flavor = "", ...rest] = match.split(", ");
  const matched = new Set(lines.filter((line) => line.match === match).map((line) => line.key));
  // With what is charged on top of the flavor itself, such as a service fee: those lines have the same key.
  const monthly = addAmounts(lines.filter((line) => matched.has(line.key)).flatMap((line) => line.monthly ?? []));
  const pin = (value: string | null) => () => {
    useDesignStore.getState().perform(setProperty, { id, name: "flavor", value }, { label: value === null ? "Unpin flavor" : "Pin flavor" });
  };
  return (
    <div className={styles.match}>
      <div className={styles.matchRow}>
        <span className={styles.strong}>{flavor}</span>
        <span className={styles.strong}>{formatMoney(monthly, estimate.currency)}</span>
      </div>
      <div className={styles.matchRow}>
        <span className={styles.quiet}>{rest[0]}</span>
        <span className={styles.quiet}>{count > 1 ? `a month for ${String(count)}` : "a month"}</span>
      </div>
      <div className={styles.matchFoot}>
        <span className={styles.quiet}>
          {pinned === undefined ? "Cheapest that fits" : "Pinned"}
          {rest.length > 1 && `, ${rest.slice(1).join(", ")}`}
        </span>
        <Button variant="transparent" size="compact-xs" onClick={pin(pinned === undefined ? flavor : null)}>
          {pinned === undefined ? "Pin" : "Unpin"}
        </Button>
      </div>
    </div>
  );
}
