import type { DesignSummary } from "@/api/types";
import type { Tone } from "@/ui/Pill";

export type DeploymentState = { label: string; tone: Tone; isLive: boolean };

/** One word for where a design stands between drawing and cloud. */
export function deploymentState(deployment: DesignSummary["deployment"]): DeploymentState {
  if (!deployment) return { label: "Draft", tone: "idle", isLive: false };
  const isDestroy = deployment.intent === "destroy";
  switch (deployment.status) {
    case "queued":
    case "running":
      return { label: isDestroy ? "Destroying" : "Deploying", tone: "accent", isLive: true };
    case "cancelling":
      return { label: "Stopping", tone: "warn", isLive: true };
    case "failed":
      return { label: isDestroy ? "Destroy failed" : "Deploy failed", tone: "bad", isLive: true };
    case "cancelled":
      return { label: isDestroy ? "Destroy stopped" : "Deploy stopped", tone: "warn", isLive: true };
    case "succeeded":
      return isDestroy
        ? { label: "Draft", tone: "idle", isLive: false }
        : { label: "Deployed", tone: "ok", isLive: true };
  }
}
