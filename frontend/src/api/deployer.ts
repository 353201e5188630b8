import { get, post, remove } from "./client";
import type { Cloud, Deployment, DeploymentShort, Intent, NewCloud, Plan } from "./types";

export const list_clouds = () => get<Cloud[]>("/api/clouds/");
export const add_cloud = (cloud: NewCloud) => post<Cloud>("/api/clouds/", cloud);
export const check_cloud = (id: string) => post<Cloud>(`/api/clouds/${id}/check/`);
export const remove_cloud = (id: string) => remove(`/api/clouds/${id}/`);

export const create_plan = (plan: { design: string; cloud: string; intent: Intent }) => post<Plan>("/api/plans/", plan);
export const get_plan = (id: string) => get<Plan>(`/api/plans/${id}/`);
export const apply_plan = (id: string) => post<{ deployment: string }>(`/api/plans/${id}/apply/`);

export const list_deployments = (design_id: string) =>
  get<DeploymentShort[]>(`/api/deployments/?design=${encodeURIComponent(design_id)}`);
export const get_deployment = (id: string) => get<Deployment>(`/api/deployments/${id}/`);
export const cancel_deployment = (id: string) => post(`/api/deployments/${id}/cancel/`);
export const retry_deployment = (id: string) => post(`/api/deployments/${id}/retry/`);
