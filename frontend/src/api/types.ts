import type { DesignDocument, MergePatch } from "@/document/types";

/** What the HTTP API speaks. Names stay snake_case: one spelling from the database column to the screen. */

/** A decimal number as text, so that no amount is ever rounded by the browser. */
export type Decimal = string;
/** A moment as ISO 8601 text. */
export type Timestamp = string;

export type { Component, DesignDocument, Json, JsonObject, Link, MergePatch, PropertySchema } from "@/document/types";

// --- session ---------------------------------------------------------------------------------

export type User = { id: number; username: string; name: string };
export type Session = { user: User | null };

// --- catalogue -------------------------------------------------------------------------------

export type Category =
  | "edge"
  | "compute"
  | "data"
  | "storage"
  | "network"
  | "security"
  | "messaging"
  | "observability"
  | "external"
  | "dedicated"
  | "container";

export type { ComponentType } from "@/document/types";

export type Template = {
  key: string;
  title: string;
  summary: string;
  source: string;
  component_count: number;
  monthly: { price_book: string; currency: string; amount: Decimal | null; coverage: Decimal } | null;
};

export type PriceBook = {
  key: string;
  provider: string;
  title: string;
  region: string;
  currency: string;
  version: number | string;
  valid_from: string;
  month_hours: Decimal | number;
  tax: string;
  sources: { url: string; kind: string }[];
  price_count: number;
};

// --- designs ---------------------------------------------------------------------------------

export type DesignSummary = {
  id: string;
  name: string;
  template: string | null;
  price_book: string;
  version: number;
  updated_at: Timestamp;
  updated_by: string | null;
  component_count: number;
  monthly: { currency: string; amount: Decimal | null; coverage: Decimal } | null;
  deployment: { id: string; intent: Intent; status: DeploymentStatus; cloud: string } | null;
};

export type Design = {
  id: string;
  name: string;
  template: string | null;
  price_book: string;
  version: number;
  document: DesignDocument;
  updated_at: Timestamp;
};

export type Edit = { number: number; author: string; created_at: Timestamp; patch: MergePatch };

export type Severity = "error" | "warning" | "info";

export type Finding = {
  rule: string;
  severity: Severity;
  summary: string;
  detail: string;
  /** Ids of the components it is about. */
  components: string[];
  /** The one edit that repairs it, where there is one. */
  fix: MergePatch | null;
};

// --- estimates -------------------------------------------------------------------------------

export type LineItem = {
  key: string;
  component: string;
  sku: string | null;
  description: string;
  quantity: Decimal;
  unit: string;
  unit_price: Decimal | null;
  monthly: Decimal | null;
  one_time: Decimal | null;
  source: { url: string; locator: string; confidence: string; kind: string } | null;
  assumption: string | null;
  match: string | null;
};

export type Estimate = {
  price_book: string;
  price_book_title: string;
  price_book_version: number | string;
  currency: string;
  coverage: Decimal;
  totals: { hourly: Decimal; monthly: Decimal; yearly: Decimal; one_time: Decimal };
  line_items: LineItem[];
  components: Record<string, { monthly: Decimal | null; unpriced: number }>;
  categories: Partial<Record<Category, Decimal>>;
};

// --- clouds ----------------------------------------------------------------------------------

/** As the cloud counts: RAM in MiB, `gigabytes` in GiB; a limit of -1 is no limit. */
export type Quota = { used: number; limit: number };

export type CloudProfile = {
  services: string[];
  flavors: { name: string; vcpus: number; ram_gib: number; disk_gib: number }[];
  images: string[];
  availability_zones: string[];
  external_networks: string[];
  volume_types: string[];
  quotas: Record<string, Quota>;
};

export type Cloud = {
  id: string;
  name: string;
  auth_url: string;
  region: string;
  status: "ready" | "unreachable" | "refused";
  detail: string;
  checked_at: Timestamp | null;
  profile: CloudProfile | null;
};

export type NewCloud =
  | { name: string; clouds_yaml: string; entry?: string }
  | {
      name: string;
      auth_url: string;
      region: string;
      application_credential_id: string;
      application_credential_secret: string;
    };

// --- plans and deployments -------------------------------------------------------------------

export type Intent = "deploy" | "destroy";
export type Action = "create" | "update" | "replace" | "delete" | "nothing";

export type PlanStep = {
  key: string;
  kind: string;
  component: string;
  label: string;
  action: Action;
  reason: string;
  note: string | null;
  monthly_change: Decimal | null;
};

export type PreflightCheck = {
  check: string;
  status: "passed" | "warning" | "failed";
  summary: string;
  detail: string;
};

export type Plan = {
  id: string;
  design: string;
  design_name: string;
  revision: number;
  cloud: string;
  cloud_name: string;
  intent: Intent;
  status: "ready" | "applied" | "outdated" | "expired";
  expires_at: Timestamp;
  fingerprint: string;
  price_book: string;
  currency: string;
  cost: { now: Decimal; change: Decimal; after: Decimal };
  counts: Record<Action, number>;
  steps: PlanStep[];
  by_hand: { key: string; component: string; label: string; how: string; monthly: Decimal | null }[];
  preflight: PreflightCheck[];
  can_apply: boolean;
};

/** What happens to what a deployment made when one of its steps fails for good. */
export type OnFailure = "keep" | "roll_back";

export type DeploymentStatus = "queued" | "running" | "succeeded" | "failed" | "cancelling" | "cancelled";
export type StepStatus =
  | "waiting"
  | "ready"
  | "running"
  | "retrying"
  | "succeeded"
  | "failed"
  | "skipped"
  | "cancelled";

export type DeploymentStep = {
  key: string;
  kind: string;
  component: string;
  label: string;
  action: Action;
  status: StepStatus;
  attempt: number;
  error: string | null;
  next_try_at: Timestamp | null;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
};

export type LiveResource = {
  key: string;
  kind: string;
  component: string;
  name: string;
  cloud_id: string;
  address: string | null;
  status: string;
};

export type ComponentStatus = "waiting" | "working" | "retrying" | "active" | "failed" | "deleting" | "gone";
/** How far a component's resources have come, as the canvas paints it. */
export type ComponentState = { status: ComponentStatus; done: number; total: number; detail: string };

export type DeploymentEvent = { at: Timestamp; level: "info" | "warning" | "error"; key: string | null; text: string };

export type DeploymentShort = {
  id: string;
  plan: string;
  design: string;
  revision: number;
  cloud: string;
  cloud_name: string;
  intent: Intent;
  status: DeploymentStatus;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
};

export type Deployment = DeploymentShort & {
  steps: DeploymentStep[];
  resources: LiveResource[];
  components: Record<string, ComponentState>;
  events: DeploymentEvent[];
  cost: { now: Decimal; after: Decimal; currency: string };
  residue: null | {
    clean: boolean;
    checked_at: Timestamp;
    left: { kind: string; name: string; cloud_id: string }[];
    /** Why the cloud could not be asked, when it could not. */
    detail: string;
  };
};
