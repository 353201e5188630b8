import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";

import { ApiError, errorSentence } from "@/api/client";
import { applyPlan, getPlan } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Plan } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

import { type Applying, PlanAside } from "./PlanAside";
import { PlanBody, PlanSkeleton } from "./PlanBody";
import { saidRegions } from "./planGroups";
import styles from "./PlanScreen.module.css";
import { useMakePlan } from "./useMakePlan";

/** How often a plan that waits for somebody else is looked at again. */
const LOOK_AGAIN_MS = 10_000;

/** One plan: what would change and why, what it would cost, what could stop it. */
export function PlanScreen() {
  const { design_id: designId = "", plan_id: planId = "" } = useParams();
  const plan = useQuery({
    queryKey: keys.plan(planId),
    queryFn: () => getPlan(planId),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.status === "awaiting_approval" ? LOOK_AGAIN_MS : false),
  });
  if (plan.isError && !plan.data) {
    return (
      <main className={styles.main}>
        <div className={styles.failed}>
          <ErrorNotice title={errorSentence(plan.error)} onRetry={() => void plan.refetch()} />
        </div>
      </main>
    );
  }
  if (!plan.data) return <PlanSkeleton />;
  return <PlanView plan={plan.data} designId={designId} />;
}

function PlanView({ plan, designId }: { plan: Plan; designId: string }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const again = useMakePlan(designId);
  const apply = useMutation({
    mutationFn: ({ onFailure, confirm, removeSnapshots }: Applying) =>
      applyPlan(plan.id, { on_failure: onFailure, confirm, remove_snapshots: removeSnapshots }),
    onSuccess: async ({ deployment }) => {
      void queryClient.invalidateQueries({ queryKey: keys.deployments(designId) });
      await navigate(`/designs/${designId}/deploy/deployments/${deployment}`);
    },
    // The plan may have run out meanwhile; what it is now decides what can be done.
    onError: () => queryClient.invalidateQueries({ queryKey: keys.plan(plan.id) }),
  });
  const makeAgain = () => {
    // What a repair puts right is chosen anew: it may be otherwise by now.
    if (plan.intent === "repair") return void navigate(`/designs/${designId}/deploy/running`);
    again.mutate({
      cloud: plan.cloud,
      intent: plan.intent,
      regions: saidRegions(plan),
      asOneStack: plan.as_one_stack,
      ...(plan.is_rollback ? { revision: plan.revision } : {}),
    });
  };
  const problem = apply.error ?? again.error;
  return (
    <>
      <PlanBody
        plan={plan}
        notice={
          problem && (
            <ErrorNotice
              title={errorSentence(problem)}
              {...(isStale(problem) ? { onRetry: makeAgain, retryLabel: "Make a new plan" } : {})}
            />
          )
        }
      />
      <PlanAside
        plan={plan}
        isApplying={apply.isPending}
        onApply={apply.mutate}
        isRemaking={again.isPending}
        onMakeAgain={makeAgain}
        onDiscard={() => void navigate(`/designs/${designId}/deploy`)}
      />
    </>
  );
}

const STALE = [
  "plan_outdated",
  "plan_expired",
  "plan_already_applied",
  "plan_declined",
  "preflight_failed",
  "approval_rule_changed",
];
const isStale = (error: Error): boolean => error instanceof ApiError && STALE.includes(error.code);
