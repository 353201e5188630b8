import type { DriftReport, Operation, RunningResource, Verb } from "@/api/types";

type Words = { ask: string; doing: string; done: string };

export const VERBS: Record<Verb, Words> = {
  stop: { ask: "Stop", doing: "Stopping", done: "Stopped" },
  start: { ask: "Start", doing: "Starting", done: "Started" },
  reboot: { ask: "Reboot", doing: "Rebooting", done: "Rebooted" },
  hard_reboot: { ask: "Reboot the hard way", doing: "Rebooting", done: "Rebooted the hard way" },
  snapshot: { ask: "Take a snapshot", doing: "Taking a snapshot", done: "Snapshot taken" },
};

export const isUnderWay = ({ status }: Operation): boolean => status === "queued" || status === "running";

/** What can be asked of it as it is left: a stopped server isn't stopped again, nor rebooted. */
export function verbsFor({ verbs, power }: RunningResource): Verb[] {
  if (power === MISSING) return [];
  const idle: readonly Verb[] = power === "stopped" ? ["stop", "reboot", "hard_reboot"] : ["start"];
  return verbs.filter((verb) => !idle.includes(verb));
}

/** `m1.small`, `20 GiB` */
export function sizeText({ flavor, size_gib: size }: RunningResource): string {
  return flavor || (size === null ? "" : `${size} GiB`);
}

export const MISSING = "missing";
const BY_NUMBER = new Intl.Collator("en", { numeric: true }); // `Web 10` after `Web 9`

/** By name, and as the newest look saw them: somebody may have stopped or removed one in the cloud since. */
export function asSeen(resources: readonly RunningResource[], report: DriftReport | undefined): RunningResource[] {
  const seen = new Map(
    report?.differences.flatMap((one) => {
      if (one.drift === "missing") return [[one.key, MISSING] as const];
      return one.attribute === "power" ? [[one.key, String(one.live)] as const] : [];
    }),
  );
  return resources
    .map((resource) => ({ ...resource, power: seen.get(resource.key) ?? resource.power }))
    .sort((one, other) => BY_NUMBER.compare(one.name, other.name));
}
