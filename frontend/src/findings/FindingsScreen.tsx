import { Button } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useParams } from "react-router";

import { errorSentence } from "@/api/client";
import type { Finding, MergePatch, Severity } from "@/api/types";
import { ReadOnlyCanvas } from "@/canvas/ReadOnlyCanvas";
import { useComponentTypes } from "@/catalog/useCatalogue";
import { useDesignStore } from "@/stores/designStore";
import { countOf } from "@/ui/count";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Pill, type Tone } from "@/ui/Pill";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./FindingsScreen.module.css";
import { useFindings } from "./useFindings";

const SEVERITIES: readonly { severity: Severity; one: string; tone: Tone }[] = [
  { severity: "error", one: "error", tone: "bad" },
  { severity: "warning", one: "warning", tone: "warn" },
  { severity: "info", one: "note", tone: "idle" },
];

export function FindingsScreen() {
  const { design_id: designId = "" } = useParams();
  const findings = useFindings(designId);
  const document = useDesignStore((store) => store.document);
  const catalogue = useComponentTypes().data;
  const [selected, setSelected] = useState<string>();
  return (
    <>
      <section className={styles.canvas} aria-label="Drawing">
        {catalogue && (
          <ReadOnlyCanvas
            document={document}
            catalogue={catalogue}
            findings={findings.data}
            selected={selected}
            onSelect={setSelected}
          />
        )}
      </section>
      <main className={styles.panel}>
        <header className={styles.head}>
          <h1>Findings</h1>
          {SEVERITIES.map(({ severity, one, tone }) => {
            const count = findings.data?.filter((finding) => finding.severity === severity).length ?? 0;
            return count > 0 ? (
              <Pill key={severity} tone={tone}>
                {countOf(count, one)}
              </Pill>
            ) : null;
          })}
        </header>
        {findings.isPending && (
          <Loading label="Findings are loading">
            <div className={styles.skeleton}>
              <Skeleton width="70%" />
              <Skeleton width="90%" />
              <Skeleton width="60%" />
            </div>
          </Loading>
        )}
        {findings.isError && (
          <div className={styles.notice}>
            <ErrorNotice title={errorSentence(findings.error)} onRetry={() => void findings.refetch()} />
          </div>
        )}
        {findings.data?.length === 0 && (
          <EmptyState title="No findings" picture={<IconCircleCheck size={48} stroke={1.2} />}>
            <p>Every rule is content with this design.</p>
          </EmptyState>
        )}
        <ul className={styles.list} aria-label="Findings">
          {SEVERITIES.flatMap(({ severity }) =>
            (findings.data ?? [])
              .filter((finding) => finding.severity === severity)
              .map((finding) => (
                <FindingRow
                  key={`${finding.rule} ${finding.components.join(" ")} ${finding.detail}`}
                  finding={finding}
                  designId={designId}
                  isSelected={selected !== undefined && finding.components.includes(selected)}
                  onSelect={setSelected}
                />
              )),
          )}
        </ul>
      </main>
    </>
  );
}

type RowProps = { finding: Finding; designId: string; isSelected: boolean; onSelect: (component: string) => void };

function FindingRow({ finding, designId, isSelected, onSelect }: RowProps) {
  const applyPatch = useDesignStore((store) => store.applyPatch);
  const components = useDesignStore((store) => store.document.components);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { fix } = finding;
  const applyFix = (patch: MergePatch) => {
    const outcome = applyPatch(patch, `Fix: ${finding.summary}`);
    setRefusal(outcome.done ? null : outcome.reason);
  };
  const first = finding.components[0];
  return (
    <li className={styles.finding} data-selected={isSelected || undefined}>
      <SeverityIcon severity={finding.severity} />
      <div className={styles.text}>
        <h2 className={styles.summary}>{finding.summary}</h2>
        <p className={styles.detail}>{finding.detail}</p>
        <p className={styles.source}>
          {finding.rule}
          {finding.components.map((id) => (
            <button key={id} type="button" className={styles.place} onClick={() => onSelect(id)}>
              {components[id]?.label ?? id}
            </button>
          ))}
        </p>
        {refusal && (
          <p className={styles.refusal} role="alert">
            {refusal}
          </p>
        )}
        {first && components[first] && (
          <Link to={`/designs/${designId}/draw?select=${encodeURIComponent(first)}`} className={styles.show}>
            Open in Draw
          </Link>
        )}
      </div>
      {fix && (
        <Button size="xs" onClick={() => applyFix(fix)} aria-label={`Fix: ${finding.summary}`}>
          Fix
        </Button>
      )}
    </li>
  );
}

function SeverityIcon({ severity }: { severity: Severity }) {
  const icons = { error: IconAlertOctagon, warning: IconAlertTriangle, info: IconInfoCircle };
  const words = { error: "Error", warning: "Warning", info: "Note" };
  const Picture = icons[severity];
  return (
    <Picture
      size={16}
      stroke={1.75}
      className={styles.icon}
      data-severity={severity}
      role="img"
      aria-label={words[severity]}
    />
  );
}
