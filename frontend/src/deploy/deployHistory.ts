import type { DeploymentShort } from "@/api/types";

type Known = Pick<DeploymentShort, "id" | "cloud" | "intent" | "status">;

/** The deployments that describe what stands in each cloud: its newest, when that one deployed and succeeded. */
export function standingNow(newestFirst: readonly Known[]): Set<string> {
  const seen = new Set<string>();
  const standing = new Set<string>();
  for (const deployment of newestFirst) {
    // A repair puts back what was deployed, so that still describes it.
    if (seen.has(deployment.cloud) || deployment.intent === "repair") continue;
    seen.add(deployment.cloud);
    if (deployment.intent === "deploy" && deployment.status === "succeeded") standing.add(deployment.id);
  }
  return standing;
}
