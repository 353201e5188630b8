import type { PriceRow } from "@/api/types";
import { quantityText } from "@/estimate/LineItems";
import { formatSmall } from "@/estimate/formatSmall";

/** A service as people call it: `block_storage` is block storage. */
export const serviceWords = (service: string): string => service.replaceAll(/[-_]/g, " ");

export const KIND_WORDS: Record<string, { word: string; tone: "ok" | "idle" | "warn" }> = {
  primary: { word: "Provider’s own", tone: "ok" },
  corroborated: { word: "Two third parties", tone: "idle" },
  secondary: { word: "One third party", tone: "warn" },
};

/** `$0.0512 per hour`, or its steps: `to 50 $0.10, above $0.08 per GB-month`. */
export function priceWords({ price, tiers, unit, charge }: PriceRow, currency: string): string {
  if (charge === "percent") return price === null ? "a share" : `${quantityText(price)}%`;
  if (charge === "included") return "included";
  if (tiers.length > 1) {
    const steps = tiers.map((tier) => `${tier.end === null ? "above" : `to ${quantityText(tier.end)}`} ${formatSmall(tier.price, currency)}`);
    return `${steps.join(", ")} per ${unit}`;
  }
  if (price === null) return `worked out of its parts, per ${unit}`;
  return `${formatSmall(price, currency)} per ${unit}`;
}
