import { Button, Select } from "@mantine/core";
import { IconArrowBackUp, IconListCheck, IconPlayerStop, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

import { errorSentence } from "@/api/client";
import { cancelDeployment, chooseOnFailure, retryDeployment, rollBackDeployment } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Deployment, OnFailure } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./DeploymentButtons.module.css";
import { useMakePlan } from "./useMakePlan";

/** What can be done with a deployment as it stands; the filled button is the likely next step. */
export function DeploymentButtons({ deployment }: { deployment: Deployment }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const plan = useMakePlan(deployment.design);
  const lookAgain = () => queryClient.invalidateQueries({ queryKey: keys.deployment(deployment.id) });
  const cancel = useMutation({ mutationFn: () => cancelDeployment(deployment.id), onSettled: lookAgain });
  const retry = useMutation({ mutationFn: () => retryDeployment(deployment.id), onSettled: lookAgain });
  const rollBack = useMutation({ mutationFn: () => rollBackDeployment(deployment.id), onSettled: lookAgain });
  const error = cancel.error ?? retry.error ?? rollBack.error ?? plan.error;
  const makePlan = (intent: "deploy" | "destroy") => plan.mutate({ cloud: deployment.cloud, intent });
  const planning = plan.isPending ? plan.variables.intent : null;

  const destroyButton = (
    <Button
      key="destroy"
      data-danger
      leftSection={<IconTrash size={16} stroke={1.75} />}
      onClick={() => makePlan("destroy")}
      loading={planning === "destroy"}
    >
      Destroy
    </Button>
  );
  const planButton = (
    <Button
      key="plan"
      variant="filled"
      leftSection={<IconListCheck size={16} stroke={1.75} />}
      onClick={() => makePlan("deploy")}
      loading={planning === "deploy"}
    >
      Plan changes
    </Button>
  );
  const retryButton = (
    <Button
      key="retry"
      variant="filled"
      leftSection={<IconRefresh size={16} stroke={1.75} />}
      onClick={() => retry.mutate()}
      loading={retry.isPending}
    >
      Retry
    </Button>
  );

  const rollBackButton = (
    <Button
      key="roll-back"
      leftSection={<IconArrowBackUp size={16} stroke={1.75} />}
      onClick={() => rollBack.mutate()}
      loading={rollBack.isPending}
    >
      Roll back
    </Button>
  );

  const buttons = (): ReactNode => {
    const isDestroy = deployment.intent === "destroy";
    switch (deployment.status) {
      case "queued":
      case "running":
        return (
          <Button
            leftSection={<IconPlayerStop size={16} stroke={1.75} />}
            onClick={() => cancel.mutate()}
            loading={cancel.isPending}
          >
            Cancel
          </Button>
        );
      case "cancelling":
        return <p className={styles.hint}>Calls under way are finished, then it stops.</p>;
      case "failed":
      case "cancelled": {
        const goOn = deployment.can_retry ? retryButton : isDestroy ? null : planButton;
        const stands = deployment.resources.length > 0;
        const destroy = !stands || (isDestroy && deployment.can_retry) ? null : destroyButton;
        return [destroy, deployment.can_roll_back && rollBackButton, goOn];
      }
      case "succeeded":
        if (!isDestroy) return [destroyButton, planButton];
        return (
          <Button
            variant="filled"
            leftSection={<IconListCheck size={16} stroke={1.75} />}
            onClick={() => void navigate(`/designs/${deployment.design}/deploy/new`)}
          >
            Deploy again
          </Button>
        );
    }
  };

  return (
    <footer className={styles.foot}>
      {error && <ErrorNotice title={errorSentence(error)} />}
      <div className={styles.row}>
        <OnFailureChoice deployment={deployment} />
        <div className={styles.buttons}>{buttons()}</div>
      </div>
    </footer>
  );
}

const ON_FAILURE: { value: OnFailure; label: string }[] = [
  { value: "keep", label: "Keep what works" },
  { value: "roll_back", label: "Roll back" },
];

/** What happens should a step fail for good: it can be chosen until then. */
function OnFailureChoice({ deployment }: { deployment: Deployment }) {
  const queryClient = useQueryClient();
  const choose = useMutation({
    mutationFn: (policy: OnFailure) => chooseOnFailure(deployment.id, policy),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.deployment(deployment.id) }),
  });
  const canChoose = ["queued", "running"].includes(deployment.status) && !deployment.rolled_back;
  if (deployment.intent === "destroy" || !canChoose) return null;
  return (
    <Select
      className={styles.choice}
      label="If a step fails for good"
      data={ON_FAILURE}
      value={choose.isPending ? choose.variables : deployment.on_failure}
      onChange={(value) => choose.mutate(value as OnFailure)}
      allowDeselect={false}
    />
  );
}
