import type { ProposalFile } from "@/api/types";

/** Whether some of these files will be ready in a moment. */
export const isMaking = (files: readonly ProposalFile[]) =>
  files.some(({ state }) => state === "waiting" || state === "making");
