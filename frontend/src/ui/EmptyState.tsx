import type { ReactNode } from "react";

import styles from "./EmptyState.module.css";

/** An empty place: a small line drawing, what it is for, and how to begin. */
export function EmptyState({ picture, title, children, actions }: { picture?: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={styles.empty}>
      {picture && (
        <div className={styles.picture} aria-hidden="true">
          {picture}
        </div>
      )}
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
