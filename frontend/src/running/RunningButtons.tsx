import { Button } from "@mantine/core";
import { IconListCheck, IconTrash } from "@tabler/icons-react";

import { errorSentence } from "@/api/client";
import styles from "@/deploy/DeploymentButtons.module.css";
import { useMakePlan } from "@/deploy/useMakePlan";
import { ErrorNotice } from "@/ui/ErrorNotice";

/** What can be done with all of it. Both make a plan first. */
export function RunningButtons({ designId, cloud }: { designId: string; cloud: string }) {
  const plan = useMakePlan(designId);
  const planning = plan.isPending ? plan.variables.intent : null;
  return (
    <footer className={styles.foot}>
      {plan.error && <ErrorNotice title={errorSentence(plan.error)} />}
      <div className={styles.row}>
        <div className={styles.buttons}>
          <Button
            data-danger
            leftSection={<IconTrash size={16} stroke={1.75} />}
            onClick={() => plan.mutate({ cloud, intent: "destroy" })}
            loading={planning === "destroy"}
          >
            Destroy
          </Button>
          <Button
            leftSection={<IconListCheck size={16} stroke={1.75} />}
            onClick={() => plan.mutate({ cloud, intent: "deploy" })}
            loading={planning === "deploy"}
          >
            Plan changes
          </Button>
        </div>
      </div>
    </footer>
  );
}
