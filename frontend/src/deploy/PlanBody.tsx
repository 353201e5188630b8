import { SegmentedControl } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

import type { Plan } from "@/api/types";
import { formatChange, formatMoney, isZero } from "@/ui/money";
import { Loading, Skeleton } from "@/ui/Skeleton";
import { formatDate } from "@/ui/times";

import { DrawnDocument, usePlanDocument } from "./planDocument";
import { PlanDrawing } from "./PlanDrawing";
import { changeCount, planHeadline } from "./planGroups";
import styles from "./PlanScreen.module.css";
import { PlanTable, UnchangedTable } from "./PlanTable";

type Shown = "changes" | "unchanged" | "drawing";

/** What a plan does: its price, then and now, its changes with their reasons, and the drawing that it is of. */
export function PlanBody({ plan, notice }: { plan: Plan; notice?: ReactNode }) {
  const [shown, setShown] = useState<Shown>("changes");
  const document = usePlanDocument(plan.id);
  const unchanged = plan.steps.filter((step) => step.action === "nothing");
  return (
    <main className={styles.main}>
      <PlanHead plan={plan} />
      <div className={styles.filters}>
        <SegmentedControl
          aria-label="Show"
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          data={[
            { value: "changes", label: `Changes ${changeCount(plan)}` },
            { value: "unchanged", label: `Unchanged ${unchanged.length}` },
            { value: "drawing", label: "On the canvas" },
          ]}
        />
        <PriceBookName plan={plan} />
      </div>
      {notice && <div className={styles.notice}>{notice}</div>}
      <DrawnDocument value={document.data ?? null}>
        {shown === "changes" && <PlanTable plan={plan} />}
        {shown === "unchanged" && <UnchangedTable steps={unchanged} />}
      </DrawnDocument>
      {shown === "drawing" && (
        <div className={styles.drawing}>
          <PlanDrawing planId={plan.id} />
        </div>
      )}
    </main>
  );
}

function PlanHead({ plan }: { plan: Plan }) {
  const { cost, currency } = plan;
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <p className={styles.over}>
          {plan.accepted ? "As accepted," : plan.is_rollback ? "Back to" : "Plan for"} revision {plan.revision} <IconArrowRight size={14} stroke={1.75} aria-hidden="true" />
          <span className={styles.cloud}>{plan.cloud_name}</span>
          {plan.as_one_stack && " as one Heat stack"}
        </p>
        <h1 className={styles.title}>{planHeadline(plan)}</h1>
        <RegionLine plan={plan} />
      </div>
      <dl className={styles.costs}>
        {plan.then && (
          <div>
            <dt>Then, {formatDate(plan.then.at)}</dt>
            <dd className={styles.then}>{formatMoney(plan.then.monthly, plan.then.currency)}</dd>
          </div>
        )}
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
          {cost.unpriced > 0 && <dd className={styles.unpriced}>{cost.unpriced} without a price</dd>}
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
  const version = plan.price_book_version === null ? "" : `, version ${plan.price_book_version}`;
  return (
    <span className={styles.book}>
      {plan.price_book_title || plan.price_book}, {plan.currency}
      {version}
    </span>
  );
}

export function PlanSkeleton() {
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
