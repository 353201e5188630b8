import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Outlet, useParams } from "react-router";

import { ApiError, errorSentence } from "@/api/client";
import { getDesign } from "@/api/designs";
import { keys } from "@/api/keys";
import { useDesignStore } from "@/stores/designStore";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./DesignLayout.module.css";
import { NotFoundScreen } from "./ScreenFailed";
import { TopBar } from "./TopBar";

/** Opens a design and keeps the same bar above each of its screens. */
export function DesignLayout() {
  const { design_id: designId = "" } = useParams();
  const isOpen = useDesignStore((store) => store.designId === designId);
  const open = useDesignStore((store) => store.open);
  // Once opened, the store is the truth: the document changes there and its edits travel to the server.
  const design = useQuery({
    queryKey: keys.design(designId),
    queryFn: ({ signal }) => getDesign(designId, signal),
    staleTime: Infinity,
    gcTime: 0,
  });
  useEffect(() => {
    if (design.data) open(design.data);
  }, [design.data, open]);

  if (design.error instanceof ApiError && design.error.status === 404) return <NotFoundScreen />;
  return (
    <div className={styles.layout}>
      {isOpen ? (
        <>
          <TopBar designId={designId} />
          <div className={styles.work}>
            <Outlet />
          </div>
        </>
      ) : design.isError ? (
        <main className={styles.failed}>
          <ErrorNotice title={errorSentence(design.error)} onRetry={() => void design.refetch()} />
        </main>
      ) : (
        <Loading label="The design is loading">
          <div className={styles.barSkeleton}>
            <Skeleton width={220} />
            <Skeleton width={320} />
            <Skeleton width={90} height={28} />
          </div>
          <div className={styles.canvasSkeleton} />
        </Loading>
      )}
    </div>
  );
}
