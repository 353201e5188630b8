import { Button } from "@mantine/core";
import { IconAlertOctagon } from "@tabler/icons-react";
import type { ReactNode } from "react";

import styles from "./ErrorNotice.module.css";

type Props = {
  /** What happened, in one sentence. */
  title: string;
  /** Why, and what to do; the other side's own words belong in `words`. */
  children?: ReactNode;
  words?: string;
  onRetry?: () => void;
  retryLabel?: string;
};

/** An error, shown where it happened. */
export function ErrorNotice({ title, children, words, onRetry, retryLabel = "Try again" }: Props) {
  return (
    <div role="alert" className={styles.notice}>
      <IconAlertOctagon size={16} stroke={1.75} aria-hidden="true" />
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {words && <p className={styles.words}>{words}</p>}
        {children && <div className={styles.detail}>{children}</div>}
        {onRetry && (
          <Button size="xs" onClick={onRetry} className={styles.retry}>
            {retryLabel}
          </Button>
        )}
      </div>
    </div>
  );
}
