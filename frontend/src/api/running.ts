import { get, patch, post, remove } from "./client";
import type { DriftReport, Operation, Plan, Snapshot, Stay, Verb } from "./types";

const of = (path: string, design_id: string) => `/api/${path}/?design=${encodeURIComponent(design_id)}`;

export const listStays = (design_id: string) => get<Stay[]>(of("stays", design_id));
export type StayEnd = { expires_at: string | null; on_expiry?: Stay["on_expiry"] };
export const changeStay = (id: string, end: StayEnd) => patch<Stay>(`/api/stays/${id}/`, end);
export const extendStay = (id: string, days: number) => post<Stay>(`/api/stays/${id}/extend/`, { days });

/** An edit of the design, and the plan that carries it out. */
export type NewSize = { component: string } & ({ flavor: string } | { size_gib: number });
export const planResize = (stay_id: string, size: NewSize) => post<Plan>(`/api/stays/${stay_id}/resize/`, size);

export const checkDrift = (design: string, cloud: string) => post<DriftReport>("/api/drift-reports/", { design, cloud });
export const getDriftReport = (id: string) => get<DriftReport>(`/api/drift-reports/${id}/`);
export const ignoreDrift = (id: string, differences: string[], until: string, reason: string) =>
  post<DriftReport>(`/api/drift-reports/${id}/ignore/`, { differences, until, reason });
export const noticeDrift = (id: string, differences: string[]) =>
  post<DriftReport>(`/api/drift-reports/${id}/notice/`, { differences });
export const adoptDrift = (id: string, differences: string[]) =>
  post<DriftReport>(`/api/drift-reports/${id}/adopt/`, { differences });
export const planRepair = (id: string, differences: string[]) =>
  post<Plan>(`/api/drift-reports/${id}/redeploy/`, { differences });

export const listOperations = (design_id: string) => get<Operation[]>(of("operations", design_id));
export const operate = (asked: { design: string; cloud: string; verb: Verb; key: string }) =>
  post<Operation[]>("/api/operations/", asked);
export const listSnapshots = (design_id: string) => get<Snapshot[]>(of("snapshots", design_id));
export const removeSnapshot = (id: string) => remove(`/api/snapshots/${id}/`);
