import { Tooltip } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { type CSSProperties, memo } from "react";

import type { Severity } from "@/api/types";
import type { NumberedCallout } from "@/document/queries";
import { useSessionStore } from "@/stores/sessionStore";

import type { FindingCount } from "../facts";
import type { Price } from "../toReactFlow";
import styles from "./badges.module.css";

export function categoryColours(category: string): CSSProperties {
  return { "--category": `var(--sd-cat-${category})`, "--category-soft": `var(--sd-cat-${category}-soft)` } as CSSProperties;
}

export function PriceChip({ price }: { price: Price }) {
  return (
    <span className={styles.price} data-missing={price.isMissing || undefined} data-new={price.isNew || undefined}>
      {price.text}
    </span>
  );
}

/** Links that are drawn when their component is selected, said in a few words. */
export function ReachChip({ id, reach, isShown }: { id: string; reach: string; isShown: boolean }) {
  const select = useSessionStore((state) => state.select);
  return (
    <Tooltip label={isShown ? "Each of these links is shown now" : `${reach} others. Select to see each of these links`} openDelay={120}>
      <button
        type="button"
        tabIndex={-1}
        className={`${styles.reach ?? ""} nodrag nopan`}
        onClick={(event) => {
          event.stopPropagation();
          select([id]);
        }}
      >
        {reach}
      </button>
    </Tooltip>
  );
}

/** The numbers on the corner. Each shows its text, and opens the list of callouts at its place. By keyboard that list is the way. */
export const CalloutBadges = memo(function CalloutBadges({ callouts }: { callouts: readonly NumberedCallout[] }) {
  const showCallout = useSessionStore((state) => state.showCallout);
  if (callouts.length === 0) return null;
  return (
    <span className={styles.callouts}>
      {callouts.map(({ number, text }) => (
        <Tooltip key={number} label={text || "No text yet"} multiline w={280} position="top-start" openDelay={120}>
          <button
            type="button"
            tabIndex={-1}
            className={`${styles.callout ?? ""} nodrag nopan`}
            aria-label={`Callout ${number}`}
            onClick={(event) => {
              event.stopPropagation();
              showCallout(number);
            }}
          >
            {number}
          </button>
        </Tooltip>
      ))}
    </span>
  );
});

const SHAPES: Record<Severity, typeof IconAlertOctagon> = {
  error: IconAlertOctagon,
  warning: IconAlertTriangle,
  info: IconInfoCircle,
};

export function FindingPill({ findings: { severity, count } }: { findings: FindingCount }) {
  const Shape = SHAPES[severity];
  return (
    <span className={styles.finding} data-severity={severity}>
      <Shape size={11} stroke={2.4} />
      {count}
    </span>
  );
}
