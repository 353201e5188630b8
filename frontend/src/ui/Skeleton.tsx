import { type ReactNode, useEffect, useState } from "react";

import styles from "./Skeleton.module.css";

/** A grey bar where text will be. */
export function Skeleton({ width = "100%", height = 12 }: { width?: number | string; height?: number }) {
  return <span className={styles.bar} style={{ width, height }} aria-hidden="true" />;
}

/** Nothing for 200 ms, so that quick answers don't flicker; then the skeletons, announced once. */
export function Loading({ label, children }: { label: string; children: ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy="true" aria-label={label} className={styles.loading}>
      {isLate && children}
    </div>
  );
}
