import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";

import type { Plan, PreflightCheck } from "@/api/types";
import { countOf } from "@/ui/count";

import styles from "./PlanAside.module.css";
import { Quotas } from "./Quotas";

/** What was checked before anything is touched: all that is wrong at once, and what is good to know. */
export function Preflight({ plan }: { plan: Plan }) {
  const count = (status: PreflightCheck["status"]) => plan.preflight.filter((check) => check.status === status).length;
  return (
    <section className={styles.preflight} aria-labelledby="preflight-title">
      <header className={styles.head}>
        <h2 id="preflight-title">Preflight</h2>
        <span className={styles.counts}>
          {count("passed") > 0 && <span className={styles.passed}>{count("passed")} passed</span>}
          {count("warning") > 0 && <span className={styles.warning}>{countOf(count("warning"), "warning")}</span>}
          {count("failed") > 0 && <span className={styles.failed}>{count("failed")} failed</span>}
        </span>
      </header>
      <ul className={styles.checks}>
        {plan.preflight.map((check, place) => (
          <li key={`${check.check} ${place}`} className={styles.check} data-loud={check.to_confirm || undefined}>
            <CheckIcon status={check.status} />
            <div className={styles.checkText}>
              <p className={styles.summary}>
                {check.region && <span className={styles.region}>{check.region}</span>}
                {check.summary}
              </p>
              {check.detail && <p className={styles.detail}>{check.detail}</p>}
              {check.check === "quota" && <Quotas plan={plan} only={check.region} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CheckIcon({ status }: { status: PreflightCheck["status"] }) {
  const icons = { passed: IconCircleCheck, warning: IconAlertTriangle, failed: IconCircleX };
  const words = { passed: "Passed", warning: "Warning", failed: "Failed" };
  const Picture = icons[status];
  return <Picture size={16} stroke={1.75} className={styles[status]} role="img" aria-label={words[status]} />;
}
