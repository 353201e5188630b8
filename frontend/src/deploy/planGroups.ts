import type { Action, Plan, PlanStep } from "@/api/types";
import { addAmounts, subtractAmounts } from "@/ui/money";

export type PlanGroup = { action: Exclude<Action, "nothing">; title: string; steps: PlanStep[]; monthlyChange: string };

// What needs most thought first: a replacement takes something away, a creation only adds.
const GROUPS: readonly { action: PlanGroup["action"]; title: string }[] = [
  { action: "replace", title: "Replace" },
  { action: "create", title: "Create" },
  { action: "update", title: "Update in place" },
  { action: "delete", title: "Delete" },
];

/** The changes of a plan by what they do, each group with its amount a month. */
export function planGroups(steps: readonly PlanStep[]): PlanGroup[] {
  return GROUPS.map(({ action, title }) => {
    const members = steps.filter((step) => step.action === action);
    const amounts = members.flatMap((step) => (step.monthly_change === null ? [] : [step.monthly_change]));
    return { action, title, steps: members, monthlyChange: addAmounts(amounts) };
  }).filter((group) => group.steps.length > 0);
}

/** What the change holds beyond the resources: traffic, fees of the account, items that are arranged by hand. */
export function changeBesidesResources(plan: Pick<Plan, "steps" | "cost">): string {
  return planGroups(plan.steps).reduce((rest, group) => subtractAmounts(rest, group.monthlyChange), plan.cost.change);
}

export function changeCount(plan: Pick<Plan, "counts">): number {
  const { create, update, replace } = plan.counts;
  return create + update + replace + plan.counts.delete;
}

/** `12 changes, 1 replaces a resource` */
export function planHeadline(plan: Pick<Plan, "counts" | "intent">): string {
  const changes = changeCount(plan);
  if (changes === 0)
    return plan.intent === "destroy" ? "Nothing is left to destroy" : "The cloud already matches the design";
  if (plan.intent === "destroy") return `${changes} ${changes === 1 ? "resource goes" : "resources go"}`;
  const words = `${changes} ${changes === 1 ? "change" : "changes"}`;
  const { replace } = plan.counts;
  if (replace === 0) return words;
  return `${words}, ${replace} ${replace === 1 ? "replaces a resource" : "replace resources"}`;
}

/** The regions that somebody chose, for a plan that is made again. */
export function saidRegions(plan: Pick<Plan, "regions">): Record<string, string> {
  const said = plan.regions.filter((choice) => choice.because === "chosen");
  return Object.fromEntries(said.map((choice) => [choice.drawn, choice.region]));
}

/** Names of the cloud's regions that the plan touches, in the order of its steps. */
export const regionsTouched = (steps: readonly PlanStep[]): string[] => [
  ...new Set(steps.map((step) => step.region ?? "")),
];

/** Why the plan can't be applied now, or null when it can. */
export function whyNotApply(plan: Plan, now: number): string | null {
  if (plan.status === "applied") return "This plan was applied. Make a new one for further changes.";
  if (plan.status === "outdated") return "The design, the cloud or the prices changed since. Make a new plan.";
  if (plan.status === "expired" || Date.parse(plan.expires_at) <= now) return "This plan is too old. Make a new one.";
  if (plan.status === "declined") return "This plan was declined. Make another one.";
  const failed = plan.preflight.filter((check) => check.status === "failed");
  if (failed.length > 0) return `Preflight failed: ${failed.map((check) => check.summary).join(" ")}`;
  if (changeCount(plan) === 0) return "There is nothing to change.";
  if (plan.status === "awaiting_approval") return "It can be applied once somebody else has approved it.";
  if (!plan.can_apply) return "This plan can't be applied. Make a new one.";
  return null;
}

/** `9f2c 41ab`: enough to compare two by eye. */
export function shortFingerprint(fingerprint: string): string {
  return `${fingerprint.slice(0, 4)} ${fingerprint.slice(4, 8)}`;
}
