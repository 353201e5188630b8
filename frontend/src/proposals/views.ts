/** The views of a drawing that a customer may see; what each component costs is not among them. */
export const VIEWS = [
  { value: "full", label: "Full" },
  { value: "executive", label: "Tiers only" },
  { value: "network", label: "Network" },
  { value: "security", label: "Security" },
  { value: "flow", label: "Data flow" },
];
