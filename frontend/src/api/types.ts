/**
 * What the HTTP API speaks, under the names the screens use. The shapes come from schema.d.ts, which
 * `npm run api-types` makes from the server's own description; only what a schema can't say is added here.
 * Amounts are decimal texts, so that none is ever rounded by the browser. Moments are ISO 8601 texts.
 */
import type { DesignDocument, Json, MergePatch, PropertySchema } from "@/document/types";

import type { components } from "./schema";

type Schemas = components["schemas"];

export type {
  Component,
  ComponentType,
  DesignDocument,
  Json,
  JsonObject,
  Link,
  MergePatch,
  PropertySchema,
} from "@/document/types";

// --- session and catalogue -------------------------------------------------------------------

export type User = Schemas["User"];
export type Session = Schemas["Session"];

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

/** Parameters are schemas as properties have them; each default is what the asked-for form draws. */
export type Template = Omit<Schemas["Template"], "parameters" | "forms" | "form"> & {
  parameters: Record<string, PropertySchema>;
  forms: TemplateForm[];
  form: TemplateForm;
};
/** As its source published it, or with what the source got wrong repaired. */
export type TemplateForm = "published" | "hardened";
/** One version of a template of the operators, from draft to retired. `steps` is what this person may do with it. */
export type TemplateVersion = Omit<Required<Schemas["TemplateVersion"]>, "steps"> & { steps: TemplateStep[] };
export type TemplateStep = "submit" | "return" | "publish" | "retire";
/** What a newer version of its template would change in a design. `before` is the design's own, `after` the template's. */
export type TemplateUpdate = Omit<Schemas["TemplateUpdate"], "changes"> & { changes: TemplateChange[] };
export type TemplateChange = Omit<Schemas["TemplateChange"], "before" | "after"> & { before: Json; after: Json };
export type PriceBook = Schemas["PriceBook"];
export type PriceRow = Schemas["PriceRow"];
/** One version that somebody brought in, from draft to retired. `steps` is what this person may do with it. */
export type PriceBookVersion = Schemas["PriceBookVersion"];
export type ImportReport = Schemas["ImportReport"];
export type PriceChange = Schemas["PriceChange"];
/** The designs whose total a version changes. While `is_done` is false, the rest is being looked at. */
export type ImpactReport = Schemas["ImpactReport"];

// --- designs ---------------------------------------------------------------------------------

/** A row of the list of designs. */
export type DesignSummary = Omit<Schemas["DesignRow"], "deployment"> & {
  deployment: { id: string; intent: Intent; status: DeploymentStatus; cloud: string } | null;
};

export type Design = Omit<Required<Schemas["Design"]>, "document"> & { document: DesignDocument };
export type Edit = Omit<Required<Schemas["Edit"]>, "patch"> & { patch: MergePatch };

/** `components` are the ids it is about; `fix` is the one edit that repairs it, where there is one. */
export type Finding = Omit<Schemas["Finding"], "fix"> & { fix: MergePatch | null };
export type Severity = Finding["severity"];

// --- estimates -------------------------------------------------------------------------------

export type LineItem = Schemas["LineItem"];
export type Estimate = Schemas["Estimate"];
export type Profile = "low" | "expected" | "high";
/** What the amounts are grouped by on the server. */
export type Grouping = keyof Estimate["groups"];
/** The least certain kind of source among so many lines. */
export type Doubt = Schemas["Doubt"];
export type Customer = Required<Schemas["Customer"]>;
export type Discount = Required<Schemas["Discount"]>;
export type CurrencyRate = Schemas["CurrencyRate"];

// --- the same design otherwise ---------------------------------------------------------------

export type ComparedBook = Schemas["ComparedBook"];
export type Revision = Schemas["Revision"];
export type Differences = Schemas["Differences"];
export type LineDifference = Schemas["LineDifference"];
export type Variant = Schemas["Variant"];
/** Either an edit of the document, or the name of another book to price it with. */
export type Suggestion = Omit<Schemas["Suggestion"], "patch"> & { patch: MergePatch | null };

// --- clouds ----------------------------------------------------------------------------------

/** As the cloud counts: RAM in MiB, `gigabytes` in GiB; a limit of -1 is no limit. */
export type Quota = Schemas["Quota"];
export type CloudProfile = Schemas["Profile"];
export type Cloud = Required<Omit<Schemas["Cloud"], "regions">> & { regions: CloudRegion[] };

/** A pasted file, with an entry's name if it holds several, or an application credential. */
export type Credential =
  | { clouds_yaml: string; entry?: string }
  | { auth_url: string; region: string; application_credential_id: string; application_credential_secret: string };
export type NewCloud = { name: string } & Credential;
export type CloudEntry = Schemas["Entry"];

export type CloudRegion = Required<Schemas["CloudRegion"]>;

// --- plans and deployments -------------------------------------------------------------------

export type Intent = Schemas["IntentEnum"];
export type Action = Schemas["ActionEnum"];
export type Plan = Schemas["Plan"];
export type PlanStep = Schemas["PlanStep"];
/** Which region of the cloud takes a drawn one, and why that one. */
export type RegionChoice = Schemas["RegionChoice"];
/** The cloud's regions, its default first, and where each drawn one goes if nobody says otherwise. */
export type Regions = Schemas["Regions"];
export type PlanShort = Schemas["PlanShort"];
export type PreflightCheck = Schemas["PreflightCheck"];
/** What becomes of one quota; below zero in `plan` gives back. */
export type QuotaProjection = Schemas["QuotaProjection"];
/** Above what cost a month somebody else has to approve; `may_…` are about whoever asks. */
export type ApprovalRule = Schemas["ApprovalRule"];
export type NewApprovalRule = Omit<Schemas["NewApprovalRule"], "approvers"> & { approvers?: string[] };

