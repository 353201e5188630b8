import type { ReactNode } from "react";

import shared from "./ScrollTable.module.css";

/** A table wider than its place: it scrolls by itself, by keyboard too. `className` says how its cells stand. */
export function ScrollTable({ label, className = "", children }: { label: string; className?: string | undefined; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to scroll by keyboard too
    <div className={shared.frame} role="region" aria-label={label} tabIndex={0}>
      <table className={[shared.table, className].join(" ")}>{children}</table>
    </div>
  );
}
