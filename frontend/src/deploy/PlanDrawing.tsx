import { errorSentence } from "@/api/client";
import type { ComponentState } from "@/api/types";
import type { DriftMark } from "@/canvas/facts";
import { ReadOnlyCanvas } from "@/canvas/ReadOnlyCanvas";
import { useComponentTypes } from "@/catalog/useCatalogue";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./PlanDrawing.module.css";
import { usePlanDocument } from "./planDocument";

type Props = {
  planId: string;
  states?: Readonly<Record<string, ComponentState>>;
  drifts?: Readonly<Record<string, DriftMark>>;
};

/** The revision that a plan is of, and not what has been drawn since. */
export function PlanDrawing({ planId, states, drifts }: Props) {
  const document = usePlanDocument(planId);
  const catalogue = useComponentTypes().data;
  if (document.isError) {
    return (
      <div className={styles.failed}>
        <ErrorNotice title={errorSentence(document.error)} onRetry={() => void document.refetch()} />
      </div>
    );
  }
  if (!document.data || !catalogue) return null;
  return <ReadOnlyCanvas document={document.data} catalogue={catalogue} states={states} drifts={drifts} />;
}
