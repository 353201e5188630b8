import type { DesignDocument } from "@/document/types";

import { get, patch, post, put, remove } from "./client";
import type {
  ApprovalRule,
  Cloud,
  CloudEntry,
  Deployment,
  DeploymentShort,
  Intent,
  NewApprovalRule,
  NewCloud,
  OnFailure,
  Plan,
  PlanShort,
  Regions,
  Secret,
} from "./types";

export const listClouds = () => get<Cloud[]>("/api/clouds/");
export const addCloud = (cloud: NewCloud) => post<Cloud>("/api/clouds/", cloud);
export const checkCloud = (id: string) => post<Cloud>(`/api/clouds/${id}/check/`);
export const changeCloud = (id: string, changes: { name: string } | NewCloud) =>
  patch<Cloud>(`/api/clouds/${id}/`, changes);
export const listEntries = (clouds_yaml: string) => post<CloudEntry[]>("/api/clouds/entries/", { clouds_yaml });
export const removeCloud = (id: string) => remove(`/api/clouds/${id}/`);

export const getRegions = (cloud_id: string, design_id: string) =>
  get<Regions>(`/api/clouds/${cloud_id}/regions/?design=${encodeURIComponent(design_id)}`);

export type NewPlan = {
  design: string;
  cloud: string;
  intent: Intent;
  regions?: Record<string, string>;
  /** An earlier revision to go back to. */
  revision?: number;
  as_one_stack?: boolean;
};
export const createPlan = (plan: NewPlan) => post<Plan>("/api/plans/", plan);
/** A plan of the revision that a customer accepted, and of no other. */
export const planAccepted = (proposal: string, cloud: string) =>
  post<Plan>("/api/plans/", { proposal, cloud, intent: "deploy" });
export const getPlan = (id: string) => get<Plan>(`/api/plans/${id}/`);
export const getPlanDocument = (id: string) => get<DesignDocument>(`/api/plans/${id}/document/`);
/** `remove_snapshots`, of a destroy: with those that were made of what goes. */
export type Applying = { on_failure: OnFailure; confirm: string[]; remove_snapshots?: boolean };
export const applyPlan = (id: string, applying: Applying) =>
  post<{ deployment: string }>(`/api/plans/${id}/apply/`, applying);

export const listPlansToApprove = () => get<PlanShort[]>("/api/plans/?awaiting=me");
export const approvePlan = (id: string, note: string) => post<Plan>(`/api/plans/${id}/approve/`, { note });
export const declinePlan = (id: string, note: string) => post<Plan>(`/api/plans/${id}/decline/`, { note });
export const getApprovalRule = () => get<ApprovalRule>("/api/approval-rule/");
export const setApprovalRule = (rule: NewApprovalRule) => put<ApprovalRule>("/api/approval-rule/", rule);

export const listDeployments = (design_id: string) =>
  get<DeploymentShort[]>(`/api/deployments/?design=${encodeURIComponent(design_id)}`);
export const getDeployment = (id: string) => get<Deployment>(`/api/deployments/${id}/`);
export const cancelDeployment = (id: string) => post(`/api/deployments/${id}/cancel/`);
export const listSecrets = (deployment_id: string) => get<Secret[]>(`/api/deployments/${deployment_id}/secrets/`);
/** The value, for the first and only time. */
export const revealSecret = (deployment_id: string, key: string) =>
  post<Secret & { value: string }>(`/api/deployments/${deployment_id}/secrets/reveal/`, { key });
export const retryDeployment = (id: string) => post(`/api/deployments/${id}/retry/`);
export const rollBackDeployment = (id: string) => post(`/api/deployments/${id}/roll-back/`);
export const chooseOnFailure = (id: string, on_failure: OnFailure) =>
  patch<Deployment>(`/api/deployments/${id}/`, { on_failure });
