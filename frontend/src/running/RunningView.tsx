import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { errorSentence } from "@/api/client";
import { getDeployment } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Stay } from "@/api/types";
import view from "@/deploy/DeploymentView.module.css";
import { PlanDrawing } from "@/deploy/PlanDrawing";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatMoney } from "@/ui/money";

import { driftMarks } from "./driftWords";
import { RunningAside } from "./RunningAside";
import { useDriftReport } from "./useStays";

/** What stands in the clouds now: the drawing with what differs there, and all that can be done with it. */
export function RunningView({ designId, stays }: { designId: string; stays: readonly Stay[] }) {
  const [cloud, setCloud] = useState(stays[0]?.cloud);
  const stay = stays.find((one) => one.cloud === cloud) ?? stays[0];
  const id = stay?.deployment ?? "";
  const deployment = useQuery({
    queryKey: keys.deployment(id),
    queryFn: () => getDeployment(id),
    enabled: id !== "",
  });
  const report = useDriftReport(stay).data;
  const marks = useMemo(() => driftMarks(report), [report]);
  if (!stay) return null;
  const cost = report?.cost ?? null;
  return (
    <>
      <main className={view.canvas} aria-label="Drawing">
        {deployment.isError && (
          <div className={view.notice}>
            <ErrorNotice title={errorSentence(deployment.error)} onRetry={() => void deployment.refetch()} />
          </div>
        )}
        {deployment.data && (
          <PlanDrawing planId={deployment.data.plan} states={deployment.data.components} drifts={marks} />
        )}
        {deployment.data && (
          <dl className={view.facts}>
            <div>
              <dt>As deployed, a month</dt>
              <dd>
                {formatMoney(
                  cost?.recorded ?? deployment.data.cost.after,
                  cost?.currency ?? deployment.data.cost.currency,
                )}
              </dd>
            </div>
            {cost && report?.status === "drifted" && (
              <div>
                <dt>As it is, a month</dt>
                <dd>{formatMoney(cost.live, cost.currency)}</dd>
              </div>
            )}
          </dl>
        )}
      </main>
      <RunningAside
        key={stay.id}
        designId={designId}
        stay={stay}
        clouds={stays.map((one) => ({ value: one.cloud, label: one.cloud_name }))}
        onCloud={setCloud}
        standing={deployment.data}
        report={report}
      />
    </>
  );
}
