import type { Plan, PlanStep } from "@/api/types";
import { countOf } from "@/ui/count";
import { addAmounts, formatChange, formatMoney, isZero } from "@/ui/money";

import { ActionWord } from "./ActionWord";
import { keyText } from "./keyText";
import { changeBesidesResources, planGroups, regionsTouched } from "./planGroups";
import styles from "./PlanTable.module.css";
import { ResourceTile } from "./ResourceTile";

export function PlanTable({ plan }: { plan: Plan }) {
  const groups = planGroups(plan.steps);
  if (groups.length === 0 && plan.by_hand.length === 0) return <p className={styles.nothing}>Nothing changes.</p>;
  return (
    <div className={styles.card} data-regions={regionsTouched(plan.steps).length > 1 || undefined}>
      <table className={styles.table} aria-label="Changes">
        <Head amount="A month" />
        {groups.map((group) => (
          <tbody key={group.action}>
            <tr className={styles.group}>
              <th colSpan={3} scope="rowgroup">
                {group.title} <span className={styles.groupCount}>{countOf(group.steps.length, "resource")}</span>
              </th>
              <td className={styles.number}>{formatChange(group.monthlyChange, plan.currency)}</td>
            </tr>
            {group.steps.map((step) => (
              <StepRow key={step.key} step={step} currency={plan.currency} />
            ))}
          </tbody>
        ))}
        {plan.by_hand.length > 0 && <ByHand plan={plan} />}
        <Total plan={plan} />
      </table>
    </div>
  );
}

function Head({ amount }: { amount?: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">Action</th>
        <th scope="col">Resource</th>
        <th scope="col">Reason</th>
        {amount && (
          <th scope="col" className={styles.number}>
            {amount}
          </th>
        )}
      </tr>
    </thead>
  );
}

function StepRow({ step, currency }: { step: PlanStep; currency: string }) {
  return (
    <tr>
      <td className={styles.action}>
        <ActionWord action={step.action} />
      </td>
      <td className={styles.resource}>
        <ResourceName step={step} />
      </td>
      <td className={styles.reason}>
        {sentence(step.reason)}
        {step.note && <span className={styles.note}>{step.note}</span>}
      </td>
      <td className={styles.number}>
        {step.monthly_change === null ? (
          <span className={styles.unpriced}>No price</span>
        ) : (
          <span className={isZero(step.monthly_change) ? styles.quiet : undefined}>
            {formatChange(step.monthly_change, currency)}
          </span>
        )}
      </td>
    </tr>
  );
}

type Named = { key: string; kind: string; component: string; label: string; region?: string | undefined };

/** With its region where that is not the same for the whole plan. */
function ResourceName({ step }: { step: Named }) {
  return (
    <div className={styles.name}>
      <ResourceTile kind={step.kind} component={step.component} />
      <div className={styles.names}>
        <div className={styles.label}>{step.label}</div>
        <div className={styles.key}>
          {keyText(step.key)}
          {step.region && <span className={styles.where}>{step.region}</span>}
        </div>
      </div>
    </div>
  );
}

/** What the design asks for and no cloud creates: listed with the rest, so that nobody forgets it. */
function ByHand({ plan }: { plan: Plan }) {
  const total = addAmounts(plan.by_hand.flatMap((item) => (item.monthly === null ? [] : [item.monthly])));
  const unpriced = plan.by_hand.filter((item) => item.monthly === null).length;
  return (
    <tbody>
      <tr className={styles.group}>
        <th colSpan={3} scope="rowgroup">
          Arrange by hand{" "}
          <span className={styles.groupCount}>
            {countOf(plan.by_hand.length, "item")}
            {unpriced > 0 && `, ${unpriced} without a price`}
          </span>
        </th>
        <td className={styles.number}>{formatMoney(total, plan.currency)}</td>
      </tr>
      {plan.by_hand.map((item) => (
        <tr key={item.key}>
          <td className={styles.action}>
            <ActionWord action="by_hand" />
          </td>
          <td className={styles.resource}>
            <ResourceName step={{ ...item, kind: "external" }} />
          </td>
          <td className={styles.reason}>{item.how}</td>
          <td className={styles.number}>
            {item.monthly === null ? (
              <span className={styles.unpriced}>No price</span>
            ) : (
              <span className={styles.quiet}>{formatMoney(item.monthly, plan.currency)}</span>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function Total({ plan }: { plan: Plan }) {
  const rest = changeBesidesResources(plan);
  return (
    <tfoot>
      {!isZero(rest) && (
        <tr>
          <th colSpan={3} scope="row" className={styles.rest}>
            Beside the resources: traffic, items by hand, and what an account pays as a whole
            <span className={styles.note}>
              A support fee, a minimum charge or a free allowance counts over all resources, so the rows above say what
              each differs and this row what is left.
            </span>
          </th>
          <td className={styles.number}>{formatChange(rest, plan.currency)}</td>
        </tr>
      )}
      <tr className={styles.group}>
        <th colSpan={3} scope="row">
          Change a month
        </th>
        <td className={styles.number}>{formatChange(plan.cost.change, plan.currency)}</td>
      </tr>
    </tfoot>
  );
}

export function UnchangedTable({ steps }: { steps: readonly PlanStep[] }) {
  if (steps.length === 0) return <p className={styles.nothing}>Nothing of this design is in the cloud yet.</p>;
  return (
    <div className={styles.card}>
      <table className={styles.table} aria-label="Unchanged">
        <Head />
        <tbody>
          {steps.map((step) => (
            <tr key={step.key}>
              <td className={styles.action}>
                <ActionWord action="nothing" />
              </td>
              <td className={styles.resource}>
                <ResourceName step={step} />
              </td>
              <td className={styles.reason}>{sentence(step.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** With a capital letter, unless it begins with a key: `db/volume[0]` is spelt as it is. */
const sentence = (reason: string): string =>
  /^\S*\//.test(reason) ? reason : reason.charAt(0).toLocaleUpperCase() + reason.slice(1);
