import { VisuallyHidden } from "@mantine/core";
import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useMemo } from "react";

import { errorSentence } from "@/api/client";
import { useComponentTypes } from "@/catalog/useCatalogue";
import { useEstimate } from "@/estimate/useEstimate";
import { usePriceChanges } from "@/estimate/usePriceChanges";
import { useFindings } from "@/findings/useFindings";
import { useDriftMarks } from "@/running/useStays";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Skeleton";

import { Canvas } from "./Canvas";
import { CostPanel } from "./cost/CostPanel";
import styles from "./DrawScreen.module.css";
import { Inspector } from "./inspector/Inspector";
import { Palette } from "./palette/Palette";
import { Shortcuts } from "./Shortcuts";
import { useCanvasKeys } from "./useCanvasKeys";

export function DrawScreen() {
  const types = useComponentTypes();
  const hasCatalogue = useDesignStore((state) => types.data !== undefined && state.catalogue === types.data);
  useEffect(() => {
    if (types.data) useDesignStore.getState().setCatalogue(types.data);
  }, [types.data]);

  if (types.isError) {
    return (
      <main className={styles.failed}>
        <ErrorNotice title={errorSentence(types.error)} onRetry={() => void types.refetch()} />
      </main>
    );
  }
  if (!hasCatalogue) {
    return (
      <Loading label="The drawing is loading">
        <div className={styles.skeleton}>
          <div className={styles.skeletonPalette} />
          <div className={styles.skeletonCanvas} />
          <div className={styles.skeletonPanel} />
        </div>
      </Loading>
    );
  }
  return (
    <ReactFlowProvider>
      <Drawing />
    </ReactFlowProvider>
  );
}

/** Gathers what the server says. What doesn't depend on it is memoised and stays as it is when an answer comes. */
function Drawing() {
  const { estimate, error } = useEstimate();
  const designId = useDesignStore((state) => state.designId) ?? "";
  const { data: findings } = useFindings(designId);
  const name = useDesignStore((state) => state.name);
  const version = useDesignStore((state) => state.version);
  const { change, justChanged } = usePriceChanges(estimate, version);
  const drifts = useDriftMarks(designId);
  const facts = useMemo(() => ({ estimate, findings, drifts, justChanged }), [estimate, findings, drifts, justChanged]);
  useCanvasKeys();
  useFreshSession();
  return (
    <>
      <Palette />
      <main className={styles.main} aria-label="Canvas">
        <VisuallyHidden component="h1">{name}</VisuallyHidden>
        <Canvas facts={facts} />
      </main>
      <aside className={styles.panel} data-region="panel" aria-label="Details">
        <Inspector />
        <CostPanel estimate={estimate} error={error} change={change} />
      </aside>
      <Shortcuts />
    </>
  );
}

/** Selection and a link under way belong to one visit of one design. */
function useFreshSession(): void {
  const designId = useDesignStore((state) => state.designId);
  useEffect(() => {
    const { select, setLinking, setDragging, dismissNotice } = useSessionStore.getState();
    select([]);
    return () => {
      setLinking(undefined);
      setDragging(undefined);
      dismissNotice();
    };
  }, [designId]);
}
