import { SegmentedControl } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";

import { ApiError, errorSentence } from "@/api/client";
import { applyPlan, getPlan } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { OnFailure, Plan } from "@/api/types";
import { usePriceBooks } from "@/catalog/useCatalogue";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatChange, formatMoney, isZero } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { changeCount, planHeadline, saidRegions } from "./planGroups";
import { PlanAside } from "./PlanAside";
import styles from "./PlanScreen.module.css";
import { PlanTable, UnchangedTable } from "./PlanTable";
import { useMakePlan } from "./useMakePlan";

/** One plan: what would change and why, what it would cost, what could stop it. */
export function PlanScreen() {
  const { design_id: designId = "", plan_id: planId = "" } = useParams();
  const plan = useQuery({ queryKey: keys.plan(planId), queryFn: () => getPlan(planId), staleTime: 0 });
  if (plan.isError) {
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
  const [shown, setShown] = useState<"changes" | "unchanged">("changes");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const again = useMakePlan(designId);
  const apply = useMutation({
    mutationFn: (onFailure: OnFailure) => applyPlan(plan.id, onFailure),
    onSuccess: async ({ deployment }) => {
      void queryClient.invalidateQueries({ queryKey: keys.deployments(designId) });
      await navigate(`/designs/${designId}/deploy/deployments/${deployment}`);
    },
    // The plan may have run out meanwhile; what it is now decides what can be done.
    onError: () => queryClient.invalidateQueries({ queryKey: keys.plan(plan.id) }),
  });
  const makeAgain = () => again.mutate({ cloud: plan.cloud, intent: plan.intent, regions: saidRegions(plan) });
  const unchanged = plan.steps.filter((step) => step.action === "nothing");
  const problem = apply.error ?? again.error;
  return (
    <>
      <main className={styles.main}>
        <PlanHead plan={plan} />
        <div className={styles.filters}>
          <SegmentedControl
            aria-label="Show"
            value={shown}
            onChange={(value) => setShown(value as typeof shown)}
            data={[
              { value: "changes", label: `Changes ${changeCount(plan)}` },
              { value: "unchanged", label: `Unchanged ${unchanged.length}` },
            ]}
          />
          <PriceBookName plan={plan} />
        </div>
        {problem && (
          <div className={styles.notice}>
            <ErrorNotice
              title={errorSentence(problem)}
              {...(isStale(problem) ? { onRetry: makeAgain, retryLabel: "Make a new plan" } : {})}
            />
          </div>
        )}
        {shown === "changes" ? <PlanTable plan={plan} /> : <UnchangedTable steps={unchanged} />}
      </main>
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

function PlanHead({ plan }: { plan: Plan }) {
  const { cost, currency } = plan;
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <p className={styles.over}>
          Plan for revision {plan.revision} <IconArrowRight size={14} stroke={1.75} aria-hidden="true" />
          <span className={styles.cloud}>{plan.cloud_name}</span>
        </p>
        <h1 className={styles.title}>{planHeadline(plan)}</h1>
        <RegionLine plan={plan} />
      </div>
      <dl className={styles.costs}>
        <div>
          <dt>Now</dt>
          <dd>{formatMoney(cost.now, currency)}</dd>
        </div>
        <div>
          <dt>Change</dt>
          <dd className={isZero(cost.change) ? undefined : styles.change}>{formatChange(cost.change, currency)}</dd>
        </div>
        <div>
          <dt>After, a month</dt>
          <dd className={styles.after}>{formatMoney(cost.after, currency)}</dd>
        </div>
      </dl>
    </header>
  );
}

/** Where each drawn region goes, when the design draws any. */
function RegionLine({ plan }: { plan: Plan }) {
  const drawn = plan.regions.filter((choice) => choice.drawn !== "");
  if (drawn.length === 0) return null;
  return (
    <p className={styles.regions}>
      {drawn.map((choice) => (
        <span key={choice.drawn}>
          {choice.drawn} <IconArrowRight size={12} stroke={1.75} aria-label="goes to" /> {choice.region}
        </span>
      ))}
    </p>
  );
}

function PriceBookName({ plan }: { plan: Plan }) {
  const book = usePriceBooks().data?.find(({ key }) => key === plan.price_book);
  if (!book) return null;
  return (
    <span className={styles.book}>
      {book.title}, {book.currency}, version {book.version}
    </span>
  );
}

const isStale = (error: Error): boolean =>
  error instanceof ApiError && ["plan_outdated", "plan_expired", "plan_already_applied"].includes(error.code);

function PlanSkeleton() {
  return (
    <Loading label="The plan is loading">
      <main className={styles.main}>
        <div className={styles.head}>
          <Skeleton width={240} height={20} />
          <Skeleton width={260} height={20} />
        </div>
        <div className={styles.failed}>
          <Skeleton height={160} />
        </div>
      </main>
    </Loading>
  );
}
