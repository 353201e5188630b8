import { AxisBottom } from "@visx/axis";
import { ParentSize } from "@visx/responsive";
import { scaleLinear } from "@visx/scale";
import { Area, LinePath } from "@visx/shape";

import type { Estimate } from "@/api/types";
import { formatMoney } from "@/ui/money";

import styles from "./GrowthChart.module.css";

const HEIGHT = 200;
const ROOM = { top: 20, right: 88, bottom: 24, left: 4 };

type Point = { month: number; amount: number };
type Band = { month: number; low: number; high: number };

/** Each month as a line, and around it what low and high use would come to as a soft band. */
export function GrowthChart({ estimate }: { estimate: Estimate }) {
  const points = estimate.months.map((amount, index) => ({ month: index + 1, amount: Number(amount) }));
  const band = estimate.ranged_months.map(({ month, low, high }) => ({ month, low: Number(low), high: Number(high) }));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const end = band.at(-1);
  const label = `${formatMoney(String(first.amount), estimate.currency)} in month 1 grows to ${formatMoney(String(last.amount), estimate.currency)} in month ${String(last.month)}.`;
  return (
    <figure className={styles.figure}>
      <div className={styles.chart} role="img" aria-label={label}>
        <ParentSize debounceTime={50}>{({ width }) => (width > 0 ? <Drawing width={width} points={points} band={band} currency={estimate.currency} /> : null)}</ParentSize>
      </div>
      <figcaption className={styles.caption}>
        {label}
        {end && ` With low use it is ${formatMoney(String(end.low), estimate.currency)} then, with high use ${formatMoney(String(end.high), estimate.currency)}: the band, which is priced every half year.`}
      </figcaption>
    </figure>
  );
}

function Drawing({ width, points, band, currency }: { width: number; points: Point[]; band: Band[]; currency: string }) {
  const most = Math.max(...points.map(({ amount }) => amount), ...band.map(({ high }) => high), 0.01);
  const x = scaleLinear({ domain: [1, points.length], range: [ROOM.left, width - ROOM.right] });
  const y = scaleLinear({ domain: [0, most], range: [HEIGHT - ROOM.bottom, ROOM.top] });
  const last = points.at(-1);
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      <Area data={band} x={(point) => x(point.month)} y0={(point) => y(point.low)} y1={(point) => y(point.high)} className={styles.band} />
      <LinePath data={points} x={(point) => x(point.month)} y={(point) => y(point.amount)} className={styles.line} />
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
          <circle cx={x(last.month)} cy={y(last.amount)} r={3} className={styles.dot} />
          <text x={x(last.month) + 8} y={y(last.amount) + 4} className={styles.amount}>
            {formatMoney(String(last.amount), currency)}
          </text>
        </>
      )}
    </svg>
  );
}
