import type { ReactNode } from "react";

import styles from "./Pill.module.css";

export type Tone = "idle" | "ok" | "warn" | "bad" | "accent";

/** A small rounded word that says a state. Give it an icon where colour alone would carry the message. */
export function Pill({
  tone = "idle",
  outlined = false,
  icon,
  children,
}: {
  tone?: Tone;
  outlined?: boolean;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={styles.pill} data-tone={tone} data-outlined={outlined || undefined}>
      {icon}
      {children}
    </span>
  );
}
