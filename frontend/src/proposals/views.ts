import type { DraftOption } from "@/api/types";

/** The views of a drawing that a customer may see; what each component costs is not among them. */
export const VIEWS: readonly { value: DraftOption["view"]; label: string }[] = [
  { value: "full", label: "Full" },
  { value: "executive", label: "Tiers only" },
  { value: "network", label: "Network" },
  { value: "security", label: "Security" },
  { value: "flow", label: "Data flow" },
];

export const viewLabel = (view: string) => VIEWS.find(({ value }) => value === view)?.label ?? view;
