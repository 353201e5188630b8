import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { CSSProperties } from "react";

import type { Severity } from "@/api/types";

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

export function CalloutBadge({ number }: { number: string }) {
  return <span className={styles.callout}>{number}</span>;
}

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
