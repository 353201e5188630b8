import type { Estimate } from "@/api/types";
import { categoryShort } from "@/catalog/categories";

import styles from "./CategoryBar.module.css";
import { categoryColour } from "./categoryColour";
import { categoryShares } from "./estimateRows";

/** Where the money goes, as one stacked bar with its words. */
export function CategoryBar({ estimate, height = 6 }: { estimate: Estimate; height?: 6 | 16 }) {
  const shares = categoryShares(estimate);
  if (shares.length === 0) return null;
  return (
    <div>
      <div className={styles.bar} style={{ height }} aria-hidden="true">
        {shares.map(({ category, share }) => (
          <i key={category} style={{ flexGrow: share, background: categoryColour(category) }} />
        ))}
      </div>
      <ul className={styles.legend} aria-label="Shares by category">
        {shares.slice(0, height === 6 ? 4 : undefined).map(({ category, share }) => (
          <li key={category}>
            <span className={styles.dot} style={{ background: categoryColour(category) }} />
            {categoryShort(category)} {Math.round(share * 100)}%
          </li>
        ))}
      </ul>
    </div>
  );
}
