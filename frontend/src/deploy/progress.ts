import type { Deployment, DeploymentStatus, DeploymentStep, StepStatus } from "@/api/types";
import type { Tone } from "@/ui/Pill";
import { formatDuration, secondsUntil } from "@/ui/times";

export type Stage = "active" | "working" | "retrying" | "failed" | "waiting";

const STAGE_OF: Record<StepStatus, Stage> = {
  succeeded: "active",
  running: "working",
  retrying: "retrying",
  failed: "failed",
  ready: "waiting",
  waiting: "waiting",
  skipped: "waiting",
  cancelled: "waiting",
};

export const STAGES: readonly Stage[] = ["active", "working", "retrying", "failed", "waiting"];

/** How many steps are at which stage; a destroy's finished steps are gone rather than active. */
export function progressOf(steps: readonly DeploymentStep[]): Record<Stage, number> {
  const counts: Record<Stage, number> = { active: 0, working: 0, retrying: 0, failed: 0, waiting: 0 };
  for (const step of steps) counts[STAGE_OF[step.status]] += 1;
  return counts;
}

/** What finished steps are called: a change may both make and remove. */
export function doneWord(steps: readonly DeploymentStep[]): string {
  const removals = steps.filter(({ action }) => action === "delete").length;
  if (removals === 0) return "active";
  return removals === steps.length ? "gone" : "done";
}

export const isOver = (status: DeploymentStatus): boolean =>
  status === "succeeded" || status === "failed" || status === "cancelled";

type Known = Pick<Deployment, "status" | "intent" | "started_at">;

/** It waited in the queue, and its plan no longer fitted when its turn came. Nothing was changed. */
export const neverBegan = ({ status, started_at }: Pick<Known, "status" | "started_at">): boolean =>
  isOver(status) && started_at === null;

export function statusWords(deployment: Known): { label: string; tone: Tone } {
  const isDestroy = deployment.intent === "destroy";
  switch (deployment.status) {
    case "queued":
      return { label: "Queued", tone: "idle" };
    case "running":
      return { label: "Running", tone: "accent" };
    case "cancelling":
      return { label: "Cancelling", tone: "warn" };
    case "cancelled":
      return { label: "Cancelled", tone: "warn" };
    case "failed":
      return neverBegan(deployment) ? { label: "Did not begin", tone: "warn" } : { label: "Failed", tone: "bad" };
    case "succeeded":
      return isDestroy ? { label: "Destroyed", tone: "idle" } : { label: "Deployed", tone: "ok" };
  }
}

/** `Try 2 in 8 s`. Waiting for something that is busy with another of our steps spends no try. */
export function nextTry({ attempt, next_try_at }: DeploymentStep, now: number): string {
  const wait = next_try_at ? secondsUntil(next_try_at, now) : 0;
  const which = attempt === 0 ? "Next try" : `Try ${attempt + 1}`;
  return wait >= 1 ? `${which} in ${formatDuration(wait)}` : `${which} now`;
}

/** What a step does now, for the list of steps: `Retry 2 in 8 s`, `Waiting`, `Done`. */
export function stepWords(step: DeploymentStep, now: number): string {
  switch (step.status) {
    case "succeeded":
      return step.action === "delete" ? "Gone" : "Done";
    case "running":
      return "Working";
    case "retrying":
      return nextTry(step, now);
    case "failed":
      return "Failed";
    case "ready":
      return "Next";
    case "waiting":
      return "Waiting";
    case "skipped":
      return "Skipped";
    case "cancelled":
      return "Cancelled";
  }
}

export function elapsedSeconds(deployment: Pick<Deployment, "started_at" | "finished_at">, now: number): number {
  if (!deployment.started_at) return 0;
  const end = deployment.finished_at ? Date.parse(deployment.finished_at) : now;
  return (end - Date.parse(deployment.started_at)) / 1000;
}
