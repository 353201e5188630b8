import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { adoptDrift, ignoreDrift, planRepair } from "@/api/running";
import type { Difference, DriftReport } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { showToast } from "@/ui/toasts";

import styles from "./DriftTab.module.css";
import { sortedOut } from "./driftWords";
import own from "./RunningAside.module.css";

type Props = { designId: string; report: DriftReport; chosen: readonly Difference[] };

/** Three things can be done about what is chosen: put it back, make it the design, or leave it for a while. */
export function DifferenceActions({ designId, report, chosen }: Props) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [isIgnoring, setIgnoring] = useState(false);
  const ids = chosen.map(({ id }) => id);
  const toRedeploy = sortedOut(chosen, "why_not_redeploy");
  const toAdopt = sortedOut(chosen, "why_not_adopt");
  const keep = (fresh: DriftReport) => {
    queryClient.setQueryData(keys.drift_report(fresh.id), fresh);
    return queryClient.invalidateQueries({ queryKey: keys.stays(designId) });
  };
  const redeploy = useMutation({
    mutationFn: () => planRepair(report.id, toRedeploy.ids),
    onSuccess: (plan) => {
      queryClient.setQueryData(keys.plan(plan.id), plan);
      void navigate(`/designs/${designId}/deploy/plans/${plan.id}`);
    },
  });
  const adopt = useMutation({
    mutationFn: async () => {
      await useDesignStore.getState().flush();
      return adoptDrift(report.id, toAdopt.ids);
    },
    onSuccess: async (fresh) => {
      await useDesignStore.getState().adoptServerEdit("Adopt what is live");
      await keep(fresh);
      showToast({ text: `${countOf(toAdopt.ids.length, "difference")} adopted: the drawing says what is live.` });
    },
  });
  const error = redeploy.error ?? adopt.error;
  const isBusy = redeploy.isPending || adopt.isPending;
  if (isIgnoring) {
    return <IgnoreForm report={report} ids={ids} onClose={() => setIgnoring(false)} onDone={keep} />;
  }
  return (
    <section className={styles.actions} aria-label="What to do about it">
      {error && <ErrorNotice title={errorSentence(error)} />}
      {toAdopt.reasons.length + toRedeploy.reasons.length > 0 && (
        <ul className={styles.reasons}>
          {[...toRedeploy.reasons, ...toAdopt.reasons].map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      )}
      <div className={own.buttons}>
        <Button onClick={() => setIgnoring(true)} disabled={isBusy}>
          Ignore until
        </Button>
        <Button onClick={() => adopt.mutate()} loading={adopt.isPending} disabled={toAdopt.ids.length === 0 || isBusy}>
          {numbered("Adopt", toAdopt.ids.length)}
        </Button>
        <Button
          variant="filled"
          onClick={() => redeploy.mutate()}
          loading={redeploy.isPending}
          disabled={toRedeploy.ids.length === 0 || isBusy}
        >
          {numbered("Redeploy", toRedeploy.ids.length)}
        </Button>
      </div>
    </section>
  );
}

const numbered = (verb: string, count: number): string => (count === 0 ? verb : `${verb} ${count}`);

type IgnoreProps = { report: DriftReport; ids: string[]; onClose: () => void; onDone: (fresh: DriftReport) => void };

function IgnoreForm({ report, ids, onClose, onDone }: IgnoreProps) {
  const [until, setUntil] = useState(() => dayIn(7));
  const [reason, setReason] = useState("");
  const ignore = useMutation({
    mutationFn: () => ignoreDrift(report.id, ids, until, reason.trim()),
    onSuccess: (fresh) => {
      onDone(fresh);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ignore.mutate();
  };
  return (
    <form className={styles.actions} aria-label="Ignore until" onSubmit={submit}>
      {ignore.isError && <ErrorNotice title={errorSentence(ignore.error)} />}
      <div className={own.form}>
        <TextInput
          type="date"
          label="Ignore to the end of"
          value={until}
          min={dayIn(0)}
          max={dayIn(365)}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <TextInput
          label="Why"
          placeholder="Load test until Friday"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      </div>
      <div className={own.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={ignore.isPending} disabled={!reason.trim() || !until}>
          Ignore {ids.length}
        </Button>
      </div>
    </form>
  );
}

/** So many days from now, as a date field has it. */
function dayIn(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
}
