import { Textarea } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";

import type { Draft, Obstacle, ProposalPreview } from "@/api/types";

import styles from "./Obstacles.module.css";

type Props = { preview: ProposalPreview; draft: Draft; write: (change: Draft) => void };

/** All that keeps a proposal from being sent, each where it can be mended. Reasons that were given stay editable. */
export function Obstacles({ preview, draft, write }: Props) {
  const reasons = draft.reasons ?? {};
  const accepted = draft.accepted ?? {};
  const given = preview.customer.options.flatMap(({ not_priced }) => not_priced).filter(({ id }) => reasons[id]);
  const open = withoutTwins(preview.obstacles);
  return (
    <section className={styles.obstacles} aria-label="Before it is sent">
      <h2 className={styles.heading}>Before it is sent</h2>
      {open.length === 0 && (
        <p className={styles.fine}>
          <IconCircleCheck size={16} stroke={1.75} aria-hidden="true" />
          Nothing is in the way.
        </p>
      )}
      {open.map((obstacle) => (
        <div key={`${obstacle.kind} ${obstacle.about}`} className={styles.obstacle}>
          <p className={styles.sentence}>
            <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
            {obstacle.sentence}
          </p>
          {obstacle.kind === "unpriced" && (
            <Reason
              words={reasons[obstacle.about] ?? ""}
              about={obstacle.sentence}
              onChange={(words) => write({ reasons: { ...reasons, [obstacle.about]: words } })}
            />
          )}
          {obstacle.kind === "finding" && (
            <Reason
              words={accepted[obstacle.about] ?? ""}
              about={obstacle.sentence}
              onChange={(words) => write({ accepted: { ...accepted, [obstacle.about]: words } })}
            />
          )}
        </div>
      ))}
      {uniqueBy(given, ({ id }) => id).map(({ id, item }) => (
        <div key={id} className={styles.obstacle} data-done>
          <p className={styles.sentence}>{item}</p>
          <Reason
            words={reasons[id] ?? ""}
            about={item}
            onChange={(words) => write({ reasons: { ...reasons, [id]: words } })}
          />
        </div>
      ))}
    </section>
  );
}

function Reason({ words, about, onChange }: { words: string; about: string; onChange: (words: string) => void }) {
  return (
    <Textarea
      aria-label={`Reason: ${about}`}
      placeholder="Why? The customer reads it."
      value={words}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={1}
      maxLength={1000}
    />
  );
}

/** The same row in two options is explained once. */
const withoutTwins = (obstacles: readonly Obstacle[]) =>
  uniqueBy(obstacles, ({ kind, about, option }) => (kind === "unpriced" || kind === "finding" ? `${kind} ${about}` : `${kind} ${about} ${option}`));

function uniqueBy<One>(ones: readonly One[], keyOf: (one: One) => string): One[] {
  return [...new Map(ones.map((one) => [keyOf(one), one])).values()];
}
