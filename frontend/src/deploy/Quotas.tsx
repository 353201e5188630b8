import { UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";

import type { Plan, QuotaProjection } from "@/api/types";
import { MeterBar } from "@/ui/MeterBar";

import styles from "./Quotas.module.css";

const SCARCE = 3; // as bars; the table has them all

/** The quotas that a plan changes: what is used, what other deployments will take, what this one takes, what is left. */
export function Quotas({ plan, only }: { plan: Plan; only?: string | undefined }) {
  const [open, setOpen] = useState(false);
  const quotas = plan.quotas.filter((quota) => !only || quota.region === only);
  if (quotas.length === 0) return null;
  const others = quotas.some((quota) => quota.others > 0);
  const several = new Set(quotas.map((quota) => quota.region)).size > 1;
  const title = (quota: QuotaProjection) => (several ? `${quota.title}, ${quota.region}` : quota.title);
  return (
    <div className={styles.quotas}>
      {others && <p className={styles.hint}>Counts what other deployments will still take.</p>}
      {pressing(quotas).map((quota) => (
        <MeterBar
          key={title(quota)}
          label={title(quota)}
          parts={[
            { amount: quota.used + Math.min(0, quota.plan), look: "used" },
            { amount: quota.others, look: "others" },
            { amount: Math.max(0, quota.plan), look: "added" },
          ]}
          limit={quota.limit}
        />
      ))}
      <UnstyledButton className={styles.more} onClick={() => setOpen(!open)} aria-expanded={open}>
        {open ? <IconChevronDown size={14} stroke={1.75} /> : <IconChevronRight size={14} stroke={1.75} />}
        {open ? "Hide the figures" : quotas.length === 1 ? "The quota in figures" : `All ${quotas.length} quotas in figures`}
      </UnstyledButton>
      {open && (
        <table className={styles.table} aria-label="Quotas">
          <thead>
            <tr>
              <th scope="col">Quota</th>
              <th scope="col">Limit</th>
              <th scope="col">Used</th>
              <th scope="col">This plan</th>
              <th scope="col">Others</th>
              <th scope="col">Left</th>
            </tr>
          </thead>
          <tbody>
            {quotas.map((quota) => (
              <tr key={title(quota)} data-short={quota.left < 0 || undefined}>
                <th scope="row">{title(quota)}</th>
                <td>{number(quota.limit)}</td>
                <td>{number(quota.used)}</td>
                <td>{signed(quota.plan)}</td>
                <td>{number(quota.others)}</td>
                <td>{number(quota.left)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** What is shortest of its limit, in the server's order among equals. */
function pressing(quotas: readonly QuotaProjection[]): QuotaProjection[] {
  const share = (quota: QuotaProjection) => (quota.limit > 0 ? quota.left / quota.limit : quota.left);
  return [...quotas].sort((one, other) => share(one) - share(other)).slice(0, SCARCE);
}

const number = (amount: number): string => amount.toLocaleString("en-US").replace("-", "\u2212");
const signed = (amount: number): string => (amount > 0 ? `+${number(amount)}` : number(amount));
