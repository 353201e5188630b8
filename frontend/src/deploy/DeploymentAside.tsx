import { SegmentedControl } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconHourglass, IconLoader2, IconPlayerPause } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import { getPlan } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Deployment } from "@/api/types";
import { Pill } from "@/ui/Pill";
import { formatClock, formatDate } from "@/ui/times";

import styles from "./DeploymentAside.module.css";
import { DeploymentButtons } from "./DeploymentButtons";
import { EventList } from "./EventList";
import { doneWord, isOver, progressOf, type Stage, STAGES, statusWords } from "./progress";
import { Queue } from "./Queue";
import { Residue } from "./Residue";
import { ResourceList } from "./ResourceList";
import { Secrets } from "./Secrets";
import { StepList } from "./StepList";
import { Troubles } from "./Troubles";

type Shown = "events" | "steps" | "resources";

export function DeploymentAside({ deployment, isStale }: { deployment: Deployment; isStale: boolean }) {
  const [shown, setShown] = useState<Shown>(
    deployment.status === "succeeded" && deployment.intent === "deploy" ? "resources" : "events",
  );
  const plan = useQuery({ queryKey: keys.plan(deployment.plan), queryFn: () => getPlan(deployment.plan), enabled: shown === "resources" });
  const accepted = plan.data?.accepted;
  const acceptedPage = accepted ? `/designs/${deployment.design}/proposal/${accepted.proposal}/accepted` : undefined;
  return (
    <aside className={styles.aside} aria-label="Deployment">
      <Head deployment={deployment} />
      <div className={styles.scroll}>
        {isStale && (
          <p className={styles.stale} role="status">
            Stackdraft doesn't answer at the moment. The deployment goes on without this page.
          </p>
        )}
        <Queue deployment={deployment} />
        <Troubles deployment={deployment} />
        {deployment.residue && <Residue residue={deployment.residue} />}
        {isOver(deployment.status) && deployment.intent === "deploy" && <Secrets deployment_id={deployment.id} />}
        <SegmentedControl
          fullWidth
          aria-label="Show"
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          data={[
            { value: "events", label: "Events" },
            { value: "steps", label: `Steps ${deployment.steps.length}` },
            { value: "resources", label: `Resources ${deployment.resources.length}` },
          ]}
        />
        {shown === "events" && <EventList events={deployment.events} />}
        {shown === "steps" && <StepList steps={deployment.steps} isRunning={!isOver(deployment.status)} />}
        {shown === "resources" && <ResourceList resources={deployment.resources} acceptedPage={acceptedPage} />}
      </div>
      <DeploymentButtons deployment={deployment} />
    </aside>
  );
}

const TITLES: Record<Deployment["intent"], string> = {
  deploy: "Deployment to",
  destroy: "Destroy in",
  repair: "Put right in",
};

function Head({ deployment }: { deployment: Deployment }) {
  const status = statusWords(deployment);
  return (
    <header className={styles.head}>
      <div className={styles.titleRow}>
        <h1 className={styles.title}>
          {TITLES[deployment.intent]} {deployment.cloud_name}
        </h1>
        <span role="status">
          <Pill tone={status.tone} icon={<StatusIcon status={deployment.status} />}>
            {status.label}
          </Pill>
        </span>
      </div>
      <p className={styles.subtitle}>
        {deployment.is_rollback && "Back to "}
        {deployment.is_rollback ? "revision" : "Revision"} {deployment.revision}
        {deployment.started_at &&
          `, started ${formatDate(deployment.started_at)} ${formatClock(deployment.started_at)}`}
        {" · "}
        <Link to={`/designs/${deployment.design}/deploy/history`}>History</Link>
        {isOver(deployment.status) && deployment.resources.length > 0 && (
          <>
            {" · "}
            <Link to={`/designs/${deployment.design}/deploy/running`}>What runs</Link>
          </>
        )}
      </p>
      <Progress deployment={deployment} />
    </header>
  );
}

function StatusIcon({ status }: { status: Deployment["status"] }) {
  if (status === "succeeded") return <IconCircleCheck aria-hidden="true" />;
  if (status === "failed") return <IconCircleX aria-hidden="true" />;
  if (status === "cancelled" || status === "cancelling") return <IconPlayerPause aria-hidden="true" />;
  if (status === "queued") return <IconHourglass aria-hidden="true" />;
  return <IconLoader2 className={styles.turning} aria-hidden="true" />;
}

const STAGE_WORDS: Record<Stage, string> = {
  active: "active",
  working: "working",
  retrying: "retrying",
  failed: "failed",
  waiting: "waiting",
};

function Progress({ deployment }: { deployment: Deployment }) {
  const counts = progressOf(deployment.steps);
  const total = deployment.steps.length;
  const shown = STAGES.filter((stage) => counts[stage] > 0 || stage === "active");
  const words = (stage: Stage) => {
    if (stage === "active") return doneWord(deployment.steps);
    if (stage === "waiting" && isOver(deployment.status)) return "not done";
    return STAGE_WORDS[stage];
  };
  return (
    <>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label="Steps done"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={counts.active}
      >
        {STAGES.filter((stage) => stage !== "waiting" && counts[stage] > 0).map((stage) => (
          <i key={stage} data-stage={stage} style={{ width: `${(counts[stage] / Math.max(1, total)) * 100}%` }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {shown.map((stage) => (
          <li key={stage}>
            <span className={styles.dot} data-stage={stage} aria-hidden="true" />
            <b>{counts[stage]}</b> {words(stage)}
          </li>
        ))}
      </ul>
    </>
  );
}
