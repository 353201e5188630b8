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
  const idle: readonly Verb[] = power === "stopped" ? ["stop", "reboot", "hard_reboot"] : ["start"];
  return verbs.filter((verb) => !idle.includes(verb));
}

/** `m1.small`, `20 GiB` */
export function sizeText({ flavor, size_gib: size }: RunningResource): string {
  return flavor || (size === null ? "" : `${size} GiB`);
}

/** With the power that the newest look saw: somebody may have stopped it in the cloud since we left it running. */
export function asSeen(resources: readonly RunningResource[], report: DriftReport | undefined): RunningResource[] {
  const seen = new Map(
    report?.differences.flatMap((one) => (one.attribute === "power" ? [[one.key, String(one.live)] as const] : [])),
  );
  return resources.map((resource) => ({ ...resource, power: seen.get(resource.key) ?? resource.power }));
}
