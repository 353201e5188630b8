import type { ProposalRow } from "@/api/types";
import type { Tone } from "@/ui/Pill";

export type ProposalState = "draft" | "frozen" | "sent" | "expired" | "accepted";

export const STATES: Record<ProposalState, { label: string; tone: Tone }> = {
  draft: { label: "Draft", tone: "idle" },
  frozen: { label: "Frozen", tone: "accent" },
  sent: { label: "Sent", tone: "accent" },
  expired: { label: "Expired", tone: "warn" },
  accepted: { label: "Accepted", tone: "ok" },
};

/** Where a proposal stands. Sent: a customer's link to it is open. */
export function stateOf(row: ProposalRow, now = new Date()): ProposalState {
  if (row.is_accepted) return "accepted";
  if (row.version === 0) return "draft";
  if (row.valid_until < dayOf(now)) return "expired";
  return row.is_shared ? "sent" : "frozen";
}

/** 2026-12-04, here and not in Greenwich. */
export const dayOf = (moment: Date) =>
  [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