/** What happens to what a deployment made when one of its steps fails for good. */
export type OnFailure = Schemas["OnFailureEnum"];

export type DeploymentStatus = Schemas["DeploymentStatusEnum"];
export type DeploymentStep = Schemas["DeploymentStep"];
export type StepStatus = DeploymentStep["status"];
/** A password that a deployment made, without its value. */
export type Secret = Schemas["Secret"];
export type LiveResource = Required<Schemas["LiveResource"]>;
/** How far a component's resources have come, as the canvas paints it. */
export type ComponentState = Schemas["ComponentState"];
export type ComponentStatus = ComponentState["status"];
export type DeploymentEvent = Schemas["Event"];
export type DeploymentShort = Schemas["DeploymentShort"];
export type Deployment = Omit<Schemas["Deployment"], "resources"> & { resources: LiveResource[] };

// --- what runs -------------------------------------------------------------------------------

/** Where a design stands, until when, and what can be done with what stands there. */
export type Stay = Schemas["Stay"];
export type RunningResource = Schemas["RunningResource"];
/** One look at what stands: what differs from what was deployed, and what that costs. */
export type DriftReport = Schemas["DriftReport"];
export type Difference = Schemas["Difference"];
export type Operation = Schemas["Operation"];
export type Verb = Operation["verb"];
export type Snapshot = Schemas["Snapshot"];

// --- exports ---------------------------------------------------------------------------------

export type ExportFormat = Schemas["ExportFormat"];
export type ExportedFile = Schemas["ExportedFile"];

// --- proposals -------------------------------------------------------------------------------

export type Proposal = Schemas["Proposal"];
/** A proposal as a list shows it, with what it comes to. */
export type ProposalRow = Schemas["ProposalRow"];
/** A line of what was accepted with the plan steps and the resources that stand for it. */
export type TracedRow = Schemas["TracedRow"];
export type SellerProfile = Schemas["SellerProfile"];
/** Texts and terms kept under a name, to write proposals with. */
export type Wording = Schemas["Wording"];
export type StarterWording = Schemas["StarterWording"];
export type ProposalVersion = Schemas["ProposalVersionRow"];
export type ProposalFile = Schemas["ProposalFile"];
/** What a seller writes; a change names only what it changes. */
export type Draft = Schemas["Draft"];
export type DraftOption = Schemas["Option"];
export type Extra = Schemas["Extra"];
export type Obstacle = Schemas["Obstacle"];
export type ProposalPreview = Omit<Schemas["Preview"], "customer" | "seller"> & {
  customer: OfferContents;
  seller: SellerContents;
};
export type ShareLink = Schemas["Link"];
export type NewLink = Schemas["NewLinkAnswer"];
export type ProposalComment = Schemas["Comment"];
export type Acceptance = Schemas["Acceptance"];
export type SharedProposal = Omit<Schemas["Shared"], "contents"> & { contents: OfferContents };
/** What is not as it was in an earlier version, written out for reading. */
export type ProposalChange = Schemas["Change"];

export type Amounts = { monthly: string; one_time: string };
export type OfferRow = {
  id: string;
  item: string;
  description: string;
  match: string;
  quantity: string;
  unit: string;
  unit_price: string | null;
  monthly: string | null;
  one_time: string | null;
};
export type OfferExtra = Omit<OfferRow, "id" | "item" | "description" | "match"> & { title: string; detail: string };
export type OfferPicture = { view: string; alternative: string };
export type OfferOption = {
  letter: string;
  name: string;
  intro: string[];
  design: string;
  revision: number;
  picture: OfferPicture;
  /** Other views that the page may be switched to; versions from before there were any have none. */
  more_pictures?: OfferPicture[];
  callouts: { number: number; text: string }[];
  included: { title: string; text: string }[];
  bill: { label: string; monthly: string | null; rows: OfferRow[] }[];
  extras: OfferExtra[];
  sums: {
    lines: Amounts;
    discounts: (Amounts & { title: string })[];
    extras: Amounts;
    net: Amounts;
    tax: { name: string; rate_percent: string; included: boolean; tax: Amounts; total: Amounts } | null;
    months: number;
    term: string;
  };
  assumptions: string[];
  not_priced: { id: string; item: string; reason: string }[];
  accepted_findings: { summary: string; detail: string; reason: string }[];
};
/** The customer's part of a proposal, as the server freezes it (estimator/domain/proposals/freezing.py). */
export type OfferContents = {
  number: string;
  title: string;
  seller: { name: string; contact: string; address: string; color: string; logo: string };
  customer: { name: string; contact: string };
  day: string;
  valid_until: string;
  term_months: number;
  currency: string;
  summary: string[];
  benefits: { title: string; text: string }[];
  terms: { title: string; text: string }[];
  recommended: string;
  options: OfferOption[];
};
/** What only the seller gets. */
export type SellerContents = {
  options: {
    letter: string;
    sums: {
      markup_percent: string;
      markup: Amounts;
      cost: Amounts;
      net: Amounts;
      margin: Amounts;
      margin_percent: string | null;
    };
  }[];
};
