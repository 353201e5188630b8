import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { keys } from "@/api/keys";
import { getDriftReport, listStays } from "@/api/running";
import type { Stay } from "@/api/types";
import type { DriftMark } from "@/canvas/facts";

import { driftMarks } from "./driftWords";

const LOOK_AGAIN_MS = 60_000; // what the schedules do by themselves

/** Where the design stands. */
export const useStays = (designId: string) =>
  useQuery({
    queryKey: keys.stays(designId),
    queryFn: () => listStays(designId),
    enabled: designId !== "",
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && state.data.length > 0 ? LOOK_AGAIN_MS : false),
  });

/** The newest look at what stands there, with all that differs. It never changes but for what is ignored. */
export const useDriftReport = (stay: Stay | undefined) => {
  const id = stay?.drift?.id ?? "";
  return useQuery({ queryKey: keys.drift_report(id), queryFn: () => getDriftReport(id), enabled: id !== "" });
};

/** For the drawing: what differs where it stands, of the first cloud in which something does. */
export function useDriftMarks(designId: string): Record<string, DriftMark> | undefined {
  const stays = useStays(designId);
  const report = useDriftReport(stays.data?.find(({ drift }) => drift?.status === "drifted")).data;
  return useMemo(() => (report ? driftMarks(report) : undefined), [report]);
}
