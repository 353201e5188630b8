import type { DesignDocument, Json, JsonObject, MergePatch } from "@/document/types";

/** Where assumptions are written: the id of a component, or undefined for the whole design. */
export type Scope = string | undefined;

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** What is assumed there. A component says only what differs from the design. */
export function assumptionsOf(design: DesignDocument, scope: Scope): JsonObject {
  return (scope === undefined ? design.settings : design.components[scope]?.usage) ?? {};
}

/** The edit that assumes this there; null takes the assumption back. The last one of a component goes with its key. */
export function assume(design: DesignDocument, scope: Scope, name: string, value: Json): MergePatch {
  if (scope === undefined) return { settings: { [name]: value } };
  const rest = Object.keys(assumptionsOf(design, scope)).filter((other) => other !== name);
  return { components: { [scope]: { usage: value === null && rest.length === 0 ? null : { [name]: value } } } };
}

/** A schedule without anything in it is none: servers run all the time. */
export function scheduleOf(hoursPerDay: number | null, weekdays: readonly string[]): JsonObject | null {
  const isDaily = weekdays.length === 0 || weekdays.length === WEEKDAYS.length;
  if (hoursPerDay === null && isDaily) return null;
  return {
    hours_per_day: hoursPerDay,
    weekdays: isDaily ? null : WEEKDAYS.filter((day) => weekdays.includes(day)),
  };
}
