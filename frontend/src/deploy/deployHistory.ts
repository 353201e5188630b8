import type { DeploymentShort } from "@/api/types";

type Known = Pick<DeploymentShort, "id" | "cloud" | "intent" | "status" | "started_at" | "rolled_back">;

/** The deployments that describe what stands in each cloud: its newest that was not taken back, if it deployed
 * and succeeded. */
export function standingNow(newestFirst: readonly Known[]): Set<string> {
  const seen = new Set<string>();
  const standing = new Set<string>();
  for (const deployment of newestFirst) {
    // What waits or never began has changed nothing, a repair puts back what was deployed.
    if (deployment.started_at === null || deployment.rolled_back || deployment.intent === "repair") continue;
    if (seen.has(deployment.cloud)) continue;
    seen.add(deployment.cloud);
    if (deployment.intent === "deploy" && deployment.status === "succeeded") standing.add(deployment.id);
  }
  return standing;
}
