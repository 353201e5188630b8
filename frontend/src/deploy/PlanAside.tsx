import { Button, Select } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClock, IconRocket, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { listClouds } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { OnFailure, Plan, PreflightCheck } from "@/api/types";
import { countOf } from "@/ui/count";
import { MeterBar } from "@/ui/MeterBar";
import { secondsUntil } from "@/ui/times";
import { useNow } from "@/ui/useNow";

import { DestroyDialog } from "./DestroyDialog";
import styles from "./PlanAside.module.css";
import { changeCount, quotaNeeds, regionsTouched, shortFingerprint, whyNotApply } from "./planGroups";

type Props = {
  plan: Plan;
  isApplying: boolean;
  onApply: (onFailure: OnFailure) => void;
  isRemaking: boolean;
  onMakeAgain: () => void;
  onDiscard: () => void;
};

export function PlanAside({ plan, ...actions }: Props) {
  return (
    <aside className={styles.aside} aria-label="Preflight and apply">
      <Preflight plan={plan} />
      <Apply plan={plan} {...actions} />
    </aside>
  );
}

function Preflight({ plan }: { plan: Plan }) {
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
          <li key={`${check.check} ${place}`} className={styles.check}>
            <CheckIcon status={check.status} />
            <div className={styles.checkText}>
              <p className={styles.summary}>
                {check.region && <span className={styles.region}>{check.region}</span>}
                {check.summary}
              </p>
              {check.detail && <p className={styles.detail}>{check.detail}</p>}
              {check.check === "quota" && <QuotaBars plan={plan} only={check.region} />}
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

/** Of the region that a check is about, or of every region that the plan touches. */
function QuotaBars({ plan, only }: { plan: Plan; only: string | undefined }) {
  const clouds = useQuery({ queryKey: keys.clouds, queryFn: listClouds });
  const cloud = clouds.data?.find(({ id }) => id === plan.cloud);
  if (!cloud) return null;
  const touched = only ? [only] : regionsTouched(plan.steps);
  const needs = touched.flatMap((region) => {
    const quotas = cloud.regions.find(({ name }) => name === region)?.profile.quotas ?? {};
    const there = plan.steps.filter((step) => step.region === region);
    const several = touched.length > 1;
    return quotaNeeds(there, quotas).map((need) => ({
      ...need,
      label: several ? `${need.label}, ${region}` : need.label,
    }));
  });
  return (
    <div className={styles.bars}>
      {needs.map((need) => (
        <MeterBar
          key={need.label}
          label={need.label}
          parts={[
            { amount: need.used, look: "used" },
            { amount: need.added, look: "added" },
          ]}
          limit={need.limit}
        />
      ))}
    </div>
  );
}

const ON_FAILURE: { value: OnFailure; label: string }[] = [
  { value: "keep", label: "Keep what works" },
  { value: "roll_back", label: "Roll back what was made" },
];

function Apply({ plan, isApplying, onApply, isRemaking, onMakeAgain, onDiscard }: Props) {
  const now = useNow(10);
  const [confirming, setConfirming] = useState(false);
  const [onFailure, setOnFailure] = useState<OnFailure>("keep");
  const obstacle = whyNotApply(plan, now);
  const changes = changeCount(plan);
  const isDestroy = plan.intent === "destroy";
  const minutes = Math.ceil(secondsUntil(plan.expires_at, now) / 60);
  return (
    <section className={styles.apply} aria-label="Apply">
      <p className={styles.facts}>
        <span>
          Fingerprint <code title={plan.fingerprint}>{shortFingerprint(plan.fingerprint)}</code>
        </span>
        {plan.status === "ready" && minutes > 0 && (
          <span className={styles.validity}>
            <IconClock size={14} stroke={1.75} aria-hidden="true" />
            Valid for {minutes} min
          </span>
        )}
      </p>
      {!isDestroy && !obstacle && (
        <Select
          label="If a step fails for good"
          data={ON_FAILURE}
          value={onFailure}
          onChange={(value) => setOnFailure(value as OnFailure)}
          allowDeselect={false}
        />
      )}
      {obstacle && (
        <p className={styles.obstacle} id="apply-obstacle">
          {obstacle}
        </p>
      )}
      <div className={styles.buttons}>
        {obstacle && changes > 0 ? (
          <Button variant="filled" onClick={onMakeAgain} loading={isRemaking}>
            Make a new plan
          </Button>
        ) : (
          <Button onClick={onDiscard}>{changes > 0 ? "Discard" : "Back to Deploy"}</Button>
        )}
        {changes > 0 && (
          <Button
            className={styles.main}
            variant={isDestroy || obstacle ? "default" : "filled"}
            data-danger={isDestroy || undefined}
            leftSection={isDestroy ? <IconTrash size={16} stroke={1.75} /> : <IconRocket size={16} stroke={1.75} />}
            onClick={isDestroy ? () => setConfirming(true) : () => onApply(onFailure)}
            loading={isApplying}
            disabled={obstacle !== null}
            aria-describedby={obstacle ? "apply-obstacle" : undefined}
          >
            {isDestroy ? `Destroy ${countOf(changes, "resource")}` : `Apply ${countOf(changes, "change")}`}
          </Button>
        )}
      </div>
      <p className={styles.hint}>
        Runs once. If the design, the cloud or the price book changes first, a new plan is made.
      </p>
      <DestroyDialog
        opened={confirming}
        onClose={() => setConfirming(false)}
        designName={plan.design_name}
        cloudName={plan.cloud_name}
        count={changes}
        onConfirm={() => {
          setConfirming(false);
          onApply("keep");
        }}
      />
    </section>
  );
}
