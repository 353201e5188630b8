import type { Difference, DriftReport } from "@/api/types";
import type { DriftMark } from "@/canvas/facts";
import { addAmounts, isZero } from "@/ui/money";

/** Those that count: nobody chose to leave them as they are. */
export const noticed = (report: DriftReport): Difference[] => report.differences.filter(({ ignored }) => ignored === null);

/** What the canvas shows of it, by component. A change without a known price makes the sum unknown. */
export function driftMarks(report: DriftReport | undefined): Record<string, DriftMark> {
  const marks: Record<string, DriftMark> = {};
  if (!report) return marks;
  for (const { component, monthly } of noticed(report)) {
    const known = marks[component] ?? { count: 0, monthly: "0", currency: report.cost?.currency ?? "" };
    const sum = known.monthly === null || monthly === null ? null : addAmounts([known.monthly, monthly]);
    marks[component] = { ...known, count: known.count + 1, monthly: sum };
  }
  return marks;
}

const DRIFT_WORDS: Record<Difference["drift"], string> = {
  missing: "Missing",
  failed: "Failed",
  changed: "Changed",
  extra: "Added",
  stray: "Left over",
};
export const driftWord = ({ drift }: Difference): string => DRIFT_WORDS[drift];

const ATTRIBUTES: Record<string, string> = {
  flavor: "Flavor",
  size_gib: "Size, GiB",
  volume_gib: "Storage, GiB",
  power: "Power",
  image_id: "Image",
  security_groups: "Security groups",
  dns_nameservers: "Name servers",
  delay_seconds: "Check every, s",
};
export const attributeWord = (name: string): string =>
  ATTRIBUTES[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

/** A value as the cloud or our record has it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(valueText).join(", ");
  if (typeof value === "object") return Object.entries(value).map(([name, one]) => `${name} ${valueText(one)}`).join(", ");
  return String(value as string | number);
}

/** Whether the difference costs or saves something; an unknown price counts. */
export const isAboutMoney = ({ monthly }: Difference): boolean => monthly === null || !isZero(monthly);

/** Which of these a thing can be done with, and for the others why not. */
export function sortedOut(chosen: readonly Difference[], why: "why_not_adopt" | "why_not_redeploy") {
  const verb = why === "why_not_adopt" ? "adopted" : "redeployed";
  return {
    ids: chosen.filter((one) => !one[why]).map(({ id }) => id),
    reasons: [...new Set(chosen.flatMap((one) => (one[why] ? [`${one.label} can't be ${verb}. ${one[why]}`] : [])))],
  };
}
