import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { keys } from "@/api/keys";
import { noticeDrift } from "@/api/running";
import type { Difference, DriftReport } from "@/api/types";
import { keyText } from "@/deploy/keyText";
import { ResourceTile } from "@/deploy/ResourceTile";
import { formatChange } from "@/ui/money";
import { Pill } from "@/ui/Pill";
import { formatDate } from "@/ui/times";

import styles from "./DriftTab.module.css";
import { attributeWord, driftWord, isAboutMoney, valueText } from "./driftWords";

type Props = { report: DriftReport; left: readonly string[]; onToggle: (id: string) => void };

/** One row for each difference: what it is, as deployed and as it is, and its money. */
export function DifferenceList({ report, left, onToggle }: Props) {
  const { differences } = report;
  const ordered = [...differences].sort((one, other) => Number(one.ignored !== null) - Number(other.ignored !== null));
  return (
    <ul className={styles.list} aria-label="Differences">
      {ordered.map((one) => (
        <Row key={one.id} report={report} one={one} isChosen={!left.includes(one.id)} onToggle={() => onToggle(one.id)} />
      ))}
    </ul>
  );
}

type RowProps = { report: DriftReport; one: Difference; isChosen: boolean; onToggle: () => void };

function Row({ report, one, isChosen, onToggle }: RowProps) {
  const name = `${one.label}: ${one.detail || attributeWord(one.attribute)}`;
  return (
    <li className={styles.row} data-ignored={one.ignored ? true : undefined}>
      <Checkbox
        size="xs"
        className={styles.box ?? ""}
        aria-label={`Choose ${name}`}
        checked={one.ignored === null && isChosen}
        disabled={one.ignored !== null}
        onChange={onToggle}
      />
      <ResourceTile kind={one.kind} component={one.component} />
      <div className={styles.words}>
        <div className={styles.label}>{one.label}</div>
        <div className={styles.key}>{keyText(one.key)}</div>
        {one.detail && <p className={styles.detail}>{one.detail}</p>}
        {one.attribute && !one.detail && (
          <dl className={styles.values}>
            <dt>{attributeWord(one.attribute)} deployed</dt>
            <dd>{valueText(one.recorded)}</dd>
            <dt>As it is</dt>
            <dd>{valueText(one.live)}</dd>
          </dl>
        )}
        {one.ignored && <Ignored report={report} one={one} until={one.ignored.until} reason={one.ignored.reason} />}
      </div>
      <div className={styles.side}>
        <Pill tone={one.ignored ? "idle" : one.drift === "missing" || one.drift === "failed" ? "bad" : "warn"}>
          {driftWord(one)}
        </Pill>
        {isAboutMoney(one) && (
          <span className={styles.money} data-missing={one.monthly === null || undefined}>
            {one.monthly === null ? "No price" : formatChange(one.monthly, report.cost?.currency ?? "")}
          </span>
        )}
      </div>
    </li>
  );
}

function Ignored({ report, one, until, reason }: { report: DriftReport; one: Difference; until: string; reason: string }) {
  const queryClient = useQueryClient();
  const notice = useMutation({
    mutationFn: () => noticeDrift(report.id, [one.id]),
    onSuccess: (fresh) => queryClient.setQueryData(keys.drift_report(fresh.id), fresh),
  });
  return (
    <div className={styles.ignored}>
      <span>
        Ignored until {formatDate(until)}: {reason}
      </span>
      <Button size="compact-xs" onClick={() => notice.mutate()} loading={notice.isPending}>
        Notice again
      </Button>
    </div>
  );
}
