import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";

import { categoryColour } from "@/estimate/categoryColour";

import styles from "./StackedBar.module.css";

const HEIGHT = 16;
/** Of the drawing's own units; it stretches to the room there is. */
const WIDTH = 1000;
const MOST_BOXES = 6;
/** Pixels that the boxes and their number may take beside the longest bar. */
const BOXES_WIDTH = 112;

export type Part = { category: string; amount: number };
type Props = { parts: readonly Part[]; most: number; unpriced: number };

/** One total by category, drawn to the scale of the largest. One dashed box stands for each line without a price. */
export function StackedBar({ parts, most, unpriced }: Props) {
  const total = parts.reduce((sum, { amount }) => sum + amount, 0);
  const share = most > 0 ? total / most : 0;
  const x = scaleLinear({ domain: [0, total || 1], range: [0, WIDTH] });
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { amount }) => sum + amount, 0));
  return (
    <div className={styles.bar} aria-hidden="true">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" height={HEIGHT} style={{ width: `calc((100% - ${String(BOXES_WIDTH)}px) * ${String(share)})` }}>
        {parts.map(({ category, amount }, index) => (
          <Bar
            key={category}
            x={x(starts[index] ?? 0)}
            width={x(amount)}
            height={HEIGHT}
            fill={categoryColour(category)}
            stroke="var(--sd-surface)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      {Array.from({ length: Math.min(unpriced, MOST_BOXES) }, (_, index) => (
        <i key={index} className={styles.unpriced} />
      ))}
      {unpriced > MOST_BOXES && <span className={styles.more}>+{unpriced - MOST_BOXES}</span>}
    </div>
  );
}
