import { Button, Checkbox, Select } from "@mantine/core";
import { IconClock, IconHourglass, IconRocket, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import { listDeployments } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { OnFailure, Plan } from "@/api/types";
import { countOf } from "@/ui/count";
import { formatDuration, secondsUntil } from "@/ui/times";
import { useNow } from "@/ui/useNow";

import { ApprovalPanel } from "./ApprovalPanel";
import { DestroyDialog } from "./DestroyDialog";
import styles from "./PlanAside.module.css";
import { changeCount, shortFingerprint, whyNotApply } from "./planGroups";
import { Preflight } from "./Preflight";
import { isOver } from "./progress";

/** `confirm` names the checks of which somebody said that they know. */
export type Applying = { onFailure: OnFailure; confirm: string[]; removeSnapshots?: boolean };

type Props = {
  plan: Plan;
  isApplying: boolean;
  onApply: (applying: Applying) => void;
  isRemaking: boolean;
  onMakeAgain: () => void;
  onDiscard: () => void;
};

export function PlanAside({ plan, ...actions }: Props) {
  return (
    <aside className={styles.aside} aria-label="Preflight and apply">
      <Preflight plan={plan} />
      <ApprovalPanel plan={plan} />
      <Apply plan={plan} {...actions} />
    </aside>
  );
}

/** Said before it is applied: beside another deployment of the design there, it queues. */
function WaitsItsTurn({ plan }: { plan: Plan }) {
  const deployments = useQuery({
    queryKey: keys.deployments(plan.design),
    queryFn: () => listDeployments(plan.design),
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const running = deployments.data?.find(({ cloud, status }) => cloud === plan.cloud && !isOver(status));
  if (!running) return null;
  return (
    <p className={styles.queues} role="status">
      <IconHourglass size={14} stroke={1.75} aria-hidden="true" />
      <span>
        <Link to={`/designs/${plan.design}/deploy/deployments/${running.id}`}>Another deployment</Link> of this design runs
        there. This one waits for it, and then {plan.intent === "destroy" ? "removes all that stands by then" : "does only what is approved here"}.
      </span>
    </p>
  );
}

const LOOK_AGAIN_MS = 5000;
const ON_FAILURE: { value: OnFailure; label: string }[] = [
  { value: "keep", label: "Keep what works" },
  { value: "roll_back", label: "Roll back what was made" },
];

function Apply({ plan, isApplying, onApply, isRemaking, onMakeAgain, onDiscard }: Props) {
  const now = useNow(10);
  const [confirming, setConfirming] = useState(false);
  const [onFailure, setOnFailure] = useState<OnFailure>("keep");
  const [knows, setKnows] = useState(false);
  const confirm = plan.preflight.filter((check) => check.to_confirm).map((check) => check.check);
  const obstacle = whyNotApply(plan, now);
  const isWaiting = plan.status === "awaiting_approval";
  const changes = changeCount(plan);
  const isDestroy = plan.intent === "destroy";
  const minutes = Math.ceil(secondsUntil(plan.expires_at, now) / 60);
  return (
    <section className={styles.apply} aria-label="Apply">
      <p className={styles.facts}>
        <span>
          Fingerprint <code title={plan.fingerprint}>{shortFingerprint(plan.fingerprint)}</code>
        </span>
        {(plan.status === "ready" || isWaiting) && minutes > 0 && (
          <span className={styles.validity}>
            <IconClock size={14} stroke={1.75} aria-hidden="true" />
            Valid for {minutes > 120 ? formatDuration(minutes * 60) : `${minutes} min`}
          </span>
        )}
      </p>
      {plan.accepted && (
        <p className={styles.facts}>
          <span>
            As {plan.accepted.name} accepted it:{" "}
            <Link to={`/designs/${plan.design}/proposal/${plan.accepted.proposal}/accepted`}>
              {plan.accepted.number}, option {plan.accepted.option}
            </Link>
          </span>
        </p>
      )}
      {!isDestroy && !obstacle && (
        <Select
          label="If a step fails for good"
          data={ON_FAILURE}
          value={onFailure}
          onChange={(value) => setOnFailure(value as OnFailure)}
          allowDeselect={false}
        />
      )}
      {confirm.length > 0 && !obstacle && (
        <Checkbox
          checked={knows}
          onChange={(event) => setKnows(event.currentTarget.checked)}
          label="I know that this destroys data for good"
        />
      )}
      {obstacle && (
        <p className={styles.obstacle} data-waits={isWaiting || undefined} id="apply-obstacle">
          {obstacle}
        </p>
      )}
      {changes > 0 && !obstacle && <WaitsItsTurn plan={plan} />}
      <div className={styles.buttons}>
        {obstacle && changes > 0 && !isWaiting ? (
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
            onClick={isDestroy ? () => setConfirming(true) : () => onApply({ onFailure, confirm })}
            loading={isApplying}
            disabled={obstacle !== null || (confirm.length > 0 && !knows)}
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
        designId={plan.design}
        cloud={plan.cloud}
        onConfirm={(removeSnapshots) => {
          setConfirming(false);
          onApply({ onFailure: "keep", confirm: [], removeSnapshots });
        }}
      />
    </section>
  );
}
