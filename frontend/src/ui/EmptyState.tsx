import type { ReactNode } from "react";

import styles from "./EmptyState.module.css";

type Props = {
  picture?: ReactNode;
  title: string;
  /** 1 where the screen has no other heading. */
  level?: 1 | 2;
  children?: ReactNode;
  actions?: ReactNode;
};

/** An empty place: a small line drawing, what it is for, and how to begin. */
export function EmptyState({ picture, title, level = 2, children, actions }: Props) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.empty}>
      {picture && (
        <div className={styles.picture} aria-hidden="true">
          {picture}
        </div>
      )}
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
