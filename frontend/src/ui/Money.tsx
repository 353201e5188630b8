import styles from "./Money.module.css";
import { formatMoney } from "./money";

/** An amount, or the dashed chip that says there is none: unknown never looks like zero. */
export function Money({ amount, currency }: { amount: string | null | undefined; currency: string }) {
  if (amount === null || amount === undefined) return <span className={styles.missing}>No price</span>;
  return <span className={styles.amount}>{formatMoney(amount, currency)}</span>;
}
