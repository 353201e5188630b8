import { Button, Loader } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { checkDrift } from "@/api/running";
import type { DriftReport, Stay } from "@/api/types";
import aside from "@/deploy/DeploymentAside.module.css";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { formatMoney, isZero } from "@/ui/money";
import { formatAgo, formatClock, formatDate } from "@/ui/times";
import { useNow } from "@/ui/useNow";

import { DifferenceActions } from "./DifferenceActions";
import { DifferenceList } from "./DifferenceList";
import styles from "./DriftTab.module.css";
import { noticed } from "./driftWords";

/** What differs in the cloud from what was deployed, and what can be done about it. */
export function DriftTab({ designId, stay, report }: { designId: string; stay: Stay; report: DriftReport | undefined }) {
  const queryClient = useQueryClient();
  // Chosen is what counts, unless somebody unchecked it; a new look begins anew.
  const [without, setWithout] = useState<{ of: string; ids: readonly string[] }>({ of: "", ids: [] });
  const check = useMutation({
    mutationFn: () => checkDrift(designId, stay.cloud),
    onSuccess: async (fresh) => {
      queryClient.setQueryData(keys.drift_report(fresh.id), fresh);
      await queryClient.invalidateQueries({ queryKey: keys.stays(designId) });
    },
  });
  const left = without.of === report?.id ? without.ids : [];
  const chosen = report ? noticed(report).filter(({ id }) => !left.includes(id)) : [];
  const toggle = (id: string) =>
    report && setWithout({ of: report.id, ids: left.includes(id) ? left.filter((one) => one !== id) : [...left, id] });
  return (
    <>
      <div className={aside.scroll}>
        <div className={styles.look}>
          <LookTimes stay={stay} />
          <Button
            size="xs"
            leftSection={<IconRefresh size={14} stroke={1.75} />}
            onClick={() => check.mutate()}
            disabled={check.isPending}
          >
            Check now
          </Button>
        </div>
        {check.isPending && (
          <p className={styles.asking} role="status">
            <Loader size={12} aria-hidden="true" />
            {stay.cloud_name} is asked what stands there.
          </p>
        )}
        {check.isError && <ErrorNotice title={errorSentence(check.error)} />}
        {stay.drift?.status === "failed" && (
          <ErrorNotice title={`${stay.cloud_name} did not answer`} words={report?.detail ?? stay.drift.detail}>
            <p>What was found before may have changed since.</p>
          </ErrorNotice>
        )}
        {report && report.status !== "failed" && <Found report={report} left={left} onToggle={toggle} />}
      </div>
      {report && chosen.length > 0 && <DifferenceActions designId={designId} report={report} chosen={chosen} />}
    </>
  );
}

function Found({ report, left, onToggle }: { report: DriftReport; left: readonly string[]; onToggle: (id: string) => void }) {
  if (report.differences.length === 0) {
    return (
      <EmptyState title="Nothing differs">
        <p>All stands in the cloud as it was deployed.</p>
      </EmptyState>
    );
  }
  const { cost } = report;
  return (
    <>
      {cost && (
        <p className={styles.cost}>
          As it is, it costs <b>{against(cost.change, cost.currency)}</b> what was deployed.
        </p>
      )}
      <DifferenceList report={report} left={left} onToggle={onToggle} />
    </>
  );
}

/** `$30.00 a month more than` */
function against(change: string, currency: string): string {
  if (isZero(change)) return "the same as";
  const isLess = change.startsWith("-");
  return `${formatMoney(isLess ? change.slice(1) : change, currency)} a month ${isLess ? "less" : "more"} than`;
}

function LookTimes({ stay: { drift, next_check_at: next } }: { stay: Stay }) {
  const now = useNow(30);
  return (
    <p className={styles.times}>
      {drift ? `Checked ${said(formatAgo(drift.checked_at, now))}${drift.scheduled ? " by itself" : ""}.` : "Not checked since the last change."}
      <br />
      {next ? `Next by itself ${formatDate(next)}, ${formatClock(next).slice(0, 5)}.` : "It is checked when asked only."}
    </p>
  );
}

const said = (ago: string): string => (ago === "now" ? "just now" : ago.toLowerCase());
