import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { errorSentence } from "@/api/client";
import { getPlan } from "@/api/deployer";
import { keys } from "@/api/keys";
import list from "@/app/List.module.css";
import { ApprovalPanel } from "@/deploy/ApprovalPanel";
import asideStyles from "@/deploy/PlanAside.module.css";
import { PlanBody, PlanSkeleton } from "@/deploy/PlanBody";
import { Preflight } from "@/deploy/Preflight";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./ApprovalsScreen.module.css";

/** A plan of somebody else, as whoever approves it sees it: all that its maker sees, and one question. */
export function ApprovalScreen() {
  const { plan_id: planId = "" } = useParams();
  const plan = useQuery({ queryKey: keys.plan(planId), queryFn: () => getPlan(planId), staleTime: 0 });
  return (
    <div className={styles.plan}>
      {plan.isError && !plan.data && (
        <div className={list.notice}>
          <ErrorNotice title={errorSentence(plan.error)} onRetry={() => void plan.refetch()} />
        </div>
      )}
      {plan.isPending && <PlanSkeleton />}
      {plan.data && (
        <>
          <title>{`${plan.data.design_name} · Approvals · Stackdraft`}</title>
          <PlanBody
            plan={plan.data}
            notice={
              <Link to="/approvals" className={styles.back}>
                <IconArrowLeft size={14} stroke={1.75} aria-hidden="true" />
                {plan.data.design_name}, planned by {plan.data.created_by ?? "somebody who left"}
              </Link>
            }
          />
          <aside className={asideStyles.aside} aria-label="Preflight and approval">
            <Preflight plan={plan.data} />
            <ApprovalPanel plan={plan.data} />
          </aside>
        </>
      )}
    </div>
  );
}
