import type { ComponentState, Estimate, Finding, Severity } from "@/api/types";

/** What the server knows about the drawing and the document doesn't say: prices, findings, how a deployment goes. */
export type Facts = {
  estimate?: Estimate | undefined;
  findings?: readonly Finding[] | undefined;
  states?: Readonly<Record<string, ComponentState>> | undefined;
  /** What differs in the cloud from what was deployed. */
  drifts?: Readonly<Record<string, DriftMark>> | undefined;
  /** Components whose price changed a moment ago. */
  justChanged?: ReadonlySet<string> | undefined;
};

/** How many differences there are, and what they add a month; null where no price is known. */
export type DriftMark = { count: number; monthly: string | null; currency: string };

export type FindingCount = { severity: Severity; count: number };

const GRAVITY: readonly Severity[] = ["error", "warning", "info"];

/** For each component the gravest finding and how many there are of any gravity. */
export function findingCounts(findings: readonly Finding[] = []): Map<string, FindingCount> {
  const counts = new Map<string, FindingCount>();
  for (const finding of findings) {
    for (const id of finding.components) {
      const known = counts.get(id);
      const severity = known && GRAVITY.indexOf(known.severity) < GRAVITY.indexOf(finding.severity) ? known.severity : finding.severity;
      counts.set(id, { severity, count: (known?.count ?? 0) + 1 });
    }
  }
  return counts;
}

export const SEVERITY_WORDS: Record<Severity, { one: string; many: string }> = {
  error: { one: "error", many: "errors" },
  warning: { one: "warning", many: "warnings" },
  info: { one: "note", many: "notes" },
};

export const STATE_WORDS: Record<ComponentState["status"], string> = {
  waiting: "Waiting",
  working: "Working",
  retrying: "Retrying",
  active: "Active",
  failed: "Failed",
  deleting: "Being removed",
  gone: "Not in the cloud",
};
