import { AxisBottom } from "@visx/axis";
import { ParentSize } from "@visx/responsive";
import { scaleLinear } from "@visx/scale";
import { Area, LinePath } from "@visx/shape";

import type { Estimate } from "@/api/types";
import { formatMoney } from "@/ui/money";

import styles from "./GrowthChart.module.css";

const HEIGHT = 200;
const ROOM = { top: 20, right: 88, bottom: 24, left: 4 };

type Point = { month: number; low: number; expected: number; high: number };

/** Each month as a line, and around it the range of low and high use as a soft band. */
export function GrowthChart({ estimate }: { estimate: Estimate }) {
  const points = pointsOf(estimate);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const isWide = first.low !== first.high;
  const label = `${formatMoney(String(first.expected), estimate.currency)} in month 1 grows to ${formatMoney(String(last.expected), estimate.currency)} in month ${String(last.month)}.`;
  return (
    <figure className={styles.figure}>
      <div className={styles.chart} role="img" aria-label={label}>
        <ParentSize debounceTime={50}>{({ width }) => (width > 0 ? <Drawing width={width} points={points} currency={estimate.currency} /> : null)}</ParentSize>
      </div>
      <figcaption className={styles.caption}>
        {label}
        {isWide && " The band is low to high use, in the proportion of the first month."}
      </figcaption>
    </figure>
  );
}

function Drawing({ width, points, currency }: { width: number; points: Point[]; currency: string }) {
  const most = Math.max(...points.map(({ high }) => high), 0.01);
  const x = scaleLinear({ domain: [1, points.length], range: [ROOM.left, width - ROOM.right] });
  const y = scaleLinear({ domain: [0, most], range: [HEIGHT - ROOM.bottom, ROOM.top] });
  const last = points.at(-1);
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      <Area data={points} x={(point) => x(point.month)} y0={(point) => y(point.low)} y1={(point) => y(point.high)} className={styles.band} />
      <LinePath data={points} x={(point) => x(point.month)} y={(point) => y(point.expected)} className={styles.line} />
      <AxisBottom
        top={HEIGHT - ROOM.bottom}
        scale={x}
        tickValues={[1, 6, 12, 18, 24, 30, 36].filter((month) => month <= points.length)}
        tickFormat={(month) => (Number(month) === 1 ? "Month 1" : String(month))}
        hideTicks
        axisLineClassName={styles.axis ?? ""}
        tickLabelProps={(_month, index) => ({ className: styles.tick, textAnchor: index === 0 ? "start" : "middle", dy: 4 })}
      />
      {last && (
        <>
          <circle cx={x(last.month)} cy={y(last.expected)} r={3} className={styles.dot} />
          <text x={x(last.month) + 8} y={y(last.expected) + 4} className={styles.amount}>
            {formatMoney(String(last.expected), currency)}
          </text>
        </>
      )}
    </svg>
  );
}

function pointsOf({ months, range }: Estimate): Point[] {
  const expected = Number(range.expected);
  const low = expected > 0 ? Number(range.low) / expected : 1;
  const high = expected > 0 ? Number(range.high) / expected : 1;
  return months.map((amount, index) => {
    const value = Number(amount);
    return { month: index + 1, low: value * low, expected: value, high: value * high };
  });
}
