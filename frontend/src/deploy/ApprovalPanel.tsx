import { Button, Textarea } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconClock, IconUserQuestion } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { approvePlan, declinePlan } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { Plan } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatClock, formatDate } from "@/ui/times";

import styles from "./ApprovalPanel.module.css";

/** Who said what of a plan above the organisation's limit, and the place to say it. */
export function ApprovalPanel({ plan }: { plan: Plan }) {
  if (!plan.approval_reason) return null;
  return (
    <section className={styles.panel} aria-label="Approval">
      {plan.approval ? <Decision plan={plan} approval={plan.approval} /> : <Awaited plan={plan} />}
      {plan.can_decide && <Decide plan={plan} />}
    </section>
  );
}

function Decision({ plan, approval }: { plan: Plan; approval: NonNullable<Plan["approval"]> }) {
  const Picture = approval.is_approved ? IconCircleCheck : IconCircleX;
  const day = formatDate(approval.decided_at);
  return (
    <div className={styles.said}>
      <Picture
        size={16}
        stroke={1.75}
        className={approval.is_approved ? styles.approved : styles.declined}
        aria-hidden="true"
      />
      <div>
        <p className={styles.who}>
          {approval.is_approved ? "Approved" : "Declined"} by {approval.decided_by}
        </p>
        <p className={styles.why}>
          {plan.approval_reason} {day}, {formatClock(approval.decided_at)}
          {approval.note && `, \u201c${approval.note}\u201d`}
        </p>
      </div>
    </div>
  );
}

function Awaited({ plan }: { plan: Plan }) {
  const isOpen = plan.status === "awaiting_approval";
  const Picture = isOpen ? IconClock : IconUserQuestion;
  return (
    <div className={styles.said}>
      <Picture size={16} stroke={1.75} className={styles.awaited} aria-hidden="true" />
      <div>
        <p className={styles.who}>{isOpen ? "Waits for an approval" : "Nobody approved it"}</p>
        <p className={styles.why}>{plan.approval_reason}</p>
      </div>
    </div>
  );
}

function Decide({ plan }: { plan: Plan }) {
  const [note, setNote] = useState("");
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: (approves: boolean) => (approves ? approvePlan : declinePlan)(plan.id, note.trim()),
    onSuccess: (said) => {
      queryClient.setQueryData(keys.plan(plan.id), said);
      void queryClient.invalidateQueries({ queryKey: keys.plans_to_approve });
    },
    onError: () => queryClient.invalidateQueries({ queryKey: keys.plan(plan.id) }),
  });
  return (
    <>
      {decide.isError && <ErrorNotice title={errorSentence(decide.error)} />}
      <Textarea
        label="Note"
        placeholder="What you checked, or what should change"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={6}
      />
      <div className={styles.buttons}>
        <Button onClick={() => decide.mutate(false)} loading={decide.isPending && !decide.variables}>
          Decline
        </Button>
        <Button
          variant="filled"
          className={styles.main}
          onClick={() => decide.mutate(true)}
          loading={decide.isPending && decide.variables}
        >
          Approve
        </Button>
      </div>
      <p className={styles.hint}>
        Holds for exactly this plan. If the design, the cloud or the prices change first, it is void.
      </p>
    </>
  );
}
