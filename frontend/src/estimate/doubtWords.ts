import type { Doubt } from "@/api/types";
import { countOf } from "@/ui/count";

/** How sure a kind of source makes a figure. */
export const SOURCE_WORDS: Record<string, string> = {
  primary: "the provider’s own words",
  corroborated: "two third parties agree",
  secondary: "one third party says so",
};

/** Undefined where every figure is in the provider's own words. */
export function doubtWords(doubt: Doubt | null | undefined): string | undefined {
  if (!doubt || doubt.kind === "primary") return undefined;
  const lines = countOf(doubt.lines, "line");
  return doubt.kind === "secondary"
    ? `${lines} ${doubt.lines === 1 ? "rests" : "rest"} on one third party. Read the source before quoting.`
    : `${lines} ${doubt.lines === 1 ? "rests" : "rest"} on third parties that agree.`;
}
