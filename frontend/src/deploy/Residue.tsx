import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";

import type { Deployment } from "@/api/types";
import { countOf } from "@/ui/count";
import { formatClock } from "@/ui/times";

import { CopyText } from "./CopyText";
import styles from "./Residue.module.css";

type Report = NonNullable<Deployment["residue"]>;

/** What the cloud still had when it was asked after a destroy: nothing, or names. */
export function Residue({ residue }: { residue: Report }) {
  return (
    <section className={styles.residue} data-clean={residue.clean || undefined} aria-labelledby="residue-title">
      <h2 id="residue-title" className={styles.title}>
        {residue.clean ? (
          <IconCircleCheck size={16} stroke={1.75} aria-hidden="true" />
        ) : (
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
        )}
        {headline(residue)}
      </h2>
      <p className={styles.detail}>
        {residue.detail ||
          `The cloud was asked at ${formatClock(residue.checked_at)} for everything that carries this design's tag.`}
      </p>
      {residue.left.length > 0 && (
        <ul className={styles.left}>
          {residue.left.map((item) => (
            <li key={`${item.kind} ${item.cloud_id}`}>
              <span>
                {item.name} <span className={styles.kind}>{item.kind.replaceAll("_", " ")}</span>
              </span>
              <CopyText text={item.cloud_id} label={`Copy the id of ${item.name}`} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function headline(residue: Report): string {
  if (residue.clean) return "Nothing is left";
  if (residue.left.length === 0) return "What is left is not known";
  return `${countOf(residue.left.length, "resource")} left in the cloud`;
}
