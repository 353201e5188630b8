import type { Differences, LineDifference } from "@/api/types";
import { formatSmall } from "@/estimate/formatSmall";
import { quantityText } from "@/estimate/LineItems";
import { nameOf } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { formatChange, formatMoney, isZero } from "@/ui/money";

import styles from "./DifferenceTable.module.css";
import { ScrollTable } from "./ScrollTable";
import shared from "./ScrollTable.module.css";

const WORDS = { added: "Added", removed: "Removed", changed: "Changed" } as const;
const SIGNS = { added: "+", removed: "\u2212", changed: "±" } as const;

type Props = { differences: Differences; from: string; to: string; labels?: Record<string, string> };

/** Line by line from one total to the other. The lines and the rest add up to the difference. */
export function DifferenceTable({ differences, from, to, labels = {} }: Props) {
  const { currency, before, after, lines, rest } = differences;
  return (
    <ScrollTable label={`Differences from ${from} to ${to}`} className={styles.differences}>
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Why</th>
          <th scope="col" className={shared.number}>
            {from}
          </th>
          <th scope="col" className={shared.number}>
            {to}
          </th>
          <th scope="col" className={shared.number}>
            A month
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <Line key={`${line.key} ${String(index)}`} line={line} currency={currency} labels={labels} />
        ))}
        {(!isZero(rest.monthly) || !isZero(rest.one_time)) && (
          <tr>
            <th scope="row">The rest</th>
            <td colSpan={3} className={styles.why}>
              {rest.why}
            </td>
            <td className={shared.number}>{formatChange(rest.monthly, currency)}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            Monthly total
          </th>
          <td className={shared.number}>{formatMoney(before.totals.monthly, currency)}</td>
          <td className={shared.number}>{formatMoney(after.totals.monthly, currency)}</td>
          <td className={shared.number}>{formatChange(differences.monthly, currency)}</td>
        </tr>
      </tfoot>
    </ScrollTable>
  );
}

function Line({ line, currency, labels }: { line: LineDifference; currency: string; labels: Record<string, string> }) {
  const component = useDesignStore((state) => state.document.components[line.component]);
  const catalogue = useDesignStore((state) => state.catalogue);
  const name = labels[line.component] ?? (component ? nameOf(component, catalogue) : line.component || "For the whole account");
  return (
    <tr>
      <th scope="row">
        <span className={styles.change} data-change={line.change}>
          <span aria-hidden="true">{SIGNS[line.change]}</span> {WORDS[line.change]}
        </span>
        <span className={styles.name}>{name}</span>
        <span className={`${shared.about} ${styles.description}`}>{line.description}</span>
      </th>
      <td className={styles.why}>{line.why}</td>
      <Side side={line.before} unit={line.unit} currency={currency} />
      <Side side={line.after} unit={line.unit} currency={currency} />
      <td className={shared.number}>
        {formatChange(line.monthly, currency)}
        {!isZero(line.one_time) && <span className={shared.about}>{formatChange(line.one_time, currency)} once</span>}
      </td>
    </tr>
  );
}

function Side({ side, unit, currency }: { side: LineDifference["before"]; unit: string; currency: string }) {
  if (!side) return <td className={shared.number}>—</td>;
  return (
    <td className={shared.number}>
      {side.monthly === null && side.one_time === null ? <span className={shared.missing}>No price</span> : formatMoney(side.monthly ?? side.one_time ?? "0", currency)}
      <span className={shared.about}>
        {quantityText(side.quantity)} {unit === "hour" ? "h" : unit}
        {side.unit_price !== null && ` × ${formatSmall(side.unit_price, currency)}`}
        {side.match && <span className={styles.match}>{side.match}</span>}
      </span>
    </td>
  );
}
