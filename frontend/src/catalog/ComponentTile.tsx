import type { CSSProperties } from "react";

import { ComponentIcon } from "./ComponentIcon";
import styles from "./ComponentTile.module.css";

type Props = { icon: string; category: string; size?: 24 | 28 | 36 };

/** The icon of a component type on its category's soft colour. Decorative: the name always stands beside it. */
export function ComponentTile({ icon, category, size = 36 }: Props) {
  const colours = {
    "--tile": `var(--sd-cat-${category})`,
    "--tile-soft": `var(--sd-cat-${category}-soft)`,
  } as CSSProperties;
  return (
    <span className={styles.tile} data-size={size} style={colours} aria-hidden="true">
      <ComponentIcon name={icon} size={size === 36 ? 20 : 16} stroke={size === 36 ? 1.6 : 1.75} />
    </span>
  );
}
