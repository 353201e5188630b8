import styles from "./MeterBar.module.css";

type Part = { amount: number; look: "used" | "others" | "added" | "accent" };
type Props = { label: string; parts: readonly Part[]; limit: number };

/** How much of a limit is taken: the words above, the bar below says the same. */
export function MeterBar({ label, parts, limit }: Props) {
  const total = parts.reduce((sum, part) => sum + part.amount, 0);
  const isTight = limit > 0 && total / limit >= 0.9;
  return (
    <div>
      <div className={styles.words}>
        <span className={styles.label}>{label}</span>
        <span>
          <span className={styles.total}>{total.toLocaleString("en-US")}</span>{" "}
          <span className={styles.limit}>of {limit.toLocaleString("en-US")}</span>
        </span>
      </div>
      <div className={styles.bar} data-tight={isTight || undefined} aria-hidden="true">
        {parts.map((part) => (
          <i
            key={part.look}
            data-look={part.look}
            style={{ width: `${limit > 0 ? Math.min(100, (part.amount / limit) * 100) : 0}%` }}
          />
        ))}
      </div>
    </div>
  );
}
