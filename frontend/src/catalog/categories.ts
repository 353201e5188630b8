import { sentenceStart } from "@/document/queries";

/** In the order of the palette. */
export const CATEGORIES: readonly { key: string; label: string; short: string }[] = [
  { key: "edge", label: "Network edge", short: "Edge" },
  { key: "compute", label: "Compute", short: "Compute" },
  { key: "data", label: "Data", short: "Data" },
  { key: "storage", label: "Storage", short: "Storage" },
  { key: "network", label: "Network", short: "Network" },
  { key: "security", label: "Security", short: "Security" },
  { key: "messaging", label: "Messaging", short: "Messaging" },
  { key: "observability", label: "Observability", short: "Observability" },
  { key: "external", label: "External services", short: "External" },
  { key: "dedicated", label: "On-premises and dedicated", short: "Dedicated" },
  { key: "container", label: "Containers", short: "Containers" },
];

export function categoryLabel(key: string): string {
  return CATEGORIES.find((category) => category.key === key)?.label ?? sentenceStart(key);
}

export function categoryShort(key: string): string {
  return CATEGORIES.find((category) => category.key === key)?.short ?? sentenceStart(key);
}
