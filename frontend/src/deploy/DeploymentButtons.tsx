import { Button } from "@mantine/core";
import { IconListCheck, IconPlayerStop, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

import { errorSentence } from "@/api/client";
import { cancelDeployment, retryDeployment } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Deployment } from "@/api/types";
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
  const error = cancel.error ?? retry.error ?? plan.error;
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
        return isDestroy ? retryButton : [destroyButton, retryButton];
      case "cancelled":
        return isDestroy ? destroyButton : [destroyButton, planButton];
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
      <div className={styles.buttons}>{buttons()}</div>
    </footer>
  );
}
