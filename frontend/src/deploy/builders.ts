/** The smallest valid plans and deployments for tests; each test states what matters to it. */
import type { Action, Deployment, DeploymentStep, Plan, PlanStep, StepStatus } from "@/api/types";

export const aPlanStep = (key: string, action: Action, change: string | null = null): PlanStep => ({
  key,
  kind: kindOf(key),
  component: key.replace(/\/.*$/, ""),
  region: "RegionOne",
  label: key,
  action,
  reason: "not deployed yet",
  note: null,
  monthly_change: change,
});

export const aPlan = (changes: Partial<Plan> = {}): Plan => ({
  id: "p1",
  design: "d1",
  design_name: "Web shop",
  revision: 1,
  cloud: "c1",
  cloud_name: "Practice cloud",
  intent: "deploy",
  status: "ready",
  expires_at: "2026-11-20T14:30:00Z",
  fingerprint: "9f2c41ab00",
  regions: [],
  price_book: "rackspace-public-cloud",
  price_book_title: "Rackspace public cloud",
  price_book_version: 3,
  currency: "USD",
  is_rollback: false,
  then: null,
  created_at: "2026-11-20T14:00:00Z",
  created_by: "mara",
  cost: { now: "0", change: "10", after: "10" },
  counts: { create: 2, update: 0, replace: 0, delete: 0, nothing: 0 },
  steps: [],
  by_hand: [],
  preflight: [],
  can_apply: true,
  ...changes,
});

export const aStep = (status: StepStatus, changes: Partial<DeploymentStep> = {}): DeploymentStep => ({
  key: "web/server[0]",
  kind: "server",
  component: "web",
  region: "RegionOne",
  label: "Web server 1",
  action: "create",
  status,
  attempt: 1,
  error: null,
  next_try_at: null,
  started_at: null,
  finished_at: null,
  ...changes,
});

export const aDeployment = (changes: Partial<Deployment> = {}): Deployment => ({
  id: "run1",
  plan: "p1",
  design: "d1",
  revision: 1,
  cloud: "c1",
  cloud_name: "Practice cloud",
  intent: "deploy",
  status: "running",
  started_at: "2026-11-20T13:58:00Z",
  finished_at: null,
  steps: [],
  resources: [],
  components: {},
  events: [],
  cost: { now: "0.00", after: "390.35", currency: "USD" },
  residue: null,
  ...changes,
});

const kindOf = (key: string): string => key.replace(/^.*\//, "").replace(/\[.*$/, "");
